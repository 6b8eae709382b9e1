const MINUTE_MS = 60_000;

/** How long something has waited, in its two largest units: '12 min', '5 h 12 min', '3 d 4 h'. */
export function formatAge(ageMs: number): string {
  const minutes = Math.max(0, Math.floor(ageMs / MINUTE_MS));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  if (hours < 72) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
