import './adminjs-environment.ts';
import AdminJS from 'adminjs';
import { BUNDLE_DIR } from './adminjs-environment.ts';
import { createComponentLoader } from './component-loader.ts';
import { type Bundle, build, ensureBuilt } from './ensure-built.ts';

/** The components of src/ui that the panel's pages load. */
const PANEL_BUNDLE: Bundle = {
  dir: BUNDLE_DIR,
  toolVersion: AdminJS.VERSION,
  build: async () => {
    const { componentsBundler, generateUserComponentEntry } = await import('adminjs/bundler');
    const admin = new AdminJS({ componentLoader: createComponentLoader() });
    await componentsBundler.createEntry({ content: generateUserComponentEntry(admin, BUNDLE_DIR) });
    await componentsBundler.build();
  },
};

/** Bundles the components of src/ui for browsers. Throws what the bundler throws. */
export const buildBundle = (): Promise<void> => build(PANEL_BUNDLE);

/** Bundles them again only where src/ui is not what the last bundle was made of. */
export const ensureBundle = (): Promise<void> => ensureBuilt(PANEL_BUNDLE);
