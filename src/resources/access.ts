import type { Table } from '../database/table.ts';
import { type Access, type Permission, type ResourceConfig, ROLES, type Role } from './define.ts';
import { isSecretName } from './secret.ts';

/** Spells an access out as the roles it means, in rising order of trust. */
export function toRoles(access: Access): readonly Role[] {
  if (typeof access === 'boolean') return access ? ROLES : [];
  return ROLES.filter((role) => access.includes(role));
}

/**
 * Who may do what with a table's rows. Without `can` everybody looks and admins do everything; with it, what is not
 * named is denied. Rows without a key can only be listed, as nothing tells them apart.
 */
export function resolveAllowed(
  table: Table,
  config: ResourceConfig | undefined,
): Readonly<Record<Permission, readonly Role[]>> {
  const can = config?.can ?? {
    list: true,
    show: true,
    create: ['admin'],
    edit: ['admin'],
    delete: ['admin'],
  };
  const isKeyed = table.kind === 'table' && table.key.length > 0;
  const resolve = (permission: Permission, isPossible = isKeyed) =>
    Object.freeze(
      toRoles(isPossible ? (can[permission] ?? false) : false).filter((role) =>
        maySeeKey(role, table, config),
      ),
    );
  return Object.freeze({
    list: resolve('list', true),
    show: resolve('show'),
    create: resolve('create'),
    edit: resolve('edit'),
    delete: resolve('delete'),
  });
}

/** Who may see and who may set a column, given who may do what with the table. */
export function resolveColumnAccess(
  name: string,
  config: ResourceConfig | undefined,
  allowed: Readonly<Record<Permission, readonly Role[]>>,
): { readonly readableBy: readonly Role[]; readonly writableBy: readonly Role[] } {
  const { read, write } = config?.columns?.[name] ?? {};
  const readers = toRoles(read ?? !isSecretName(name));
  // Who may not see a value may only set it where the config says so.
  const writers = write === undefined ? readers : toRoles(write);
  const isAmong = (permissions: readonly Permission[]) => (role: Role) =>
    permissions.some((permission) => allowed[permission].includes(role));
  return {
    readableBy: readers.filter(isAmong(['list', 'show', 'edit'])),
    writableBy: writers.filter(isAmong(['create', 'edit'])),
  };
}

// A row's address holds its key: a secret key keeps the whole table from those who may not read it.
function maySeeKey(role: Role, table: Table, config: ResourceConfig | undefined): boolean {
  return table.key
    .filter(isSecretName)
    .every((name) => toRoles(config?.columns?.[name]?.read ?? false).includes(role));
}
