import AdminJS from 'adminjs';
import { componentsBundler, generateUserComponentEntry } from 'adminjs/bundler';
import { BUNDLE_DIR } from './adminjs-environment.ts';
import { createComponentLoader } from './component-loader.ts';

/** Bundles the components of src/ui for browsers, ahead of the first start. Throws what the bundler throws. */
export async function buildBundle(): Promise<void> {
  const admin = new AdminJS({ componentLoader: createComponentLoader() });
  await componentsBundler.createEntry({ content: generateUserComponentEntry(admin, BUNDLE_DIR) });
  await componentsBundler.build();
}
