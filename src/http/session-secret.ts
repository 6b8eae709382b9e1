import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemsError } from '../errors.ts';
import type { Settings } from '../settings.ts';

const FILE_NAME = 'session-secret';

/**
 * The secrets that sign the session cookie, newest first: those of SESSION_SECRET, else one that is generated once and
 * kept in `DATA_DIR/session-secret`, readable by its owner alone. Throws {@link ProblemsError} where that cannot be.
 */
export async function loadSessionSecrets(
  settings: Pick<Settings, 'sessionSecrets' | 'dataDir'>,
): Promise<readonly string[]> {
  if (settings.sessionSecrets.length > 0) return settings.sessionSecrets;
  const path = join(settings.dataDir, FILE_NAME);
  const secret = await loadOrGenerate(path, settings.dataDir).catch((error: Error) => {
    throw problem(path, `cannot be read or written (${error.message})`);
  });
  if (secret.length < 32) throw problem(path, 'holds less than 32 characters');
  return [secret];
}

async function loadOrGenerate(path: string, dataDir: string): Promise<string> {
  const kept = await loadSecret(path);
  if (kept !== null) return kept;
  await mkdir(dataDir, { recursive: true });
  // Linked when whole: of two programs that start at once, both read the secret of the first.
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  await link(draft, path).catch(ignoring('EEXIST'));
  await rm(draft);
  return (await loadSecret(path)) ?? '';
}

async function loadSecret(path: string): Promise<string | null> {
  return (await readFile(path, 'utf8').catch(ignoring('ENOENT')))?.trim() ?? null;
}

function ignoring(code: string): (error: NodeJS.ErrnoException) => null {
  return (error) => {
    if (error.code === code) return null;
    throw error;
  };
}

function problem(path: string, message: string): ProblemsError {
  const fix = 'Set SESSION_SECRET, or let the program write into DATA_DIR; a broken file can be deleted.';
  return new ProblemsError([{ code: 'session_secret_unusable', where: path, message, fix }]);
}
