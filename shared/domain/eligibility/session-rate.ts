import type { Gap } from './determination.ts';
import { birthDateGap, restrictedGap, type Found, type Reading, type readReach } from './member-reading.ts';
import type { MemberEvidence } from './family-evidence.ts';
import type { CriterionValue } from './determination.ts';
import type { Criterion } from './rule-set.ts';
import { agesOf, isOfAge } from './subject-age.ts';
import { schoolYearOf, termTitle, type Term } from './term-calendar.ts';

type RateMeasure = Extract<Criterion['measure'], { kind: 'session-rate' }>;

export interface RateReading {
  readonly member: MemberEvidence;
  readonly value: CriterionValue;
  readonly found: readonly Found[];
  readonly gaps: readonly Gap[];
}

const figuresOf = (member: MemberEvidence, term: Term): Found[] =>
  member.records.flatMap((record) =>
    record.facts
      .filter((fact) => fact.kind === 'school-attendance' && fact.term === term.term && schoolYearOf(fact.academicYear) === term.schoolYear)
      .map((fact) => ({ member, record, fact })),
  );

/**
 * Sessions missed of sessions possible, summed over the terms (two schools in one term are summed too) and compared in
 * whole numbers. A term of which a child of school age has no figures leaves the answer open.
 */
export const readRate = (
  member: MemberEvidence,
  reading: Reading,
  measure: RateMeasure,
  reach: ReturnType<typeof readReach>,
): RateReading => {
  const { criterion, window } = reading;
  const terms = window.terms ?? [];
  const expectedAges = criterion.silence.means === 'each-person' ? criterion.silence.expected : agesOf(criterion);
  const ageAt = terms.map((term) => isOfAge(member, agesOf(criterion), term.from));
  if (ageAt.every((age) => age === 'false')) return { member, value: 'not-met', found: [], gaps: [] };
  const expectedAt = terms.map((term) => isOfAge(member, expectedAges, term.from));
  if (member.restricted) {
    const concerned = expectedAt.some((expected) => expected !== 'false');
    return { member, value: concerned ? 'unknown' : 'not-met', found: [], gaps: concerned ? [restrictedGap(member)] : [] };
  }
  const byTerm = terms.map((term) => figuresOf(member, term));
  const found = byTerm.flat();
  if (found.length === 0 && expectedAt.every((expected) => expected === 'false')) return { member, value: 'not-met', found, gaps: [] };
  if (found.length === 0 && reach.value === 'not-covered') return { member, value: 'not-covered', found, gaps: [] };
  const gaps: Gap[] = terms.flatMap((term, index) =>
    (byTerm[index]?.length ?? 0) === 0 && expectedAt[index] !== 'false'
      ? [
          {
            reason: 'term-missing',
            feed: 'school-attendance',
            personId: member.personId,
            says: `No attendance figures of this person for the ${termTitle(term)}.`,
          },
        ]
      : [],
  );
  if (ageAt.includes('unknown')) gaps.push(birthDateGap(member));
  const sum = (of: 'sessionsPossible' | RateMeasure['sessions']): number =>
    found.reduce((total, { fact }) => total + (fact.kind === 'school-attendance' ? fact[of] : 0), 0);
  const possible = sum('sessionsPossible');
  if (possible === 0 && gaps.length === 0) {
    gaps.push({
      reason: 'no-sessions',
      feed: 'school-attendance',
      personId: member.personId,
      says: 'The files give no possible sessions for this person.',
    });
  }
  if (gaps.length > 0) return { member, value: 'unknown', found, gaps };
  return { member, value: sum(measure.sessions) * 100 > possible * measure.moreThanPercent ? 'met' : 'not-met', found, gaps };
};
