import { type Html, html } from '../../src/http/html.ts';

/** The site as a document's address sees it (`/admin/documents/<table>/<name>`), wherever the site lies. */
const SITE = '../../..';

/** Sheets as a page to print. */
export function renderPage(title: string, sheets: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Gorak's Galactic Store</title>
<link rel="icon" href="${SITE}/brand/favicon.svg">
<link rel="stylesheet" href="${SITE}/brand/brand.css">
<link rel="stylesheet" href="${SITE}/brand/print.css">
</head>
<body>
${sheets.length > 0 ? sheets : html`<p>There is nothing to print.</p>`}
</body>
</html>
`.text;
}

/** The head of a sheet. */
export function renderHead(title: string, facts: Html): Html {
  return html`<header><img src="${SITE}/brand/logo-dark.svg" alt="Gorak's Galactic Store"><div><h1>${title}</h1>${facts}</div></header>`;
}

/** A film's title and year, as far as they may be read. */
export function renderFilm({ title, releaseYear }: { title: string; releaseYear?: number }): Html {
  return html`${title}${releaseYear === undefined ? '' : html` <small>(${releaseYear})</small>`}`;
}

/** ISO 8601 UTC as '2026-11-22 12:00 UTC'; a dash for what may not be read. */
export function formatTime(time: string | undefined): string {
  return time === undefined ? '–' : `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
