import escapeHtml from 'escape-html';

/** Text that is HTML already; anything else put into {@link html} is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | readonly Html[] | null;

/** Tagged template whose values are escaped, save those that are {@link Html} or lists of it; null leaves nothing. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    strings.reduce((text, part, index) => text + encodeValue(values[index - 1] ?? null) + part),
  );
}

function encodeValue(value: Value): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(encodeValue).join('\n');
  return value instanceof Html ? value.text : escapeHtml(String(value));
}
