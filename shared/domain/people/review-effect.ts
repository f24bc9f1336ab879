import type { Outcome } from '../eligibility/determination.ts';
import type { ReviewEffect } from './review.ts';

/** A family as its determination has it. */
export interface FamilyStanding {
  readonly familyId: string;
  readonly outcome: Outcome;
  readonly headingsMet: readonly string[];
}

/**
 * What the answer can do to the families of two people. `would-change`: one family is eligible and the other is not, or
 * neither is and each meets a heading that the other does not. `may-change`: something about them cannot be told yet, or one
 * of the two is in no family. Only an order in which to look; it says nothing about a family's needs.
 */
export const effectOf = (ofFirst: readonly FamilyStanding[], ofSecond: readonly FamilyStanding[]): ReviewEffect => {
  const own = onlyIn(ofFirst, ofSecond);
  const others = onlyIn(ofSecond, ofFirst);
  if (own.length === 0 && others.length === 0) return ofFirst.length === 0 ? 'may-change' : 'no-change';
  if (ofFirst.length === 0 || ofSecond.length === 0) return 'may-change';
  const [first, second] = [ofFirst, ofSecond].map((families) => families.some(({ outcome }) => outcome === 'eligible'));
  if (first !== second) return 'would-change';
  if (first === true) return 'no-change';
  const [headingsA, headingsB] = [ofFirst, ofSecond].map((families) => new Set(families.flatMap(({ headingsMet }) => headingsMet)));
  const adds = (from: ReadonlySet<string> | undefined, to: ReadonlySet<string> | undefined): boolean =>
    [...(from ?? [])].some((heading) => to?.has(heading) !== true);
  if (adds(headingsA, headingsB) && adds(headingsB, headingsA)) return 'would-change';
  return [...ofFirst, ...ofSecond].some(({ outcome }) => outcome === 'cannot-tell') ? 'may-change' : 'no-change';
};

const onlyIn = (families: readonly FamilyStanding[], others: readonly FamilyStanding[]): readonly FamilyStanding[] =>
  families.filter(({ familyId }) => !others.some((other) => other.familyId === familyId));
