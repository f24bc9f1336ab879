/** Strong Kleene logic: an unknown stays unknown unless the rest decides without it. */
export type Truth = 'true' | 'false' | 'unknown';

export const or = (values: readonly Truth[]): Truth =>
  values.includes('true') ? 'true' : values.includes('unknown') ? 'unknown' : 'false';

export const and = (values: readonly Truth[]): Truth =>
  values.includes('false') ? 'false' : values.includes('unknown') ? 'unknown' : 'true';

/** Whether at least `needed` things are true, when `certain` are and at most `possible` can be. */
export const atLeast = (needed: number, certain: number, possible: number): Truth =>
  certain >= needed ? 'true' : possible < needed ? 'false' : 'unknown';
