import express, { type Router } from 'express';
import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { introspect } from '../../../src/database/introspect.ts';
import { createPool, type Pool, type RowDataPacket, transaction } from '../../../src/database/pool.ts';
import { findServerKind } from '../../../src/database/server-kind.ts';
import { createAccount } from '../../../src/http/accounts.ts';
import { createPanel } from '../../../src/panel/create-panel.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../../support/http-server.ts';
import type { Plant } from './planted.ts';
import type { TableSpec } from './table-spec.ts';
import { type MadeTable, scriptTables } from './table-sql.ts';
import type { Server } from './types/all-types.ts';
import { Visitor } from './visitor.ts';

const SET_UP = { id: null, name: 'Set-up', role: 'system' };
const PERSON = { email: 'admin@fuzz.example', password: 'a password for the fuzzer' };
/** With it everything is taken that a column can hold, as other programs may have written it. */
const LENIENT_MODE = "'NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

/** A panel over one set of tables, and what looks on. */
export interface Scene {
  readonly tables: readonly MadeTable[];
  readonly visitor: Visitor;
  /** Reads and writes past the panel, by the panel's own rules. */
  readonly pool: Pool;
}

/** A migrated schema with a web server in front, which can be given one set of tables after another. */
export class Stage {
  private router: Router = express.Router();

  private constructor(
    readonly server: Server,
    private readonly url: string,
    private readonly pool: Pool,
    private readonly writer: Pool,
    private readonly http: TestHttpServer,
    private readonly cookie: string,
  ) {}

  /** `url` is that of a schema with the panel's own tables. */
  static async open(url: string): Promise<Stage> {
    const pool = createPool(url, { connectionLimit: 4 });
    const writer = createPool(url, { connectionLimit: 1 });
    await transaction(pool, (connection) =>
      createAccount(connection, SET_UP, { ...PERSON, name: 'The admin', role: 'admin' }),
    );
    const current: { stage?: Stage } = {};
    const router = express
      .Router()
      .use((request, response, next) => current.stage?.router(request, response, next));
    const http = await startHttpServer({ pool, router });
    const { flavour } = await findServerKind(pool);
    const cookie = await signIn(http, PERSON.email, PERSON.password);
    current.stage = new Stage(flavour, url, pool, writer, http, cookie);
    return current.stage;
  }

  async close(): Promise<void> {
    await this.http.stop();
    await this.writer.end();
    await this.pool.end();
  }

  /** Makes the tables in place of those before, as far as the server takes them, and a panel over them. */
  async play<T>(specs: readonly TableSpec[], plant: Plant, work: (scene: Scene) => Promise<T>): Promise<T> {
    await this.clear();
    const tables = await this.make(specs);
    const pool = plantedPool(this.url, plant);
    try {
      const resources = resolveResources(await introspect(pool), []);
      const panel = await createPanel({ pool, resources, dashboard: null, basePath: '' });
      this.router = panel.router;
      return await work({ tables, visitor: new Visitor(this.http, this.cookie), pool: this.pool });
    } finally {
      await pool.end();
    }
  }

  private async clear(): Promise<void> {
    const [rows] = await this.writer.query<RowDataPacket[]>(
      `SELECT table_name AS name, table_type AS type FROM information_schema.tables
       WHERE table_schema = DATABASE() AND table_name NOT LIKE 'panel\\_%'`,
    );
    await this.writer.query('SET SESSION foreign_key_checks = 0');
    for (const { name, type } of rows)
      await this.writer.query(`DROP ${type === 'VIEW' ? 'VIEW' : 'TABLE'} ${quoteIdentifier(String(name))}`);
    await this.writer.query('SET SESSION foreign_key_checks = 1');
  }

  private async make(specs: readonly TableSpec[]): Promise<MadeTable[]> {
    await this.writer.query(`SET SESSION sql_mode = ${LENIENT_MODE}`);
    const tables: MadeTable[] = [];
    for (const { made, create, fill, view, views } of scriptTables(specs)) {
      if (!(await this.takes(create))) continue;
      for (const sql of fill) await this.takes([sql]);
      tables.push(made);
      if (view && (await this.takes(views))) tables.push(view);
    }
    return tables;
  }

  /** Whether the server takes all of these statements. */
  private async takes(statements: readonly string[]): Promise<boolean> {
    try {
      for (const sql of statements) await this.writer.query(sql);
      return true;
    } catch {
      return false;
    }
  }
}

function plantedPool(url: string, plant: Plant): Pool {
  const pool = createPool(url, { connectionLimit: 4 });
  const { session } = plant;
  // It follows what every connection is told, as statements queue.
  if (session) pool.pool.on('connection', (connection) => void connection.query(session, () => {}));
  const plantIn = (target: { query: Pool['query'] }) => {
    const query = target.query.bind(target) as (...statement: unknown[]) => unknown;
    target.query = ((sql: unknown, ...values: unknown[]) =>
      query(...plantStatement(plant, sql, values))) as Pool['query'];
  };
  const getConnection = pool.getConnection.bind(pool);
  plantIn(pool);
  pool.getConnection = async () => {
    const connection = await getConnection();
    const release = connection.release.bind(connection);
    const { query } = connection;
    plantIn(connection);
    connection.release = () => {
      connection.query = query;
      connection.release = release;
      release();
    };
    return connection;
  };
  return pool;
}

function plantStatement({ sql: change, text }: Plant, sql: unknown, values: unknown[]): unknown[] {
  if (typeof sql !== 'string' || sql.includes('`panel_')) return [sql, ...values];
  const bent = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bent);
    return text && typeof value === 'string' ? text(value, sql) : value;
  };
  return [change ? change(sql) : sql, ...values.map(bent)];
}
