import { findAssetUrl } from './asset-url.ts';
import { Html, html } from './html.ts';

const STYLESHEETS = ['/brand/brand.css', '/brand/login.css'];
const LOGO = '/brand/logo.svg';
const FAVICONS = ['/brand/favicon.svg', LOGO];

export interface Page {
  /** Stands in the browser's tab and as the heading. */
  readonly title: string;
  /** What stands below the heading. */
  readonly body: Html;
}

/** A whole page in the store's look: one card under the logo; no script. */
export function renderPage({ title, body }: Page): string {
  const favicon = FAVICONS.map(findAssetUrl).find((url) => url !== null);
  const logo = findAssetUrl(LOGO);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Gorak's Galactic Store</title>
${favicon ? html`<link rel="icon" href="${favicon}">` : null}
${renderStylesheets()}
</head>
<body class="sign-in">
<main class="card">
<p class="brand">${logo ? html`<img src="${logo}" alt="" width="48" height="48">` : null}<span>Gorak's Galactic Store</span></p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}

function renderStylesheets(): Html {
  const urls = STYLESHEETS.map(findAssetUrl).filter((url) => url !== null);
  return new Html(urls.map((url) => html`<link rel="stylesheet" href="${url}">`.text).join('\n'));
}
