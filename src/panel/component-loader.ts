import { fileURLToPath } from 'node:url';
import { ComponentLoader } from 'adminjs';
import { COMPONENTS } from '../ui/components.ts';

/** AdminJS's loader with every component of src/ui: ours by name, and those that take the place of AdminJS's own. */
export function createComponentLoader(): ComponentLoader {
  const loader = new ComponentLoader();
  for (const { name, file, override } of COMPONENTS) {
    const path = fileURLToPath(new URL(`../ui/${file}`, import.meta.url));
    if (override) loader.override(name, path);
    else loader.add(name, path);
  }
  return loader;
}
