/** The look's values as the brand's custom properties, each with what it is where the brand's stylesheet is missing. */
export const token = {
  ink: 'var(--gorak-ink, #1d1b2e)',
  muted: 'var(--gorak-muted, #5d5a75)',
  surface: 'var(--gorak-surface, #ffffff)',
  page: 'var(--gorak-page, #f6f5fa)',
  hover: 'var(--gorak-hover, #f1eff8)',
  selected: 'var(--gorak-selected, #fdeee3)',
  line: 'var(--gorak-line, #dad7e6)',
  lineStrong: 'var(--gorak-line-strong, #a5a1bd)',
  accent: 'var(--gorak-accent, #e8590c)',
  accentStrong: 'var(--gorak-accent-strong, #b8430a)',
  link: 'var(--gorak-link, #4f43c9)',
  night: 'var(--gorak-night, #14122a)',
  info: 'var(--gorak-info, #1864ab)',
  success: 'var(--gorak-success, #2b6e34)',
  warning: 'var(--gorak-warning, #8f5600)',
  danger: 'var(--gorak-danger, #c92a2a)',
  font: 'var(--gorak-font, system-ui, sans-serif)',
  fontDisplay: 'var(--gorak-font-display, inherit)',
  fontMono: 'var(--gorak-font-mono, ui-monospace, SFMono-Regular, Menlo, monospace)',
  radius: '8px',
  shadow: '0 12px 32px rgb(20 18 42 / 18%)',
} as const;

/** Media queries: where a list becomes cards, and where the navigation lies over the page and opens by a button. */
export const NARROW = '@media (max-width: 640px)';
export const NAVIGATION_OVER = '@media (max-width: 1023px)';
export const REDUCED_MOTION = '@media (prefers-reduced-motion: reduce)';

/** The bar above every page, its border included. */
export const TOP_BAR_HEIGHT = '53px';

/** A colour as a tint of the surface, `percent` strong. */
export function tint(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, ${token.surface})`;
}
