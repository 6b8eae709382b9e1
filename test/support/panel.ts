import { introspect } from '../../src/database/introspect.ts';
import { markNumbers } from '../../src/database/mark-numbers.ts';
import { transaction } from '../../src/database/pool.ts';
import { createAccount } from '../../src/http/accounts.ts';
import { createPanel } from '../../src/panel/create-panel.ts';
import type { ResourceConfig, Role } from '../../src/resources/define.ts';
import { resolveResources } from '../../src/resources/resolve.ts';
import type { TestDatabase } from './database.ts';
import { signIn, startHttpServer, type TestHttpServer } from './http-server.ts';

const SETUP = { id: null, name: 'Test set-up', role: 'system' };
const PASSWORD = 'a password for tests';

/** AdminJS's answers, as far as tests look at them. */
export interface PanelAnswer {
  status: number;
  body: {
    record?: PanelRecord;
    records?: PanelRecord[];
    redirectUrl?: string;
    results?: { id: string; ok: boolean; message: string }[];
    meta?: {
      total: number;
      page: number;
      perPage: number;
      hasNext?: boolean;
      first?: string;
      last?: string;
      unsearched?: string[];
    };
    notice?: { type: string; message: string };
    code?: string;
    message?: string;
  };
}

export interface PanelRecord {
  id: string;
  title: string;
  params: Record<string, string | number | boolean | null>;
  populated: Record<string, { id: string | null; title: string }>;
  errors: Record<string, { type: string; message: string }>;
}

export interface TestPanel {
  readonly http: TestHttpServer;
  /** A signed-in person of this role. */
  as(role: Role): PanelClient;
  stop(): Promise<void>;
}

export interface PanelClient {
  readonly cookie: string;
  get(path: string): Promise<PanelAnswer>;
  /** Posts a form; null and undefined as AdminJS's own client sends them. */
  post(path: string, fields?: Record<string, string | null>): Promise<PanelAnswer>;
}

/** The panel over a test database's tables, shaped by `configs`, with an account a role. */
export async function startPanel(
  database: Pick<TestDatabase, 'pool'>,
  configs: readonly ResourceConfig[] = [],
): Promise<TestPanel> {
  const { pool } = database;
  const panel = await createPanel({
    pool,
    resources: resolveResources(await markNumbers(pool, await introspect(pool)), configs),
    dashboard: null,
    basePath: '',
  });
  const http = await startHttpServer({ pool, router: panel.router });
  const clients = new Map<Role, PanelClient>();
  for (const role of ['employee', 'supervisor', 'admin'] as const) {
    const email = `${role}@panel.example`;
    await transaction(pool, (connection) =>
      createAccount(connection, SETUP, { email, name: `The ${role}`, role, password: PASSWORD }),
    );
    clients.set(role, createClient(http, await signIn(http, email, PASSWORD)));
  }
  return {
    http,
    as: (role) => clients.get(role) as PanelClient,
    stop: () => http.stop(),
  };
}

function createClient(http: TestHttpServer, cookie: string): PanelClient {
  const answer = async (response: Response): Promise<PanelAnswer> => {
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  return {
    cookie,
    get: async (path) => answer(await http.request(`/admin/api${path}`, { cookie })),
    post: async (path, fields = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value ?? '__FORM_VALUE_NULL__');
      return answer(await http.request(`/admin/api${path}`, { method: 'POST', body: form, cookie }));
    },
  };
}
