import type { DecidedRow } from './review.ts';

export interface TwinRow extends DecidedRow {
  /** Names brothers and sisters of one birth; blank for everybody else. */
  readonly twins: string;
}

/** Made people in which a link put rows of two who are twins: the error that scores are surest of. Counted once for each of them. */
export const twinLinks = (rows: readonly TwinRow[]): number => {
  const within = new Map<string, { readonly entities: Set<string>; linked: boolean }>();
  for (const { made, truth, decision, twins } of rows) {
    if (twins === '') continue;
    const key = `${made}|${twins}`;
    const found = within.get(key) ?? { entities: new Set<string>(), linked: false };
    found.entities.add(truth);
    found.linked ||= decision === 'link';
    within.set(key, found);
  }
  return [...within.values()].filter(({ entities, linked }) => entities.size > 1 && linked).length;
};
