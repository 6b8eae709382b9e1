import express, { type Router } from 'express';
import type { Pool } from '../database/pool.ts';

const READY_LIMIT_MS = 1000;

/** `/healthz`: the process answers. `/readyz`: so does the database, within a second; else 503. */
export function createHealthRouter(pool: Pool): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await answersInTime(pool);
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'database_unreachable' });
  });
  return router;
}

async function answersInTime(pool: Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_LIMIT_MS);
  });
  const answered = pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
