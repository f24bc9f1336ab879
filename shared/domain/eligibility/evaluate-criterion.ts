import { addDays, addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf, inWords } from '../calendar/days.ts';
import { describeFact } from './describe-fact.ts';
import { evidenceShown, type CriterionResult, type CriterionValue, type Evidence, type Gap } from './determination.ts';
import type { CoveredPeriod, FamilyEvidence } from './family-evidence.ts';
import { feedTitles } from './feed-titles.ts';
import { daysBehindIn, readMember, readReach, type Found, type MemberReading, type Reading } from './member-reading.ts';
import type { Criterion, Measure, RuleSet } from './rule-set.ts';
import { readRate } from './session-rate.ts';
import type { TermCalendar } from './term-calendar.ts';
import { windowOf } from './window.ts';

type CountMeasure = Extract<Measure, { kind: 'count' }>;

/** The value for some people, with what it rests on. */
interface Finding {
  readonly value: CriterionValue;
  readonly found: readonly Found[];
  readonly gaps: readonly Gap[];
}

const combine = (values: readonly CriterionValue[], reach: CriterionValue): CriterionValue => {
  if (values.includes('met')) return 'met';
  if (values.every((value) => value === 'not-met')) return 'not-met';
  return reach === 'not-covered' && !values.includes('unknown') ? 'not-covered' : 'unknown';
};

const countOf = (found: readonly Found[], measure: CountMeasure): number =>
  measure.of === 'days' ? new Set(found.map(({ fact }) => fact.from)).size : found.length;

const countFor = (readings: readonly MemberReading[], measure: CountMeasure, reach: ReturnType<typeof readReach>): Finding => {
  const groups = measure.per === 'family' ? [readings] : readings.map((reading) => [reading]);
  const values = groups.map((group): CriterionValue => {
    const certain = group.flatMap((reading) => reading.certain);
    if (countOf(certain, measure) >= measure.atLeast) return 'met';
    const doubtful = group.flatMap((reading) => reading.doubtful);
    if (doubtful.length > 0 && countOf([...certain, ...doubtful], measure) >= measure.atLeast) return 'unknown';
    return combine(
      group.map(({ silence }) => silence),
      reach.value,
    );
  });
  const value = combine(values, reach.value);
  // A met criterion shows what met it; otherwise whatever came near.
  const shown = groups.filter((_, index) => value !== 'met' || values[index] === 'met').flat();
  return {
    value,
    found: shown.flatMap(({ certain, doubtful }) => (value === 'met' ? certain : [...certain, ...doubtful])),
    gaps: value === 'met' || value === 'not-met' ? [] : [...reach.gaps, ...readings.flatMap(({ gaps }) => gaps)],
  };
};

const rateFor = (members: FamilyEvidence['members'], reading: Reading, measure: Extract<Measure, { kind: 'session-rate' }>): Finding => {
  const reach = readReach(reading);
  const readings = members.map((member) => readRate(member, reading, measure, reach));
  const value = combine(
    readings.map((each) => each.value),
    reach.value,
  );
  const shown = readings.filter((each) => value !== 'met' || each.value === 'met');
  const open = value === 'unknown' || value === 'not-covered';
  const gaps = open ? [...(reach.value === 'not-covered' ? reach.gaps : []), ...readings.flatMap((each) => each.gaps)] : [];
  return { value, found: shown.flatMap(({ found }) => found), gaps };
};

const find = (members: FamilyEvidence['members'], reading: Reading): Finding => {
  const { measure } = reading.criterion;
  if (measure.kind === 'session-rate') return rateFor(members, reading, measure);
  const reach = readReach(reading);
  return countFor(
    members.map((member) => readMember(member, reading, reach)),
    measure,
    reach,
  );
};

const evidenceOf = ({ member, record, fact }: Found): Evidence => ({
  personId: member.personId,
  feed: record.feed,
  agency: record.agency,
  uploadId: record.uploadId,
  row: record.row,
  accessClass: record.accessClass,
  from: fact.from,
  ...(fact.to !== undefined && { to: fact.to }),
  says: describeFact(fact),
});

