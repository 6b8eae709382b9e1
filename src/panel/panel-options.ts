import type { ThemeOverride } from '@adminjs/design-system';
import type { AdminJSOptions, ComponentLoader, ResourceOptions } from 'adminjs';
import type { Pool } from '../database/pool.ts';
import { ProblemsError } from '../errors.ts';
import { type DashboardConfig, wallboardRoles } from '../resources/define-dashboard.ts';
import type { Resource } from '../resources/resource.ts';
import type { Role } from '../resources/role.ts';
import { encodeTable } from '../table-address.ts';
import { COMPONENTS } from '../ui/components.ts';
import { theme } from '../ui/theme.ts';
import { createTableActions } from './actions.ts';
import type { ContextOf } from './handed-actions.ts';
import { SafeTable } from './safe-table.ts';
import { readableColumns, type TableView, type TableViews } from './table-view.ts';

export interface PanelParts {
  readonly pool: Pool;
  readonly dashboard: DashboardConfig | null;
  readonly componentLoader: ComponentLoader;
  /** The path that the site lies below. */
  readonly basePath: string;
  /** Whose panel it is. */
  readonly role: Role;
  readonly contextOf: ContextOf;
}

/**
 * AdminJS's options for one role: only the tables, columns and actions that it may see are in them at all. Throws
 * ProblemsError where the role's home page is to be drawn by a component that there is not.
 */
export function createPanelOptions(parts: PanelParts, views: TableViews): AdminJSOptions {
  const { basePath } = parts;
  return {
    rootPath: `${basePath}/admin`,
    loginPath: `${basePath}/admin/login`,
    logoutPath: `${basePath}/admin/logout`,
    componentLoader: parts.componentLoader,
    resources: sortForNavigation([...views.values()]).map((view) => ({
      resource: new SafeTable(parts.pool, views, view),
      options: createResourceOptions(parts.contextOf, view),
    })),
    dashboard: {
      component: findHomePage(parts),
      handler: createDashboardHandler(parts),
      seesWallboard: wallboardRoles(parts.dashboard).includes(parts.role),
    } as AdminJSOptions['dashboard'],
    branding: {
      companyName: "Gorak's Galactic Store",
      logo: `${basePath}/brand/logo.svg`,
      favicon: `${basePath}/brand/favicon.svg`,
      withMadeWithLove: false,
      // The design system's type takes the font's name for an object.
      theme: theme as unknown as ThemeOverride,
    },
    assets: { styles: [`${basePath}/brand/brand.css`, `${basePath}/brand/panel.css`] },
    settings: { defaultPerPage: 25 },
    locale: { language: 'en', availableLanguages: ['en'], translations: { en: createWords(views) } },
  };
}

function sortForNavigation(views: TableView[]): TableView[] {
  const position = ({ resource }: TableView) => resource.navigation?.position ?? Number.MAX_SAFE_INTEGER;
  return views.sort((left, right) => position(left) - position(right));
}

function createResourceOptions(contextOf: ContextOf, view: TableView): ResourceOptions {
  const { resource } = view;
  const names = (columns: readonly string[]) => readableColumns(view, columns).map(({ name }) => name);
  return {
    id: encodeTable(view.table.name),
    navigation:
      view.can.list && resource.navigation ? { name: resource.navigation.group, icon: resource.icon } : false,
    titleProperty: view.titleColumn?.name,
    listProperties: names(resource.listColumns),
    showProperties: names(resource.showColumns),
    editProperties: resource.formColumns.filter(
      (name) => view.writable.has(name) || view.lockedFor.has(name),
    ),
    filterProperties: names(resource.filterColumns),
    sort: resource.sort ? { sortBy: resource.sort.column, direction: resource.sort.direction } : undefined,
    actions: createTableActions(contextOf, view),
  } as ResourceOptions;
}

function findHomePage({ dashboard, role }: PanelParts): string {
  const name = dashboard?.homePages?.[role] ?? 'Dashboard';
  if (COMPONENTS.some((component) => component.name === name)) return name;
  throw new ProblemsError([
    {
      code: 'unknown_home_page',
      where: 'resources/dashboard.ts',
      message: `the home page of ${role} is to be drawn by '${name}', which is no component of the panel`,
      fix: 'Name one of src/ui/components.ts.',
    },
  ]);
}

function createDashboardHandler({ dashboard, contextOf }: PanelParts) {
  return async (_request: unknown, _response: unknown, context: Parameters<ContextOf>[0]) =>
    dashboard?.load(contextOf(context)) ?? {
      cards: [],
      lists: [],
    };
}

function createActionWords({ singular, recordActions, bulkActions, pages }: Resource) {
  const handed = [...recordActions, ...bulkActions, ...pages].map(({ name, label }) => [name, label]);
  return { new: `New ${singular}`, ...Object.fromEntries(handed) };
}

function createWords(views: TableViews) {
  const list = [...views.values()];
  return {
    labels: Object.fromEntries(list.map(({ table, resource }) => [encodeTable(table.name), resource.label])),
    resources: Object.fromEntries(
      list.map(({ table, resource }) => [encodeTable(table.name), { actions: createActionWords(resource) }]),
    ),
    messages: {
      successfullyCreated: 'Saved',
      successfullyUpdated: 'Saved',
      successfullyDeleted: 'Deleted',
      forbiddenError: 'You may not do this. Ask an administrator if you should.',
      anyForbiddenError: 'You may not do this. Ask an administrator if you should.',
      error404Resource: 'There is no such table, or it is not yours to see.',
      error404Action: 'This row is not there any more, or it is not yours to see.',
      error404Record: 'This row is not there any more, or never was.',
      errorFetchingRecord: 'This row could not be read.',
      errorFetchingRecords: 'These rows could not be read.',
      noRecordsSelected: 'No rows are selected.',
      pageNotFound_title: 'Nothing at this address',
      pageNotFound_subtitle: 'It has moved, is gone, or never was.',
    },
  };
}
