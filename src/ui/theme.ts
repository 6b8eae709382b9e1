import type { ThemeOverride } from '@adminjs/design-system';

const FONT = "'Inter', system-ui, -apple-system, 'Segoe UI', sans-serif";

/**
 * The store's look as an override of @adminjs/design-system's theme. Its colours are those of public/brand/brand.css,
 * written out because the design system computes with them.
 */
export const theme: Omit<ThemeOverride, 'font'> & { font: string } = {
  font: FONT,
  fontSizes: { xs: '11px', sm: '12px', h1: '30px', h2: '26px', h3: '22px', h4: '19px' },
  fontWeights: { lighter: '400', light: '400', bold: '600', bolder: '700' },
  sizes: { sidebarWidth: '248px', navbarHeight: '60px', maxFormWidth: '820px' },
  colors: {
    text: '#1d1b2e',
    primary100: '#4f43c9',
    primary80: '#7268d8',
    primary60: '#958de4',
    primary40: '#c0bbf0',
    primary20: '#e8e6fa',
    accent: '#e8590c',
    grey100: '#1d1b2e',
    grey80: '#3d3a55',
    grey60: '#5d5a75',
    grey40: '#a5a1bd',
    grey20: '#f1eff8',
    border: '#e2dfec',
    inputBorder: '#a5a1bd',
    separator: '#cfccde',
    highlight: '#f1eff8',
    bg: '#f6f5fa',
    filterBg: '#ffffff',
    container: '#ffffff',
    sidebar: '#14122a',
    errorDark: '#a51d1d',
    error: '#c92a2a',
    errorLight: '#fdeaea',
    successDark: '#225829',
    success: '#2b6e34',
    successLight: '#e6f4e8',
    warningDark: '#704400',
    warning: '#8f5600',
    warningLight: '#fff3df',
    infoDark: '#124d84',
    info: '#1864ab',
    infoLight: '#e5f1fb',
    love: '#e8590c',
  },
  shadows: {
    card: '0 1px 2px rgb(20 18 42 / 8%)',
    cardHover: '0 6px 20px rgb(20 18 42 / 14%)',
    drawer: '-8px 0 32px rgb(20 18 42 / 18%)',
    inputFocus: '0 0 0 3px rgb(79 67 201 / 20%)',
    buttonFocus: '0 0 0 3px rgb(79 67 201 / 25%)',
  },
};
