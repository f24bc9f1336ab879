import type { Found } from './find-facts.ts';
import type { Counting } from './measure.ts';

/** How many there are of facts that belong together: of one person, or of the family. */
export const countOf = (found: readonly Found[], { of }: Pick<Counting, 'of'>): number =>
  of === 'days' ? new Set(found.map(({ fact }) => fact.from)).size : found.length;

/** How many there are in a whole family: those of each person added up, unless they are counted for the family as one. */
export const countInFamily = (found: readonly Found[], { of, per }: Counting): number =>
  per === 'family'
    ? countOf(found, { of })
    : [...Map.groupBy(found, ({ member }) => member.index).values()].reduce((sum, own) => sum + countOf(own, { of }), 0);
