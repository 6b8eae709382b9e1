import fc from 'fast-check';
import { encodeBytes } from './bytes.ts';
import type { RawTalk } from './send.ts';
import type { SocketTalk } from './sockets.ts';
import { bend, bendJson, oddText } from './values.ts';
import { VISITORS } from './visitors.ts';
import { anyValueOf, type World } from './world.ts';

const visitor = fc.constantFrom(...VISITORS);
const toBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** What a socket may say about one event: valid, nearly valid, or no packet at all. */
export function anyTalk(event: string, world: World): fc.Arbitrary<SocketTalk> {
  const request = anyTopic(world).chain((topic) =>
    fc
      .record(
        {
          topic: fc.constant(topic),
          since: anyCursor,
          mode: fc.constantFrom('viewing', 'editing', 'away'),
        },
        { requiredKeys: ['topic'] },
      )
      .chain(bendJson),
  );
  const name = fc.oneof({ weight: 12, arbitrary: fc.constant(event) }, bend(event));
  const packet = fc
    .tuple(name, request, fc.nat(9))
    .map(([given, body, id]) => `42/live,${id}[${JSON.stringify(given)},${body}]`);
  const any = fc.oneof(
    { weight: 10, arbitrary: packet },
    { weight: 2, arbitrary: packet.chain(bend) },
    { weight: 1, arbitrary: oddText },
    { weight: 1, arbitrary: oddText.map((odd) => `42${odd}`) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_PACKETS) },
  );
  return fc.record({
    as: visitor,
    packets: fc.oneof(
      { weight: 12, arbitrary: fc.array(any.map(toBytes), { minLength: 1, maxLength: 5 }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(any, fc.integer({ min: 50, max: 600 }))
          .map(([one, count]) => Array.from({ length: count }, () => toBytes(one))),
      },
    ),
    tail: fc.oneof({ weight: 8, arbitrary: fc.constant('') }, anyBytes),
  });
}

const ODD_PACKETS = [
  '2probe',
  '3',
  '5',
  '6',
  '1',
  '40',
  '40/live,',
  '40/live,{"token":{}}',
  '40/admin,',
  '41/live,',
  '42/live,',
  '42/live,0',
  '42/live,0[]',
  '42/live,0["disconnect"]',
  '42/live,0["connect",{}]',
  '42/live,0["__proto__",{}]',
  '43/live,0[]',
  '45/live,1-["subscribe",{"_placeholder":true,"num":0}]',
  '451000000-/live,["subscribe"]',
  'bAAAA',
] as const;

const anyCursor = fc.oneof(
  oddText,
  fc.constantFrom('000000000001.000000000004', '0', '~'),
  bend('000000000001.000000000004'),
);

function anyTopic(world: World): fc.Arbitrary<string> {
  const table = anyValueOf('table', null, world);
  const record = table.chain((name) => anyValueOf('recordId', name, world).map((id) => `${name}:${id}`));
  const known = fc.oneof(table, record, fc.constant('*'));
  return fc.oneof({ weight: 6, arbitrary: known }, { weight: 3, arbitrary: known.chain(bend) }, oddText);
}

const anyBytes = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

const ODD_LINES = [
  'Host: x',
  'Host: x',
  'Host:',
  'Host: a b',
  'Connection: close',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Version: 99',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Key: x',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, chunked',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Type: multipart/form-data',
  'Content-Type: multipart/form-data; boundary=',
  'Content-Type: application/json; charset=nonsense',
  'Content-Encoding: gzip',
  'Content-Encoding: nonsense',
  'Expect: 100-continue',
  'Expect: nonsense',
  'Cookie: gorak_session=%',
  'Cookie: gorak_session=s%3Ax.y; gorak_display=%00',
  'X-Forwarded-For: %',
  'Range: bytes=0-,0-,0-,0-',
  'If-Modified-Since: nonsense',
  'No colon here',
  ' Folded: yes',
] as const;

/** What is no HTTP, or not quite. */
export const anyRawTalk: fc.Arbitrary<RawTalk> = fc.record({
  as: visitor,
  bytes: fc.oneof(
    anyBytes,
    fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'get', '', 'PRI', 'CONNECT', 'POST'),
        fc.constantFrom(
          '/admin',
          '/admin/login',
          '/socket.io/?EIO=4&transport=websocket',
          '*',
          '//',
          'http://x/admin',
          '/admin/api/dashboard',
        ),
        fc.array(fc.constantFrom(...ODD_LINES), { maxLength: 5 }),
        oddText.map(encodeBytes),
      )
      .map(
        ([method, path, lines, body]) =>
          `${[`${method} ${path} HTTP/1.1`, 'Cookie: $COOKIE', ...lines].join('\r\n')}\r\n\r\n${body}`,
      ),
  ),
});
