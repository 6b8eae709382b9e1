import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Refusal } from '../errors.ts';
import { checkNames, checkNumber, parseBoundedJson, REQUEST_LIMITS } from '../request-bounds.ts';
import { BAD_REQUEST, type HttpError, HttpRefusal, UNSUPPORTED_FORM } from './http-error.ts';

/** The fields of a form by name; of a name that is there twice the last one counts. */
export type Fields = Record<string, unknown>;

/** `takesFiles`: whether a form may carry files, whose bytes become a Buffer under their field's name. */
export interface FormOptions {
  readonly takesFiles: boolean;
}

type Decoder = (bytes: Buffer, contentType: string, options: FormOptions) => Fields | Promise<Fields>;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['application/json', decodeJson],
  ['application/x-www-form-urlencoded', decodeUrlencoded],
  ['multipart/form-data', decodeMultipart],
]);

/** RFC 2046, 5.1.1. */
const LONGEST_BOUNDARY = 70;
const TOO_MUCH: ReadonlySet<string> = new Set(['too_many_fields', 'too_many_values']);

/**
 * Takes apart the body of a form by its Content-Type header. One that is broken, beyond the limits, of an unknown type
 * or with files where it may have none ends in {@link HttpRefusal}, whatever it is written in.
 */
export async function decodeFields(
  bytes: Buffer,
  contentType: string,
  options: FormOptions = { takesFiles: false },
): Promise<Fields> {
  const decode = DECODERS.get((contentType.split(';', 1)[0] ?? '').trim().toLowerCase());
  if (!decode) throw new HttpRefusal(UNSUPPORTED_FORM);
  return decode(bytes, contentType, options);
}

/** Throws the answer to a refusal of the bounds: what is too much is 413, what is wrong 400. */
export function throwRefused(refusal: Refusal | null): void {
  if (refusal) throw toHttpRefusal(refusal);
}

function toHttpRefusal({ code, message }: Refusal): HttpRefusal {
  return new HttpRefusal({ status: TOO_MUCH.has(code) ? 413 : 400, code, message });
}

function decodeJson(bytes: Buffer, contentType: string): Fields {
  const parsed = parseBoundedJson(readText(bytes, contentType));
  if (!parsed.ok) throw toHttpRefusal(parsed);
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HttpRefusal(BAD_REQUEST);
  return toFields(Object.entries(value));
}

function decodeUrlencoded(bytes: Buffer, contentType: string): Fields {
  const text = readText(bytes, contentType);
  const most = REQUEST_LIMITS.formNames;
  throwRefused(checkNumber(text.split('&', most + 1).length, most));
  return toFields([...new URLSearchParams(text)].map(withPlainLineEnds));
}

async function decodeMultipart(bytes: Buffer, contentType: string, options: FormOptions): Promise<Fields> {
  const boundary = findParameter(contentType, 'boundary') ?? '';
  if (boundary === '' || boundary.length > LONGEST_BOUNDARY) throw new HttpRefusal(BAD_REQUEST);
  throwRefused(checkNumber(countParts(bytes, boundary), REQUEST_LIMITS.formNames));
  const entries = (await readParts(bytes, contentType, options)).map(withPlainLineEnds);
  return toFields(entries.map(([name, value]) => [decodeName(name), value]));
}

const ESCAPED = /%(?:22|0D|0A|25|5C)/g;

/**
 * Browsers write a quotation mark and a line's end in a part's name as `%22`, `%0D` and `%0A`. The panel's own forms
 * escape a `%` that would be taken for one of these, and a backslash, which parsers take for an escape.
 */
function decodeName(name: string): string {
  return name.replace(ESCAPED, decodeURIComponent);
}

// The parser makes a stream of every part, wanted or not.
function countParts(bytes: Buffer, boundary: string): number {
  let count = 0;
  const delimiter = `--${boundary}`;
  for (let at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, at + delimiter.length))
    count++;
  return count - 1;
}

type Entry = readonly [name: string, value: string | Buffer];

function readParts(bytes: Buffer, contentType: string, { takesFiles }: FormOptions): Promise<Entry[]> {
  const headers = { 'content-type': contentType } as BusboyHeaders;
  const limits = { fieldSize: bytes.length, ...(takesFiles ? {} : { files: 0 }) };
  const parser = new Busboy({ headers, limits });
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    const refuse = (answer: HttpError) => reject(new HttpRefusal(answer));
    parser
      .on('field', (name: string | undefined, value) => {
        if (name === undefined) refuse(BAD_REQUEST);
        else entries.push([name, value]);
      })
      .on('file', (name: string | undefined, stream) => {
        const chunks: Buffer[] = [];
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            if (name === undefined) refuse(BAD_REQUEST);
            else entries.push([name, Buffer.concat(chunks)]);
          });
      })
      .on('filesLimit', () => refuse(UNSUPPORTED_FORM))
      .on('error', () => refuse(BAD_REQUEST))
      .on('finish', () => resolve(entries))
      .end(bytes);
  });
}

/** A browser writes every line end of a form as CRLF, whatever it was: one has to be meant, and it is LF. */
function withPlainLineEnds([name, value]: Entry): Entry {
  return [name, typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n') : value];
}

function toFields(entries: readonly (readonly [string, unknown])[]): Fields {
  throwRefused(checkNumber(entries.length, REQUEST_LIMITS.formNames));
  throwRefused(checkNames(entries.map(([name]) => name)));
  return Object.fromEntries(entries);
}

function readText(bytes: Buffer, contentType: string): string {
  const charset = findParameter(contentType, 'charset') ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) throw new HttpRefusal(UNSUPPORTED_FORM);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpRefusal(BAD_REQUEST);
  }
}

function findParameter(contentType: string, name: string): string | null {
  const parameters = contentType.split(';').map((text) => text.trim());
  const found = parameters.find((text) => text.toLowerCase().startsWith(`${name}=`));
  return found?.slice(name.length + 1).replace(/^"(.*)"$/, '$1') ?? null;
}
