/** What AdminJS bundles from src/ui: our components by name, and (`override`) those that replace its own. */
export const COMPONENTS: readonly { name: string; file: string; override: boolean }[] = [
  { name: 'ListValue', file: 'value/list-value.tsx', override: false },
  { name: 'ShowValue', file: 'value/show-value.tsx', override: false },
  { name: 'EditField', file: 'form/edit-field.tsx', override: false },
  { name: 'DefaultEditAction', file: 'form/default-edit-action.tsx', override: true },
  { name: 'DefaultNewAction', file: 'form/default-new-action.tsx', override: true },
  { name: 'AuthenticationBackgroundComponent', file: 'session/session-watch.tsx', override: true },
  { name: 'FilterField', file: 'list/filter-field.tsx', override: false },
  { name: 'Dashboard', file: 'dashboard/dashboard.tsx', override: false },
  { name: 'TopBar', file: 'frame/top-bar.tsx', override: true },
  { name: 'SidebarFooter', file: 'frame/sidebar-footer.tsx', override: true },
];
