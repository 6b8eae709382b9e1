/** The encoding of the WHATWG standard that holds each character set of the servers. */
const ENCODINGS: Readonly<Record<string, string>> = {
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  latin7: 'iso-8859-13',
  greek: 'iso-8859-7',
  hebrew: 'iso-8859-8',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  cp1256: 'windows-1256',
  cp1257: 'windows-1257',
  cp866: 'ibm866',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  macroman: 'macintosh',
  tis620: 'windows-874',
  big5: 'big5',
  cp932: 'shift_jis',
  sjis: 'shift_jis',
  eucjpms: 'euc-jp',
  ujis: 'euc-jp',
  euckr: 'euc-kr',
  gb18030: 'gb18030',
  gb2312: 'gbk',
  gbk: 'gbk',
  ucs2: 'utf-16be',
  utf16: 'utf-16be',
  utf16le: 'utf-16le',
};

const UTF8 = new Set(['utf8mb4', 'utf8mb3', 'utf8', 'ascii', 'uca1400', 'binary']);

/** Reads text of a collation's character set; null where there is no encoding that holds it. */
export function createTextDecoder(collation: string | null): ((bytes: Buffer) => string) | null {
  const charset = collation?.split('_')[0] ?? 'utf8mb4';
  if (UTF8.has(charset)) return (bytes) => bytes.toString('utf8');
  if (charset === 'utf32') return decodeUtf32;
  if (charset === 'latin1') return decodeLatin1;
  const encoding = ENCODINGS[charset];
  if (!encoding) return null;
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

function decodeUtf32(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) text += String.fromCodePoint(bytes.readUInt32BE(at));
  return text;
}

/** The servers' latin1 is Windows' code page 1252, of which Node's own decoder leaves these characters out. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeLatin1(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => CP1252[sign.charCodeAt(0) - 0x80] ?? sign);
}
