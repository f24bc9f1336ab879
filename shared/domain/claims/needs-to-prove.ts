import type { Criterion, RuleSet } from '../eligibility/rule-set.ts';
import { isInForce } from '../eligibility/rule-set.ts';
import type { Casework } from '../outcomes/casework.ts';
import { readClock, type Clock } from '../outcomes/sustain-clock.ts';
import { readOutcome, type OutcomeReading } from '../outcomes/read-outcome.ts';
import type { ClaimCase } from './claim-case.ts';

/** A criterion as it stood on the day the family joined. */
export const criterionOf = ({ criteria }: RuleSet, id: string, joinedOn: string): Criterion | undefined =>
  criteria.find((criterion) => criterion.id === id && isInForce(criterion, joinedOn)) ?? criteria.find((criterion) => criterion.id === id);

/**
 * The needs whose outcome the claim must show. All of them, found at the start or later; in phase 1 those of crime and of school, where
 * one need of school asks for everything about school; for lasting work none, it stands alone.
 */
const needsToProve = ({ kind, basis: { ruleSet }, casework }: Pick<ClaimCase, 'kind' | 'basis' | 'casework'>): readonly Criterion[] => {
  if (kind === 'continuous-employment') return [];
  const named = casework.needs.flatMap(({ criterionId }) => criterionOf(ruleSet, criterionId, casework.joinedOn) ?? []);
  if (kind !== 'turned-around') return [...new Set(named)];
  const headings = new Set(named.map(({ heading }) => heading));
  return ruleSet.criteria.filter(
    (criterion) => (criterion.heading === 'A' && named.includes(criterion)) || (criterion.heading === 'B' && headings.has('B')),
  );
};

export interface NeedProof {
  readonly criterion: Criterion;
  readonly clock: Clock;
  /** Undefined while there is no window to read it over. */
  readonly outcome: OutcomeReading | undefined;
  readonly recorded: Casework['outcomes'][number] | undefined;
  /** Of an outcome recorded for a day before the family joined or the need was found: that is no outcome of this work. */
  readonly tooEarly: Casework['outcomes'][number] | undefined;
}

/** The day from which an outcome must last: the council's case closure in the ten headings, the day it was reached before. */
const startOf = ({ basis: { ruleSet }, casework }: ClaimCase, recorded: NeedProof['recorded']): Parameters<typeof readClock>[0] => {
  if (ruleSet.claims.sustainFrom === 'case-closure')
    return casework.closure === undefined ? { waitsFor: 'closure' } : { from: casework.closure.on };
  return recorded === undefined ? { waitsFor: 'outcome' } : { from: recorded.reachedOn };
};

/** How far each need has come. */
export const proveNeeds = (claim: ClaimCase): readonly NeedProof[] =>
  needsToProve(claim).map((criterion) => {
    const { basis, casework } = claim;
    const found = casework.needs.find(({ criterionId }) => criterionId === criterion.id)?.identifiedOn ?? '';
    const since = found > casework.joinedOn ? found : casework.joinedOn;
    const newest = casework.outcomes
      .filter(({ criterionId, evidence }) => criterionId === criterion.id && evidence.length > 0)
      .toSorted((a, b) => (a.reachedOn < b.reachedOn ? 1 : -1))[0];
    const recorded = newest && newest.reachedOn >= since ? newest : undefined;
    const clock = readClock(startOf(claim, recorded), criterion.sustain, basis.termCalendar, basis.family.asAt);
    const outcome =
      clock.is === 'complete'
        ? readOutcome(basis, criterion, clock.window, { joinedOn: casework.joinedOn, isRecorded: recorded !== undefined })
        : undefined;
    return { criterion, clock, outcome, recorded, tooEarly: recorded ? undefined : newest };
  });
