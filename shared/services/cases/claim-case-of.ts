import { effectiveDecision, standingEntries, type DecisionEntry } from '../../domain/cases/case-entry.ts';
import { caseworkOf, type Finding } from '../../domain/cases/casework-of.ts';
import type { ClaimCase } from '../../domain/claims/claim-case.ts';
import type { DeterminationRecord } from '../../domain/eligibility/replay/determination-record.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import { lineageIds } from '../../domain/families/past-families.ts';
import { Refusal } from '../refusal.ts';
import type { CasePorts } from './case-ports.ts';
import { familyBasis } from './family-basis.ts';
import type { FoundCase } from './find-case.ts';

/** An accepted family as outcomes and claims see it: what still lacks is who claims and what was claimed before. */
export interface AcceptedCase {
  readonly decision: DecisionEntry;
  /** What it was accepted on, sealed. */
  readonly entry: DeterminationRecord;
  readonly claimCase: Omit<ClaimCase, 'kind' | 'claimant' | 'earlierClaims' | 'audit'>;
}

/** People that ids lead to, one after the other, at most. */
const mostRedirects = 10;

/** Whom each of these ids leads to by now; ids of people that are no longer held stay as they are. */
const whoTheyAre = async ({ people }: Pick<CasePorts, 'people'>, personIds: readonly string[]): Promise<(personId: string) => string> => {
  const leads = new Map<string, string>();
  let ids = [...new Set(personIds)];
  for (let step = 0; step < mostRedirects && ids.length > 0; step += 1) {
    const found = await people.readPeople(ids);
    const next = found.flatMap(({ profile }) => (profile.redirect === undefined ? [] : [[profile.personId, profile.redirect.to] as const]));
    for (const [from, to] of next) leads.set(from, to);
    ids = next.map(([, to]) => to).filter((id) => !leads.has(id));
  }
  const now = (personId: string, steps = 0): string => {
    const to = leads.get(personId);
    return to === undefined || steps > mostRedirects ? personId : now(to, steps + 1);
  };
  return (personId) => now(personId);
};

/**
 * Everything about an accepted family that outcomes and claims are read from, as at today.
 *
 * Throws `state-conflict` where the family has not been accepted, or is none any more.
 */
export const acceptedCase = async (ports: CasePorts, found: FoundCase): Promise<AcceptedCase> => {
  const { family, held, entries } = found;
  const { familyId } = family;
  const { decisions, facts } = standingEntries(entries);
  const decision = effectiveDecision({ decisions });
  if (decision?.answer !== 'accept' || family.state !== 'current') throw notAccepted(familyId);
  const [entry, later] = await Promise.all([
    ports.cases.readEntryRecord(decision.familyId, decision.entryId),
    ports.cases.readDeterminationsSince(familyId, decision.recordedAt),
  ]);
  if (entry === undefined) throw notAccepted(familyId);
  const determinations = [...later, ...(held && !later.some(({ version }) => version === held.version) ? [held] : [])];
  const since = determinations.flatMap(({ determinedAt, determination }): Finding[] =>
    determination?.ruleSet.id === entry.determination.ruleSet.id && determinedAt >= decision.recordedAt
      ? [{ on: determinedAt.slice(0, 10), determination }]
      : [],
  );
  const named = facts.flatMap(({ fact }) => (fact.kind === 'assessment' ? fact.personIds : []));
  const [basis, personNow] = await Promise.all([
    familyBasis(ports, family, { entries, asAt: ports.clock.today() }),
    whoTheyAre(ports, named),
  ]);
  return {
    decision,
    entry,
    claimCase: {
      familyId,
      lineage: lineageIds(family),
      // The rules that were sealed when it joined: what has become of them since changes nothing.
      basis: { ...basis, ruleSet: entry.contents.ruleSet, termCalendar: usualTerms },
      casework: caseworkOf({ decision, facts, atEntry: entry.determination, since, personNow }),
      atEntry: entry.determination,
    },
  };
};

const notAccepted = (familyId: string): Refusal =>
  new Refusal('state-conflict', {
    about: [familyId],
    errors: [
      {
        code: 'not-accepted',
        message: 'The family has not been accepted.',
        fix: 'Outcomes and claims are about families that were accepted: read the case.',
      },
    ],
  });
