/** An ISO time as a `datetime-local` input shows it in the browser's zone; null where it is no time. */
export function toLocalDateTime(iso: string): string | null {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return null;
  const date = [pad(time.getFullYear(), 4), pad(time.getMonth() + 1), pad(time.getDate())].join('-');
  const seconds = time.getSeconds() > 0 ? `:${pad(time.getSeconds())}` : '';
  return `${date}T${pad(time.getHours())}:${pad(time.getMinutes())}${seconds}`;
}

/** What a `datetime-local` input holds as ISO UTC; `original` where that shows the same, so its fraction stays. */
export function fromLocalDateTime(text: string, original: string | null): string | null {
  if (text === '') return null;
  if (original !== null && toLocalDateTime(original) === toLocalDateTime(text)) return original;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
