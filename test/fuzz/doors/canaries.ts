import { quoteIdentifier } from '../../../src/database/identifier.ts';
import type { Pool, RowDataPacket } from '../../../src/database/pool.ts';
import type { Visitor } from './visitors.ts';

/** A text that lies where not everybody may read; whoever else is answered with it has read what is hidden. */
export interface Canary {
  readonly text: string;
  readonly seenBy: readonly Visitor[];
}

/** Part of every planted text: what holds it is never sent by the fuzzer itself. */
export const CANARY_MARK = 'qzcanary';

const SUPERVISORS: readonly Visitor[] = ['supervisor', 'admin'];
const STAFF: readonly Visitor[] = ['employee', ...SUPERVISORS];

/** The day on which every employee was hired: the one protected column of the store itself. */
const HIRED_ON = '1911-11-11';

const PLANTED: readonly Canary[] = [
  { text: 'qzcanary-vault', seenBy: ['admin'] },
  { text: 'qzcanary-token', seenBy: [] },
  { text: 'qzcanary-wage', seenBy: SUPERVISORS },
  { text: 'qzcanary-remark', seenBy: ['admin'] },
  { text: 'qzcanary-customer', seenBy: STAFF },
  { text: 'qzcanary-command', seenBy: [] },
  { text: 'qzcanary-elsewhere', seenBy: [] },
  { text: HIRED_ON, seenBy: SUPERVISORS },
  // The beginning of every password's hash.
  { text: '$argon2', seenBy: [] },
];

/** Makes the tables that hold canaries, beside those of the store, and a schema next to it that concerns nobody. */
export async function createCanaryTables(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE vaults (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(80) NOT NULL)');
  await pool.query(`CREATE TABLE lockers (
    id INT PRIMARY KEY AUTO_INCREMENT,
    label VARCHAR(80) NOT NULL,
    vault_id INT NULL,
    api_token VARCHAR(80) NULL,
    wage VARCHAR(80) NULL,
    remark TEXT NULL,
    FOREIGN KEY (vault_id) REFERENCES vaults (id)
  )`);
  const other = await findOtherSchema(pool);
  await pool.query(`CREATE DATABASE IF NOT EXISTS ${other}`);
  await pool.query(`CREATE TABLE IF NOT EXISTS ${other}.lockers (id INT PRIMARY KEY, label VARCHAR(80))`);
}

export async function dropOtherSchema(pool: Pool): Promise<void> {
  await pool.query(`DROP DATABASE IF EXISTS ${await findOtherSchema(pool)}`);
}

/** Puts every canary back where it belongs, and changes it there, so that it is also in what is told of changes. */
export async function plantCanaries(pool: Pool, round: number): Promise<void> {
  const plant = (sql: string, ...values: unknown[]) => pool.query(sql, values);
  await plant(`REPLACE INTO ${await findOtherSchema(pool)}.lockers VALUES (1, 'qzcanary-elsewhere')`);
  await plant(
    "REPLACE INTO order_commands VALUES ('qzcanary-command', 'place_order', REPEAT('0', 64), NULL, DEFAULT)",
  );
  await plant(
    "INSERT INTO vaults (id, name) VALUES (1, 'qzcanary-vault') ON DUPLICATE KEY UPDATE name = VALUES(name)",
  );
  await plant(
    `INSERT INTO lockers (id, label, vault_id, api_token, wage, remark)
     VALUES (1, 'A locker', 1, 'qzcanary-token', ?, ?)
     ON DUPLICATE KEY UPDATE vault_id = 1, api_token = VALUES(api_token), wage = VALUES(wage), remark = VALUES(remark)`,
    `qzcanary-wage ${round}`,
    `qzcanary-remark ${round}`,
  );
  await plant(
    `INSERT INTO customers (name, email, species, planet, address)
     VALUES ('qzcanary-customer', 'qzcanary-customer@ork.example', 'Orkan', 'Ork', ?)
     ON DUPLICATE KEY UPDATE name = VALUES(name), address = VALUES(address)`,
    `qzcanary-customer ${round}`,
  );
  await plant('UPDATE employees SET hired_on = ?', HIRED_ON);
}

/** Every canary that lies about now, those included that the program makes itself. */
export async function findCanaries(pool: Pool): Promise<readonly Canary[]> {
  const [sessions] = await pool.query<RowDataPacket[]>('SELECT session_id AS text FROM panel_sessions');
  const [displays] = await pool.query<RowDataPacket[]>('SELECT token_hash AS text FROM panel_displays');
  return [...PLANTED, ...[...sessions, ...displays].map(({ text }) => ({ text, seenBy: [] }))];
}

async function findOtherSchema(pool: Pool): Promise<string> {
  const [rows] = await pool.query<RowDataPacket[]>("SELECT CONCAT(DATABASE(), '_other') AS name");
  return quoteIdentifier(String(rows[0]?.name));
}
