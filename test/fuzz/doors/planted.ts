import express, { type Application } from 'express';
import type { Pool, RowDataPacket } from '../../../src/database/pool.ts';
import { createSiteEntry, type SiteAddress } from '../../../src/http/site-address.ts';

/** In front of the site, doors with one defect each, of kinds that were once in the product or in its like. */
export function plantDefects(site: Application, pool: Pool, address: SiteAddress): Application {
  const app = express();
  app.use(createSiteEntry(address));
  app.get('/planted/fault', (request, response) => {
    // A name given twice is a list.
    const { q = '' } = request.query as { q?: string };
    response.json(q.trim());
  });
  app.get('/planted/stall', (request, response) => {
    const { length } = String(request.query.q).slice(0, 1_500);
    // As a regular expression with three runs takes the cube of its text's length.
    let steps = 0;
    for (let cube = (length * length * length) / 4; steps < cube; ) steps += 1;
    response.json(steps);
  });
  app.get('/planted/leak', async (request, response) => {
    const [rows] = await pool.query<RowDataPacket[]>('SELECT email, password_hash FROM panel_accounts');
    response.json(String(request.query.q).includes("'") ? rows : []);
  });
  app.get('/planted/sql', async (request, response) => {
    const answer = await pool.query(`SELECT '${request.query.q}'`).catch(({ message }: Error) => message);
    response.json(typeof answer === 'string' ? { message: answer } : {});
  });
  app.get('/planted/rejection', (request, response) => {
    if (String(request.query.q).length > 40) void Promise.reject(new Error('nobody waits for this'));
    response.json({});
  });
  app.get('/planted/death', (request, response) => {
    if (/[^ -~]/.test(String(request.query.q))) setImmediate(() => JSON.parse('not JSON'));
    response.json({});
  });
  return app.use(site);
}