/** The newest first; the rest of the order only so that the same rows always come out the same way. */
const inOrder = (a: Evidence, b: Evidence): number => {
  const keyA = `${a.uploadId}#${String(a.row).padStart(9, '0')}#${a.personId}#${a.says}`;
  const keyB = `${b.uploadId}#${String(b.row).padStart(9, '0')}#${b.personId}#${b.says}`;
  if (a.from !== b.from) return a.from < b.from ? 1 : -1;
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
};

const withoutRepeats = (gaps: readonly Gap[]): Gap[] =>
  [...new Map(gaps.map((gap) => [`${gap.reason}#${gap.feed ?? ''}#${gap.personId ?? ''}#${gap.says}`, gap])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, gap]) => gap);

/** The last day on which a look-back of so many months still reaches the event; a short month can make it a day or more later. */
const lastDayCounted = (event: IsoDate, months: number): IsoDate => {
  let end = addMonths(dayOf(event), months);
  while (addMonths(addDays(end, 1), -months) <= dayOf(event)) end = addDays(end, 1);
  return formatIsoDate(addDays(end, -1));
};

const wouldChange = (criterion: Criterion, value: CriterionValue, found: readonly Found[], gaps: readonly Gap[]): string => {
  const feeds = criterion.feeds.map((feed) => feedTitles[feed]).join(' or ');
  const { lookBack, measure } = criterion;
  if (value === 'met') {
    if (lookBack.unit === 'current') return 'A newer file that shows that it has ended.';
    if (lookBack.unit === 'terms') return 'The figures of the next term, once it is over.';
    const newest = found.map(({ fact }) => fact.from).toSorted();
    const deciding = measure.kind === 'count' ? newest.at(-measure.atLeast) : newest.at(-1);
    return deciding === undefined
      ? 'Time: older evidence stops counting.'
      : `Time: without newer evidence it stops counting after ${inWords(lastDayCounted(deciding, lookBack.count))}.`;
  }
  if (value === 'not-met') return `A row of ${feeds} that shows it.`;
  if (gaps.some(({ reason }) => reason === 'restricted')) return 'An end of the restriction on a person’s data.';
  if (gaps.some(({ reason }) => reason === 'birth-date-unknown')) return 'The person’s date of birth, from any partner.';
  return `A file of ${feeds} that fills the gap.`;
};

/** Holds a family against one criterion. */
export const evaluateCriterion = (
  criterion: Criterion,
  family: FamilyEvidence,
  coverage: readonly CoveredPeriod[],
  ruleSet: RuleSet,
  calendar: TermCalendar,
): CriterionResult => {
  const { id, heading, question, says, citation } = criterion;
  const window = windowOf(criterion.lookBack, family.asAt, calendar);
  const finding = (members: FamilyEvidence['members']): Finding =>
    window === undefined
      ? { value: 'unknown', found: [], gaps: [{ reason: 'calendar-too-short', says: 'The term calendar does not go back far enough.' }] }
      : find(members, { criterion, window, asAt: family.asAt, coverage, daysBehind: daysBehindIn(ruleSet) });
  const { value, found, gaps } = finding(family.members);
  const household = family.members.filter(({ lives }) => lives === 'in-the-household');
  const evidence = found.map(evidenceOf).toSorted(inOrder);
  const missing = withoutRepeats(gaps);
  return {
    criterionId: id,
    heading,
    question,
    value,
    valueInHousehold: household.length === family.members.length ? value : finding(household).value,
    says: value === 'met' ? says.met : value === 'not-met' ? says.notMet : says.cannotTell,
    evidence: evidence.slice(0, evidenceShown),
    evidenceCount: evidence.length,
    missing,
    wouldChange: wouldChange(criterion, value, found, missing),
    citation,
  };
};
