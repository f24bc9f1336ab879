import type { CriterionResult, Determination } from '../eligibility/determination.ts';
import type { Casework } from '../outcomes/casework.ts';
import type { DecisionEntry, StandingFact } from './case-entry.ts';
import type { WorkFact } from './work-fact.ts';

/** What a determination found, and on which day. */
export interface Finding {
  readonly on: string;
  readonly determination: Pick<Determination, 'criteria'>;
}

type Need = Casework['needs'][number];
type Of<Kind extends WorkFact['kind']> = Extract<WorkFact, { kind: Kind }>;

const rowsOf = ({ evidence }: CriterionResult): string[] =>
  evidence.map(({ feed, uploadId, row }) => `${feed}: row ${String(row)} of upload ${uploadId}`);

const needsFound = ({ on, determination }: Finding): Need[] =>
  determination.criteria
    .filter(({ value }) => value === 'met')
    .map((criterion) => ({ criterionId: criterion.criterionId, identifiedOn: on, evidence: rowsOf(criterion) }));

/** Each need once, as it was first found; evidence of the same day and later is put together. */
const together = (needs: readonly Need[]): Need[] => {
  const all = new Map<string, Need>();
  for (const need of needs.toSorted((a, b) => (a.identifiedOn < b.identifiedOn ? -1 : a.identifiedOn > b.identifiedOn ? 1 : 0))) {
    const known = all.get(need.criterionId);
    all.set(
      need.criterionId,
      known
        ? {
            ...known,
            evidence: [...new Set([...known.evidence, ...need.evidence])],
            ...((known.recorded ?? need.recorded) && { recorded: true }),
          }
        : need,
    );
  }
  return [...all.values()];
};

/**
 * The work with an accepted family, as outcomes and claims are read from it. Every need joins it: those of the determination that the
 * family was accepted on, those that a determination has found since, and those that somebody recorded.
 */
export const caseworkOf = ({
  decision,
  facts,
  atEntry,
  since,
  personNow,
}: {
  readonly decision: DecisionEntry;
  readonly facts: readonly StandingFact[];
  readonly atEntry: Determination;
  /** Under the same rules, the oldest first. */
  readonly since: readonly Finding[];
  /** Whom an id leads to by now: people may turn out to be one. */
  readonly personNow: (personId: string) => string;
}): Casework => {
  const of = <Kind extends WorkFact['kind']>(kind: Kind): Of<Kind>[] =>
    facts.map(({ fact }) => fact).filter((fact): fact is Of<Kind> => fact.kind === kind);
  const closure = facts.findLast(({ fact, recordedAt }) => fact.kind === 'closure' && recordedAt > decision.recordedAt)?.fact;
  const recorded = of('need').map(({ criterionId, identifiedOn, evidence }) => ({ criterionId, identifiedOn, evidence, recorded: true }));
  return {
    joinedOn: decision.on,
    leadPractitioners: of('lead-practitioner').map(({ name, from, to }) => ({ name, from, ...(to !== undefined && { to }) })),
    assessments: of('assessment').map(({ on, personIds }) => ({ on, personIds: [...new Set(personIds.map(personNow))] })),
    plans: of('plan').map(({ on, criterionIds }) => ({ on, criterionIds })),
    agencies: of('agency').map(({ name, from, to }) => ({ name, from, ...(to !== undefined && { to }) })),
    needs: together([...needsFound({ on: decision.on, determination: atEntry }), ...since.flatMap(needsFound), ...recorded]),
    outcomes: of('outcome').map(({ criterionId, reachedOn, evidence, tool }) => ({
      criterionId,
      reachedOn,
      evidence,
      ...(tool !== undefined && { tool }),
    })),
    discretion: of('discretion').map(({ criterionId, reason, decidedBy, grade, on }) => ({
      ...(criterionId !== undefined && { criterionId }),
      reason,
      decidedBy,
      grade,
      on,
    })),
    ...(closure?.kind === 'closure' && { closure: { on: closure.on, reason: closure.reason } }),
  };
};
