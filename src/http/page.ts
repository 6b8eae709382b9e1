import { createAssetUrl } from './asset-url.ts';
import { type Html, html } from './html.ts';

const BRAND_STYLES = createAssetUrl('/brand/brand.css');
const PAGE_STYLES = createAssetUrl('/brand/login.css');
const LOGO = createAssetUrl('/brand/logo.svg');
const FAVICON = createAssetUrl('/brand/favicon.svg');

export interface Page {
  /** The path that the site lies below. */
  readonly basePath: string;
  /** Stands in the browser's tab and as the heading. */
  readonly title: string;
  /** What stands below the heading. */
  readonly body: Html;
}

/** A whole page in the store's look: one card under the logo; no script. */
export function renderPage({ basePath, title, body }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Gorak's Galactic Store</title>
<link rel="icon" href="${basePath}${FAVICON}">
<link rel="stylesheet" href="${basePath}${BRAND_STYLES}">
<link rel="stylesheet" href="${basePath}${PAGE_STYLES}">
</head>
<body class="outside">
<img class="logo" src="${basePath}${LOGO}" alt="Gorak's Galactic Store" width="212" height="62">
<main class="card">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}
