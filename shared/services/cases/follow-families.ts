import { isDeepStrictEqual } from 'node:util';
import type { Visibility } from '../../domain/access/access.ts';
import { entriesOf } from '../../domain/cases/case-entry.ts';
import { standingOf, type CaseHead, type CaseStanding, type Determined } from '../../domain/cases/case-head.ts';
import type { Determination } from '../../domain/eligibility/determination.ts';
import { familySeen, type Family } from '../../domain/families/family.ts';
import { lineageIds, sourcesOf } from '../../domain/families/past-families.ts';
import type { HeldDetermination } from '../families/family-repository.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { CaseRepository } from './case-repository.ts';

export type FollowPorts = Pick<CaseRepository, 'findHeads' | 'readEntries' | 'headFragment'>;

/** Criteria that a determination finds met. */
export const metIn = ({ criteria }: Pick<Determination, 'criteria'>): string[] => [
  ...new Set(criteria.filter(({ value }) => value === 'met').map(({ criterionId }) => criterionId)),
];

export const determinedOf = (held: HeldDetermination | undefined): Determined | undefined => {
  if (held?.determination === undefined) return undefined;
  const { determination: whole } = held;
  const { outcome, ruleSet, headingsMet, criteriaMet } = whole;
  return { version: held.version, at: held.determinedAt, outcome, ruleSet, met: metIn(whole), headingsMet, criteriaMet };
};

/** Of every family that any of these has in its past, how its case stands. */
export const headsOf = async (
  { findHeads }: Pick<FollowPorts, 'findHeads'>,
  families: readonly Family[],
): Promise<ReadonlyMap<string, CaseHead>> => {
  const ids = [
    ...new Set(families.flatMap((family) => [family, familySeen(family, 'limited')].flatMap((seen) => (seen ? lineageIds(seen) : [])))),
  ];
  return new Map((await findHeads(ids)).map((head) => [head.familyId, head]));
};

/** The day of the newest whole-family assessment that a reader may know of: it looks for every need. */
export const assessedOn = (heads: ReadonlyMap<string, CaseHead>, family: Family, visibility: Visibility): string | undefined => {
  const seen = familySeen(family, visibility);
  const days = (seen ? sourcesOf(seen) : []).flatMap(({ familyId, until }) => {
    const day = heads.get(familyId)?.standing.assessedOn[visibility];
    return day === undefined || (until !== undefined && day > until.slice(0, 10)) ? [] : [day];
  });
  return days.toSorted().at(-1);
};

export interface FollowedChange {
  readonly next: Family;
  /** What it is determined to be from now on; undefined where it is no family any more. */
  readonly held: HeldDetermination | undefined;
  readonly expiresOn: string;
}

const saysNothing = ({ stage, decision, assessedOn: on }: CaseStanding): boolean =>
  (stage === 'none' || stage === 'over') && decision === undefined && on.whole === undefined;

/**
 * How the cases of families stand after the families, or what they are determined to be, have changed: by family id, what has to be
 * written in the same transaction. So an eligible family waits for a decision from the moment it is eligible, and decisions and facts
 * follow it through mergers, splits and their undoing.
 */
export const caseFragments = async (
  cases: FollowPorts,
  changes: readonly FollowedChange[],
): Promise<ReadonlyMap<string, TransactionFragment>> => {
  const heads = await headsOf(
    cases,
    changes.map(({ next }) => next),
  );
  const withEntries = new Set([...heads.values()].filter(({ entries }) => entries > 0).map(({ familyId }) => familyId));
  const wanted = [...new Set(changes.flatMap(({ next }) => lineageIds(next)))].filter((familyId) => withEntries.has(familyId));
  const entries = wanted.length === 0 ? [] : await cases.readEntries(wanted);
  return new Map(
    changes.flatMap(({ next, held, expiresOn }): [string, TransactionFragment][] => {
      const { familyId } = next;
      const head = heads.get(familyId);
      const standing = standingOf({
        familyId,
        entries: entriesOf(sourcesOf(next), entries),
        determined: determinedOf(held),
        isCurrent: next.state === 'current',
        before: head?.standing,
      });
      if (head === undefined ? saysNothing(standing) : isDeepStrictEqual(head.standing, standing)) return [];
      const written: CaseHead = {
        familyId,
        version: (head?.version ?? 0) + 1,
        limitedVersion: head?.limitedVersion ?? 0,
        entries: head?.entries ?? 0,
        standing,
        expiresOn: head !== undefined && head.expiresOn > expiresOn ? head.expiresOn : expiresOn,
      };
      return [[familyId, cases.headFragment(written)]];
    }),
  );
};
