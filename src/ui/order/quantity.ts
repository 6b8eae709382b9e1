/** Quantities as they are typed, by film. */
export type TypedQuantities = Readonly<Record<number, string>>;

/** A typed quantity as a whole number, or null where it is none. */
export function parseQuantity(text: string): number | null {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : null;
}

/** The quantities of these films; null where any of them is no whole number from 0 to `most`. */
export function parseQuantities(
  typed: TypedQuantities,
  limits: readonly { readonly movieId: number; readonly most: number }[],
): { movieId: number; quantity: number }[] | null {
  const parsed = limits.map(({ movieId, most }) => {
    const quantity = parseQuantity(typed[movieId] ?? '');
    return quantity === null || quantity > most ? null : { movieId, quantity };
  });
  return parsed.some((line) => line === null) ? null : parsed.filter((line) => line !== null);
}
