import type { RequestHandler } from 'express';
import type { Queryable } from '../database/pool.ts';
import { decodeTable } from '../table-address.ts';
import type { RoleSight } from './role-sight.ts';
import { TableReader } from './table-reader.ts';

interface FileKind {
  readonly type: string;
  readonly extension: string;
}

/** Of bytes that a browser may take for a picture, what they are by how they begin. SVG can run scripts, and is none. */
function sniff(bytes: Buffer): FileKind {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return { type: 'image/png', extension: 'png' };
  if (start.startsWith('\xff\xd8\xff')) return { type: 'image/jpeg', extension: 'jpg' };
  if (/^GIF8[79]a/.test(start)) return { type: 'image/gif', extension: 'gif' };
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return { type: 'image/webp', extension: 'webp' };
  return { type: 'application/octet-stream', extension: 'bin' };
}

/**
 * Answers `/files/<table>/<record id>/<column>` with the bytes of a blob or binary column as a file to keep, to those who
 * may see it. `<img>` can show what is a picture.
 */
export function serveFiles(
  db: Queryable,
  partsOf: (role: string) => { readonly sight: RoleSight } | undefined,
): RequestHandler {
  return async (request, response, next) => {
    const { table: address = '', id, column: name } = request.params as Record<string, string>;
    const table = decodeTable(address);
    const account = request.session.adminUser;
    const views = account && partsOf(account.role)?.sight.views;
    const view = views?.get(table);
    const column = view?.columns.find((candidate) => candidate.name === name);
    if (!views || !view?.can.show || !column) return next();
    const bytes = await new TableReader(db, views, view).findBytes(id ?? '', column);
    if (bytes === undefined) return next();
    // A page that has not heard yet of what was taken out asks for it still, and is told that there is nothing.
    if (bytes === null) return void response.status(204).end();
    const { type, extension } = sniff(bytes);
    response.attachment(`${table}-${id}-${name}.${extension}`);
    response.set({
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-cache',
    });
    response.send(bytes);
  };
}
