export interface PageDress {
  readonly nonce: string;
  /** A script's address with its version. */
  readonly assetUrl: (path: string) => string;
  /** The path that the site lies below, for scripts to read from `<html data-base-path>`. */
  readonly basePath: string;
}

/**
 * Makes AdminJS's page fit for a strict Content-Security-Policy: inline scripts get the nonce, JSON inside them cannot
 * end the script, the foreign font goes, and the scripts' addresses carry a version so that they may be cached for ever.
 */
export function securePage(html: string, { nonce, assetUrl, basePath }: PageDress): string {
  return escapeState(html)
    .replace('<html lang=', `<html data-base-path="${basePath}" lang=`)
    .replace(/<link[^<>]+fonts\.googleapis\.com[^<>]*>/, '')
    .replaceAll(
      /<script src="([^"<]+)"><\/script>/g,
      (_tag, path: string) => `<script src="${assetUrl(path)}"></script>`,
    )
    .replaceAll('<script>', `<script nonce="${nonce}">`)
    .replace('<div id="app" />', '<div id="app"></div>');
}

const STATE_START = 'window.REDUX_STATE = ';
const STATE_END = ';\n        window.THEME_COMPONENTS = {};';

// AdminJS writes options and the signed-in account into a script with bare JSON.stringify.
function escapeState(html: string): string {
  const start = html.indexOf(STATE_START);
  const end = html.indexOf(STATE_END, start);
  if (start < 0 || end < 0)
    throw new Error("AdminJS's page has another form than the one this version writes");
  return html.slice(0, start) + escapeScriptText(html.slice(start, end)) + html.slice(end);
}

function escapeScriptText(text: string): string {
  return text.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
