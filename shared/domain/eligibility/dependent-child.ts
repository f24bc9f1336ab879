import { birthday, type DateKey } from '../calendar/date-key.ts';
import { factSpan, fallsInto } from './fact-span.ts';
import { isTooOld, type FamilyMember } from './find-facts.ts';
import { or, type Truth } from './kleene.ts';
import type { PreparedRules } from './prepare-rules.ts';
import type { RuleSet } from './rule-set.ts';

/** What stands between us and knowing whether somebody makes this a family with a dependent child. */
type ChildGap = 'birth-date-unknown' | 'restricted' | 'education-or-work-unknown' | 'pregnancy-uncertain';

export interface ChildReading {
  readonly member: FamilyMember;
  readonly value: Truth;
  readonly gap?: ChildGap;
}

export interface DependentChildDecision {
  readonly value: Truth;
  readonly readings: readonly ChildReading[];
}

/** Whether a fact of a kind holds today: certainly, doubtfully (no longer fresh, or contradicting itself), or not. */
const holdsToday = (
  member: FamilyMember,
  rules: PreparedRules,
  isWanted: (fact: FamilyMember['evidence']['records'][number]['facts'][number]) => boolean,
): Truth => {
  const today = { from: rules.asAt, to: rules.asAt + 1 };
  let doubtful = false;
  for (const record of member.evidence.records) {
    for (const fact of record.facts) {
      if (!isWanted(fact)) continue;
      const span = factSpan(fact, record, member.sureBirth);
      if (!fallsInto(span, today)) continue;
      if (span.fault === undefined && !(span.isOpenEnded && isTooOld(record, rules))) return 'true';
      doubtful = true;
    }
  }
  return doubtful ? 'unknown' : 'false';
};

const inEducationOrUnemployed = (member: FamilyMember, rules: PreparedRules): Truth => {
  const counts = holdsToday(
    member,
    rules,
    (fact) => fact.kind === 'out-of-work-benefit' || (fact.kind === 'school-enrolment' && fact.status === 'enrolled'),
  );
  if (counts !== 'false') return counts;
  return holdsToday(member, rules, ({ kind }) => kind === 'employment') === 'true' ? 'false' : 'unknown';
};

const isYounger = (birth: DateKey, than: number, asAt: DateKey): boolean => birthday(birth, than) > asAt;

const readByAge = (member: FamilyMember, rules: PreparedRules): ChildReading => {
  const { below, inEducationOrUnemployedBelow, unbornCounts } = rules.ruleSet.dependentChild;
  const { born, evidence } = member;
  if (born.unborn) return { member, value: unbornCounts ? 'true' : 'false' };
  if (born.birth === undefined) return born.parent ? { member, value: 'false' } : { member, value: 'unknown', gap: 'birth-date-unknown' };
  if (!isYounger(born.birth, inEducationOrUnemployedBelow, rules.asAt)) return { member, value: 'false' };
  if (isYounger(born.birth, below, rules.asAt)) return { member, value: 'true' };
  if (evidence.restricted) return { member, value: 'unknown', gap: 'restricted' };
  const value = inEducationOrUnemployed(member, rules);
  return value === 'unknown' ? { member, value, gap: 'education-or-work-unknown' } : { member, value };
};

/** The reading that holds whoever the member may be. */
const readWhoever = (member: FamilyMember, rules: PreparedRules): ChildReading => {
  const [first, ...others] = member.mayBe.map((each) => readByAge(each, rules));
  if (first === undefined) return readByAge(member, rules);
  const isSame = others.every(({ value }) => value === first.value);
  return isSame ? { ...first, member } : { member, value: 'unknown', gap: 'birth-date-unknown' };
};

const readExpecting = (member: FamilyMember, rules: PreparedRules): ChildReading => {
  const value = holdsToday(member, rules, ({ kind }) => kind === 'expecting-a-child');
  return value === 'unknown' ? { member, value, gap: 'pregnancy-uncertain' } : { member, value };
};

/** Whether a dependent child lives in the family's household or, where the rules say so, is expected there. */
export const decideDependentChild = (members: readonly FamilyMember[], rules: PreparedRules): DependentChildDecision => {
  const household = members.filter(({ evidence }) => evidence.lives === 'in-the-household');
  const { expectantParentCounts } = rules.ruleSet.dependentChild;
  const readings = household.flatMap((member) => [
    readWhoever(member, rules),
    ...(expectantParentCounts && !member.evidence.restricted ? [readExpecting(member, rules)] : []),
  ]);
  return { value: or(readings.map(({ value }) => value)), readings };
};

/** The ages at which the answer can change. */
export const dependentAges = ({ dependentChild }: RuleSet): readonly number[] => [
  dependentChild.below,
  dependentChild.inEducationOrUnemployedBelow,
];
