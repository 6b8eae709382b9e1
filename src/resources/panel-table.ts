/** Whether a table is one of the panel's own, which are never drawn as screens. */
export function isPanelTable(name: string): boolean {
  return name.toLowerCase().startsWith('panel_');
}
