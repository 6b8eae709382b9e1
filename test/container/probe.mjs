// Signs in, places an order, and waits for the live push that tells of it: probe.mjs ORIGIN EMAIL PASSWORD
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

const [origin, email, password] = process.argv.slice(2);
const LIMIT_MS = 30_000;
const limit = setTimeout(() => fail('no push within 30 s'), LIMIT_MS);

function fail(reason) {
  console.error(`probe: ${reason}`);
  process.exit(1);
}

async function send(path, init = {}) {
  const answer = await fetch(origin + path, {
    redirect: 'manual',
    ...init,
    headers: { origin, ...init.headers },
  });
  if (answer.status >= 400) fail(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

const signIn = await send('/admin/login', {
  method: 'POST',
  body: new URLSearchParams({ email, password }),
});
const cookie = signIn.headers
  .getSetCookie()
  .map((line) => line.split(';', 1)[0])
  .join('; ');
const home = await send('/admin', { headers: { cookie } });
if (home.status !== 200) fail(`the home page answered ${home.status}`);
for (const [, path] of (await home.text()).matchAll(/<script src="([^"]+)"/g))
  await send(path, { headers: { cookie } });

const socket = io(`${origin}/live`, { transports: ['websocket'], extraHeaders: { cookie } });
socket.on('connect_error', (error) => fail(error.message));
const pushed = new Promise((resolve) => {
  socket.on('transaction', ({ changes }) => {
    const placed = changes.find(({ table, kind }) => table === 'orders' && kind === 'insert');
    if (placed) resolve(placed.id);
  });
});
await new Promise((resolve) => socket.on('connect', resolve));
const ack = await socket.emitWithAck('subscribe', { topic: 'orders' });
if (!ack.ok) fail(ack.message);

const films = await (await send('/admin/api/resources/movies/actions/list', { headers: { cookie } })).json();
const film = films.records.find(({ params }) => Number(params.stock) > Number(params.reserved));
const form = new FormData();
const input = {
  customerId: 1,
  lines: [{ movieId: Number(film.id), quantity: 1 }],
  idempotencyKey: randomUUID(),
};
form.set('input', JSON.stringify(input));
const placed = await send('/admin/api/resources/orders/actions/place', {
  method: 'POST',
  headers: { cookie },
  body: form,
});
console.log((await placed.json()).notice?.message);
console.log(`order ${await pushed} was pushed`);
clearTimeout(limit);
socket.close();
