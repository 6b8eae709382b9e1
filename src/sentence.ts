/**
 * Fills names and reasons into a sentence: a value that ends like a sentence itself ('Gorak Inc.') takes no second full
 * stop after it.
 */
export function sentence(texts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const filled = texts.map((text, index) => {
    const before = index === 0 ? '' : String(values[index - 1]);
    return before + (/[.!?…]$/.test(before) && /^\.(?!\.)/.test(text) ? text.slice(1) : text);
  });
  return filled.join('');
}

/** Statements as sentences, one after another, each said once. */
export function sentences(statements: Iterable<string>): string {
  return [...new Set(statements)].map((statement) => sentence`${statement}.`).join(' ');
}
