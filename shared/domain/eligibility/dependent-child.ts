import { dayOf } from '../calendar/days.ts';
import { ageInYears, type IsoDate } from '../calendar/calendar-date.ts';
import { lastKnown } from './coverage.ts';
import type { Determination, Gap } from './determination.ts';
import type { CoveredPeriod, FamilyEvidence, MemberEvidence } from './family-evidence.ts';
import { or, type Truth } from './kleene.ts';
import { birthDateGap, daysBehindIn, restrictedGap } from './member-reading.ts';
import type { RuleSet } from './rule-set.ts';
import { daysLater } from '../calendar/days.ts';
import { isOpenEnded, overlaps } from './window.ts';

interface Reading {
  readonly value: Truth;
  readonly gaps: readonly Gap[];
}

const no: Reading = { value: 'false', gaps: [] };

/** In education, training or out of work; unknown where no file says, or the last that does is too old. */
const isInEducationOrUnemployed = (member: MemberEvidence, asAt: IsoDate, coverage: readonly CoveredPeriod[], ruleSet: RuleSet): Truth => {
  const today = { from: asAt, to: daysLater(asAt, 1) };
  const daysBehind = daysBehindIn(ruleSet);
  const current = member.records.flatMap((record) =>
    record.facts.filter(
      (fact) =>
        overlaps(fact, record, today) &&
        !(isOpenEnded(fact, record) && lastKnown(record, coverage) < daysLater(asAt, -daysBehind(record.feed))),
    ),
  );
  if (current.some((fact) => (fact.kind === 'school-enrolment' && fact.status === 'enrolled') || fact.kind === 'out-of-work-benefit'))
    return 'true';
  return current.some((fact) => fact.kind === 'employment') ? 'false' : 'unknown';
};

const read = (member: MemberEvidence, family: FamilyEvidence, coverage: readonly CoveredPeriod[], ruleSet: RuleSet): Reading => {
  const { below, inEducationOrUnemployedBelow, unbornCounts } = ruleSet.dependentChild;
  if (member.lives === 'elsewhere') return no;
  if (member.birthDate === undefined) {
    if (member.expectedBirthDate !== undefined) return { value: unbornCounts ? 'true' : 'false', gaps: [] };
    return member.parent ? no : { value: 'unknown', gaps: [birthDateGap(member)] };
  }
  if (member.birthDate > family.asAt) return { value: unbornCounts ? 'true' : 'false', gaps: [] };
  const age = ageInYears(dayOf(member.birthDate), dayOf(family.asAt));
  if (age >= inEducationOrUnemployedBelow) return no;
  if (age < below) return { value: 'true', gaps: [] };
  if (member.restricted) return { value: 'unknown', gaps: [restrictedGap(member)] };
  const value = isInEducationOrUnemployed(member, family.asAt, coverage, ruleSet);
  const says = `We do not know whether this young person of ${String(age)} is in education, in training or out of work.`;
  return { value, gaps: value === 'unknown' ? [{ reason: 'education-or-work-unknown', personId: member.personId, says }] : [] };
};

/** Whether a dependent child lives in the family's household. */
export const findDependentChild = (
  family: FamilyEvidence,
  coverage: readonly CoveredPeriod[],
  ruleSet: RuleSet,
): Determination['dependentChild'] => {
  const readings = family.members.map((member) => ({ member, ...read(member, family, coverage, ruleSet) }));
  const value = or(readings.map((reading) => reading.value));
  const personIds = readings.filter((reading) => reading.value === 'true').map(({ member }) => member.personId);
  switch (value) {
    case 'true':
      return { value: 'met', says: 'A dependent child lives in this family.', personIds: personIds.toSorted(), missing: [] };
    case 'false':
      return { value: 'not-met', says: 'No dependent child is known to live in this family.', personIds: [], missing: [] };
    case 'unknown': {
      const missing = readings.flatMap(({ gaps }) => gaps).toSorted((a, b) => ((a.personId ?? '') < (b.personId ?? '') ? -1 : 1));
      return { value: 'unknown', says: 'We cannot tell whether a dependent child lives in this family.', personIds: [], missing };
    }
  }
};
