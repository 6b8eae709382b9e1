import { type Pool, transaction } from '../../../src/database/pool.ts';
import { DEMO_ACCOUNTS, ensureDemoAccounts } from '../../../src/http/demo-accounts.ts';
import { createDisplay } from '../../../src/http/displays.ts';
import { ROLES } from '../../../src/resources/define.ts';
import { type Answer, type HttpRequest, sendHttp } from './send.ts';
import type { Way } from './way.ts';

/** Who comes to a door. */
export const VISITORS = ['anonymous', ...ROLES, 'display'] as const;
export type Visitor = (typeof VISITORS)[number];

export const PASSWORD = 'a password for tests';
const SETUP = { id: null, name: 'Test set-up', role: 'system' };

/** What each visitor shows at the door: the `Cookie` header's value, empty for nobody. */
export type Passes = Map<Visitor, string>;

/** Makes an account a role, each with an employee of its own. */
export async function createPeople(pool: Pool): Promise<void> {
  await ensureDemoAccounts(pool, PASSWORD);
  for (const { email, name } of DEMO_ACCOUNTS)
    await pool.query(
      "INSERT INTO employees (name, email, position, hired_on) VALUES (?, ?, 'Clerk', '2020-01-01')",
      [name, email],
    );
}

/** A fresh pass for a visitor, who may have signed out or been thrown out. */
export async function getPass(pool: Pool, way: Way, visitor: Visitor): Promise<string> {
  if (visitor === 'anonymous') return '';
  // Whatever was fuzzed at the door that counts must not keep us out.
  await pool.query('DELETE FROM panel_login_attempts');
  const answer = await sendHttp(
    way,
    visitor === 'display' ? openLink(await createLink(pool)) : postLogin(visitor),
    '',
  );
  const { cookies } = answer;
  if (cookies.length === 0)
    throw new Error(`no pass for ${visitor}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return cookies.join('; ');
}

/** Whether an answer says that a visitor's pass is not taken any more. */
export function isOut(
  { basePath }: Way,
  visitor: Visitor,
  { path }: HttpRequest,
  { status, location }: Answer,
): boolean {
  if (visitor === 'anonymous') return false;
  if (visitor === 'display') return path.startsWith('/live-board') && (status === 401 || status === 403);
  return status === 401 || location.startsWith(`${basePath}/admin/login`);
}

function postLogin(role: Visitor): HttpRequest {
  const body = new URLSearchParams({ email: `${role}@gorak.example`, password: PASSWORD }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { as: 'anonymous', method: 'POST', path: '/admin/login', headers, body };
}

async function createLink(pool: Pool): Promise<string> {
  const created = await transaction(pool, (connection) => createDisplay(connection, SETUP, 'Packing hall'));
  if (!created.ok) throw new Error(created.message);
  return created.token;
}

function openLink(token: string): HttpRequest {
  return { as: 'anonymous', method: 'GET', path: `/live-board?key=${token}`, headers: {}, body: '' };
}
