import { addDays, addMonths, formatIsoDate, parseIsoDate, type DayNumber, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { FamilyDecision } from './decide-family.ts';
import { decideFamily } from './decide-family.ts';
import { dependentAges } from './dependent-child.ts';
import type { CoveredPeriod, FamilyEvidence, MemberEvidence } from './family-evidence.ts';
import { agesOf } from './member-age.ts';
import type { Ages } from './measure.ts';
import type { PreparedRules } from './prepare-rules.ts';
import type { RuleSet } from './rule-set.ts';
import type { TermCalendar } from './term-calendar.ts';

/** Days on which an answer may change by the date alone, as far as they hang on the rules and the coverage and not on a family. */
export interface ChangeDays {
  readonly days: readonly DayNumber[];
  readonly lookBacks: readonly number[];
  readonly ages: readonly number[];
  readonly daysBehind: readonly number[];
  readonly endsOn: IsoDate | undefined;
}

const agesIn = ({ from, below }: Ages): number[] => [from, below].flatMap((age) => (age === undefined ? [] : [age]));

/** The first day asked about whose look-back of so many months begins on or after `day`. */
const leavesOn = (day: DayNumber, months: number): DayNumber => {
  let asAt = addDays(addMonths(day, months), -1);
  while (addMonths(addDays(asAt, 1), -months) < day) asAt = addDays(asAt, 1);
  while (addMonths(asAt, -months) >= day) asAt = addDays(asAt, -1);
  return asAt;
};

/** A date of an event or a birthday counts on the day itself, and as look-backs pass it. */
const asWindowsPass = (date: DayNumber, lookBacks: readonly number[]): DayNumber[] => [
  date,
  addDays(date, 1),
  ...lookBacks.flatMap((months) => [leavesOn(date, months), leavesOn(addDays(date, 1), months)]),
];

/** The end of a file counts as newer files come to be due. */
const asFilesComeDue = (date: DayNumber, daysBehind: readonly number[]): DayNumber[] =>
  daysBehind.flatMap((days) => [addDays(date, days - 1), addDays(date, days), addDays(date, days + 1)]);

const known = (dates: readonly (IsoDate | undefined)[]): DayNumber[] =>
  dates.flatMap((date) => {
    const day = date === undefined ? undefined : parseIsoDate(date);
    return day === undefined ? [] : [day];
  });

export const changeDaysOf = ({
  coverage,
  ruleSet,
  termCalendar,
}: {
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
}): ChangeDays => {
  const ways = ruleSet.criteria.flatMap((criterion) => criterion.ways);
  const lookBacks = [...new Set(ways.flatMap(({ lookBack }) => (lookBack.unit === 'months' ? [lookBack.count] : [])))];
  const daysBehind = [...new Set([0, ...Object.values(ruleSet.daysBehindAllowed.days)])];
  const ages = [
    ...dependentAges(ruleSet),
    ...ruleSet.criteria.flatMap((criterion) => agesIn(agesOf(criterion))),
    ...ways.flatMap(({ silence }) => (silence.means === 'each-person' ? agesIn(silence.expected) : [])),
    ...coverage.flatMap(({ cohort }) => (cohort ? agesIn({ from: cohort.from, below: cohort.below }) : [])),
  ];
  const dates = [...new Set(coverage.flatMap(({ from, to }) => [from, to]))];
  const terms = termCalendar.terms.flatMap(({ from, to }) => [from, to]);
  const feedsOverTerms = new Set(ways.flatMap(({ lookBack, feeds }) => (lookBack.unit === 'terms' ? feeds : [])));
  const behindOverTerms = [...feedsOverTerms].map((feed) => ruleSet.daysBehindAllowed.days[feed] ?? 0);
  const days = [
    ...known(dates).flatMap((date) => [...asWindowsPass(date, lookBacks), ...asFilesComeDue(date, daysBehind)]),
    ...known(terms).flatMap((date) => [addDays(date, -1), date, ...asFilesComeDue(date, behindOverTerms)]),
    ...known(ruleSet.criteria.flatMap(({ effectiveFrom, effectiveTo }) => [effectiveFrom, effectiveTo])),
  ];
  return { days, lookBacks, daysBehind, ages: [0, ...new Set(ages)], endsOn: ruleSet.period.effectiveTo };
};

const birthdaysOf = (member: MemberEvidence, ages: readonly number[]): DayNumber[] => {
  const birth = member.birthDate === undefined ? undefined : parseIsoDate(member.birthDate);
  if (birth === undefined) return [];
  const shifts = member.birthDateEstimated === true ? [-1, 0, 1] : [0];
  // Born on 29 February: a year older on 1 March, which asWindowsPass adds to the last of February.
  return ages.flatMap((age) => shifts.map((shift) => addMonths(birth, 12 * (age + shift))));
};

const candidatesOf = (member: MemberEvidence, { ages, lookBacks, daysBehind }: ChangeDays): DayNumber[] => {
  const events = [
    member.expectedBirthDate,
    ...member.records.flatMap(({ endedOn, facts }) => [endedOn, ...facts.flatMap(({ from, to }) => [from, to])]),
  ];
  const lastDays = known([...new Set(member.records.map(({ periodEnd }) => periodEnd))]);
  return [
    ...[...birthdaysOf(member, ages), ...known([...new Set(events)]), ...lastDays].flatMap((date) => asWindowsPass(date, lookBacks)),
    ...lastDays.flatMap((date) => asFilesComeDue(date, daysBehind)),
  ];
};

const isSame = (a: FamilyDecision, b: FamilyDecision): boolean =>
  a.outcome === b.outcome &&
  a.dependentChild.value === b.dependentChild.value &&
  a.criteria.length === b.criteria.length &&
  a.criteria.every(({ prepared, value, valueInHousehold }, index) => {
    const other = b.criteria[index];
    return prepared.criterion === other?.prepared.criterion && value === other.value && valueInHousehold === other.valueInHousehold;
  });

/** So many days ahead are worked out; beyond them the next day on which something might change is named. */
export const daysAhead = 92;

/**
 * The first day after the one asked about on which any answer changes by the date alone, or on which the rule set ends. Every
 * day on which something can change is among the candidates; those of the next three months are tried until the answers differ.
 */
export const findChangeDay = (
  family: FamilyEvidence,
  decision: FamilyDecision,
  changeDays: ChangeDays,
  prepareOn: (day: IsoDate) => PreparedRules,
): IsoDate | undefined => {
  const asAt = dayOf(family.asAt);
  const endsOn = changeDays.endsOn === undefined ? undefined : dayOf(changeDays.endsOn);
  const end = endsOn !== undefined && endsOn > asAt ? endsOn : undefined;
  const own = [
    ...family.members.flatMap((member) => candidatesOf(member, changeDays)),
    ...known([family.assessedOn]).flatMap((date) => asWindowsPass(date, changeDays.lookBacks)),
  ];
  const coming = [...changeDays.days, ...own].filter((day) => day > asAt && (end === undefined || day < end));
  const near = [...new Set(coming.filter((day) => day <= asAt + daysAhead))].toSorted((a, b) => a - b);
  for (const day of near) {
    const on = formatIsoDate(day);
    if (!isSame(decision, decideFamily({ ...family, asAt: on }, prepareOn(on)))) return on;
  }
  const far = coming
    .filter((day) => day > asAt + daysAhead)
    .reduce<DayNumber | undefined>((first, day) => (first === undefined || day < first ? day : first), end);
  return far === undefined ? undefined : formatIsoDate(far);
};
