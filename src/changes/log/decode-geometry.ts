const NAMES = [
  '',
  'POINT',
  'LINESTRING',
  'POLYGON',
  'MULTIPOINT',
  'MULTILINESTRING',
  'MULTIPOLYGON',
  'GEOMETRYCOLLECTION',
];
const SRID_BYTES = 4;

/**
 * The text of a geometry as `ST_AsText` of both servers gives it: an SRID, then well-known binary. Throws where
 * the two differ: points in a list, and the order of the axes in a geographic system.
 */
export function decodeGeometry(bytes: Buffer): string {
  const { text } = decodeShape(bytes, SRID_BYTES);
  if (bytes.readUInt32LE(0) !== 0 || text.includes('MULTIPOINT'))
    throw new Error('Servers write this geometry in different ways.');
  return text;
}

interface Shape {
  readonly text: string;
  readonly end: number;
}

function decodeShape(bytes: Buffer, at: number): Shape {
  const type = bytes.readUInt32LE(at + 1);
  const { text, end } = decodeContents(bytes, type, at + 5);
  return { text: `${NAMES[type]}${text}`, end };
}

function decodeContents(bytes: Buffer, type: number, at: number): Shape {
  switch (type) {
    case 1: {
      const point = readPoint(bytes, at);
      return { text: `(${point.text})`, end: point.end };
    }
    case 2:
      return readList(bytes, at, readPoint);
    case 3:
      return readList(bytes, at, (_, start) => readList(bytes, start, readPoint));
    case 7:
      return readList(bytes, at, decodeShape);
    default:
      return readList(bytes, at, (_, start) =>
        decodeContents(bytes, bytes.readUInt32LE(start + 1), start + 5),
      );
  }
}

function readPoint(bytes: Buffer, at: number): Shape {
  return { text: `${bytes.readDoubleLE(at)} ${bytes.readDoubleLE(at + 8)}`, end: at + 16 };
}

function readList(bytes: Buffer, at: number, readOne: (bytes: Buffer, at: number) => Shape): Shape {
  const texts: string[] = [];
  let end = at + 4;
  for (let count = bytes.readUInt32LE(at); count > 0; count--) {
    const one = readOne(bytes, end);
    texts.push(one.text);
    end = one.end;
  }
  return { text: `(${texts.join(',')})`, end };
}
