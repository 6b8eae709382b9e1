import escapeHtml from 'escape-html';

/** Text that is HTML already; anything else put into {@link html} is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** Tagged template whose values are escaped, save those that are {@link Html}; null leaves nothing. */
export function html(strings: TemplateStringsArray, ...values: (string | number | Html | null)[]): Html {
  return new Html(
    strings.reduce((text, part, index) => text + encodeValue(values[index - 1] ?? null) + part),
  );
}

function encodeValue(value: string | number | Html | null): string {
  if (value === null) return '';
  return value instanceof Html ? value.text : escapeHtml(String(value));
}
