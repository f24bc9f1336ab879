import * as z from 'zod';
import type { Outcome } from '../determination.ts';

/** What becomes of one family, or of one criterion for it, under other rules. `unknown` stands for everything that cannot be told. */
export const changeKinds = ['gain', 'lose', 'becomeUnknown', 'stayUnknown', 'becomeNot', 'stay', 'stayNot'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type Tristate = 'yes' | 'no' | 'unknown';

const answers: Readonly<Record<Outcome, Tristate>> = { eligible: 'yes', 'not-eligible': 'no', 'cannot-tell': 'unknown' };

/** What is no family is not eligible. */
export const whetherEligible = (determined: { readonly outcome: Outcome } | undefined): Tristate =>
  determined === undefined ? 'no' : answers[determined.outcome];

const kinds: Readonly<Record<Tristate, Readonly<Record<Tristate, ChangeKind>>>> = {
  yes: { yes: 'stay', no: 'lose', unknown: 'becomeUnknown' },
  no: { yes: 'gain', no: 'stayNot', unknown: 'becomeUnknown' },
  unknown: { yes: 'gain', no: 'becomeNot', unknown: 'stayUnknown' },
};

export const changeOf = (was: Tristate, is: Tristate): ChangeKind => kinds[was][is];

/** How many of each kind; together all that were looked at. */
export const changeCountsSchema = z.record(z.enum(changeKinds), z.int().nonnegative());
export type ChangeCounts = z.infer<typeof changeCountsSchema>;

export const noChanges: ChangeCounts = { gain: 0, lose: 0, becomeUnknown: 0, stayUnknown: 0, becomeNot: 0, stay: 0, stayNot: 0 };

export const counted = (counts: ChangeCounts, kind: ChangeKind): ChangeCounts => ({ ...counts, [kind]: counts[kind] + 1 });

const fewest = 5;

export type ShownCount = number | 'withheld';

/**
 * Counts as they may be shown: those of 1 to 4 are withheld, and so are others, the smallest first, until what is withheld cannot be worked
 * out from the total: there are two at least, and more families in them than there are of them. Where nothing is left to withhold, the
 * total is. A count of none says nothing about any family, and is shown.
 */
export const suppressSmall = (
  counts: ChangeCounts,
): { readonly counts: Readonly<Record<ChangeKind, ShownCount>>; readonly isTotalShown: boolean } => {
  const hidden = new Set(changeKinds.filter((kind) => counts[kind] > 0 && counts[kind] < fewest));
  const others = changeKinds.filter((kind) => counts[kind] >= fewest).toSorted((a, b) => counts[a] - counts[b]);
  const isSafe = (): boolean => {
    const sum = [...hidden].reduce((all, kind) => all + counts[kind], 0);
    return hidden.size === 0 || (hidden.size > 1 && sum > hidden.size);
  };
  while (!isSafe() && others.length > 0) for (const kind of others.splice(0, 1)) hidden.add(kind);
  const shown = (kind: ChangeKind): ShownCount => (hidden.has(kind) ? 'withheld' : counts[kind]);
  return {
    counts: {
      gain: shown('gain'),
      lose: shown('lose'),
      becomeUnknown: shown('becomeUnknown'),
      stayUnknown: shown('stayUnknown'),
      becomeNot: shown('becomeNot'),
      stay: shown('stay'),
      stayNot: shown('stayNot'),
    },
    isTotalShown: isSafe(),
  };
};
