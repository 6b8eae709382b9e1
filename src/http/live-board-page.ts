import { createAssetUrl } from './asset-url.ts';
import { type Html, html } from './html.ts';

const BRAND_STYLES = createAssetUrl('/brand/brand.css');
const LOGO = createAssetUrl('/brand/logo.svg');
const FAVICON = createAssetUrl('/brand/favicon.svg');

/** Why a browser is not shown the wallboard. */
export type BoardRefusal = 'no_link' | 'unknown_link' | 'revoked' | 'too_many_attempts' | 'wrong_role';

/** What every page of the board names. */
interface BoardLook {
  /** Of the board's files. */
  readonly version: string;
  /** The path that the site lies below. */
  readonly basePath: string;
}

const MAKE_LINK = html`Ask an admin of the store for a display link: in the panel it is made under
<strong>Displays</strong>, <strong>New display link</strong>. Open that link once on this screen.`;

const REFUSALS: Record<BoardRefusal, { status: number; title: string; text: Html }> = {
  no_link: {
    status: 401,
    title: 'This screen is not linked yet',
    text: MAKE_LINK,
  },
  unknown_link: {
    status: 401,
    title: 'This display link is not valid',
    text: html`It may have been copied without its end. ${MAKE_LINK}`,
  },
  revoked: { status: 403, title: 'This display link was revoked', text: MAKE_LINK },
  too_many_attempts: {
    status: 429,
    title: 'Too many wrong links',
    text: html`Too many links that are not valid were opened from this network. Wait a quarter of an hour, then open the
right link.`,
  },
  wrong_role: {
    status: 403,
    title: 'The wallboard is for supervisors',
    text: html`Your account may not open it. ${MAKE_LINK}`,
  },
};

/** The page that the wallboard's script fills. */
export function renderBoard(look: BoardLook): string {
  const { basePath, version } = look;
  return renderPage(
    look,
    html`<div id="board" data-version="${version}"><noscript>The wallboard needs JavaScript.</noscript></div>
<script src="${basePath}/live-board/assets/board.js?v=${version}" defer></script>`,
  );
}

/** Says in words what to do where the wallboard is not shown, with the answer's status. */
export function renderBoardRefusal(
  look: BoardLook,
  refusal: BoardRefusal,
): { status: number; title: string; page: string } {
  const { status, title, text } = REFUSALS[refusal];
  const login = `${look.basePath}/admin/login?redirectTo=${look.basePath}/live-board`;
  const signIn = html` Supervisors and admins can also <a href="${login}">sign in</a>.`;
  const body = html`<main class="closed">
<img src="${look.basePath}${LOGO}" alt="Gorak's Galactic Store" width="318" height="93">
<h1>${title}</h1>
<p>${text}${refusal === 'no_link' ? signIn : null}</p>
</main>`;
  return { status, title, page: renderPage(look, body) };
}

function renderPage({ version, basePath }: BoardLook, body: Html): string {
  return html`<!doctype html>
<html lang="en" data-base-path="${basePath}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="dark">
<meta name="theme-color" content="#0b0a1c">
<title>Live board · Gorak's Galactic Store</title>
<link rel="icon" href="${basePath}${FAVICON}">
<link rel="stylesheet" href="${basePath}${BRAND_STYLES}">
<link rel="stylesheet" href="${basePath}/live-board/assets/board.css?v=${version}">
</head>
<body>
${body}
</body>
</html>
`.text;
}
