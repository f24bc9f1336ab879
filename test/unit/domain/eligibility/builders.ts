import { type FeedId, feedIds } from '#shared/domain/feeds/feed-ids.ts';
import type { CriterionResult, Determination } from '#shared/domain/eligibility/determination.ts';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { CoveredPeriod, EvidenceRecord, MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import type { Fact } from '#shared/domain/people/fact.ts';

/** The day every family here is looked at, unless a test says otherwise. */
export const today = '2026-11-23';

let rows = 0;

export const aRecord = (feed: FeedId, facts: readonly Fact[], change: Partial<EvidenceRecord> = {}): EvidenceRecord => ({
  feed,
  agency: `agency-of-${feed}`,
  uploadId: '01KA0000000000000000000000',
  row: ++rows,
  accessClass: 'standard',
  periodEnd: '2026-10-31',
  facts,
  ...change,
});

export const aMember = (change: Partial<MemberEvidence> = {}): MemberEvidence => ({
  personId: 'person-1',
  birthDate: '2014-05-05',
  parent: false,
  lives: 'in-the-household',
  restricted: false,
  records: [],
  ...change,
});

export const aChild = (records: readonly EvidenceRecord[] = [], change: Partial<MemberEvidence> = {}): MemberEvidence =>
  aMember({ personId: 'child', birthDate: '2014-05-05', records, ...change });

export const aParent = (records: readonly EvidenceRecord[] = [], change: Partial<MemberEvidence> = {}): MemberEvidence =>
  aMember({ personId: 'parent', birthDate: '1988-02-01', parent: true, records, ...change });

export const covering = (feed: FeedId, from = '2023-01-01', to = '2026-11-01'): CoveredPeriod => ({
  feed,
  agency: `agency-of-${feed}`,
  uploadId: '01KA0000000000000000000000',
  from,
  to,
});

/** A referral is one row about one person: it covers nothing. */
export const everythingCovered: readonly CoveredPeriod[] = feedIds
  .filter((feed) => feed !== 'professional-referral')
  .map((feed) => covering(feed));

/** A row of the benefits feed that says only that the person was asked about. */
export const askedAboutBenefits = (): EvidenceRecord => aRecord('dwp-benefits', [], { accessClass: 'benefits' });

export const determine = (
  members: readonly MemberEvidence[],
  {
    coverage = everythingCovered,
    asAt = today,
    ruleSet = knowsleySixHeadings,
  }: { coverage?: readonly CoveredPeriod[]; asAt?: string; ruleSet?: RuleSet } = {},
): Determination => evaluateFamily({ family: { asAt, members }, coverage, ruleSet, termCalendar: usualTerms });

export const criterion = (determination: Determination, id: string): CriterionResult => {
  const found = determination.criteria.find(({ criterionId }) => criterionId === id);
  if (found === undefined) throw new Error(`no criterion ${id}`);
  return found;
};

export const attendance = (
  term: 'autumn' | 'spring' | 'summer',
  sessionsUnauthorised: number,
  sessionsPossible: number,
  academicYear = '2025/26',
): Fact => ({
  kind: 'school-attendance',
  from: `${academicYear.slice(0, 4)}-09-01`,
  to: `${String(Number(academicYear.slice(0, 4)) + 1)}-07-22`,
  academicYear,
  term,
  sessionsPossible,
  sessionsAuthorised: 0,
  sessionsUnauthorised,
});

export const suspension = (from: string): Fact => ({ kind: 'exclusion', from, category: 'suspension', sessions: 4 });
export const offence = (from: string): Fact => ({ kind: 'proven-offence', from });
export const benefit = (from: string, to?: string): Fact => ({
  kind: 'out-of-work-benefit',
  from,
  ...(to !== undefined && { to }),
  benefit: 'UC',
});
export const inNeed = (from: string, to?: string): Fact => ({ kind: 'child-in-need', from, ...(to !== undefined && { to }) });
export const abuse = (from: string, role: 'victim' | 'perpetrator' | 'child-affected' = 'victim'): Fact => ({
  kind: 'domestic-abuse',
  from,
  role,
  repeat: false,
});
export const policeIncident = (from: string, change: Partial<Extract<Fact, { kind: 'police-incident' }>> = {}): Fact => ({
  kind: 'police-incident',
  from,
  role: 'suspect',
  antisocialBehaviour: false,
  domesticAbuse: false,
  childPresent: false,
  ...change,
});
