import { fileURLToPath } from 'node:url';

/**
 * Where AdminJS keeps the bundle of our components. No part of it may start with a dot: express 5 would answer 404.
 */
export const BUNDLE_DIR = fileURLToPath(new URL('../../build/adminjs', import.meta.url));

// AdminJS reads these when it is first imported, so this module has to be imported before it.
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_SKIP_BUNDLE = 'true';
process.env.ADMIN_JS_TMP_DIR = BUNDLE_DIR;
