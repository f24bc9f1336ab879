import { isOfAgesOn } from './ages.ts';
import { dayOf, monthsOn } from './days.ts';
import { daysBehind, type EvaluatorInput, type FamilyRecord, type Feed, type Member } from './evaluator-input.ts';

/** Days from `from` up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Look = 'today' | 'twelve months' | 'three terms';

/** The days looked back on: all of them from the first to the last, and the parts that files must cover. */
export interface Window extends Span {
  readonly parts: readonly Span[];
}

/** Reading rule 1; rules §4.3 (half-open, completed terms only). Undefined where the calendar has fewer than three completed terms. */
export const windowOf = ({ family, termCalendar }: EvaluatorInput, look: Look): Window | undefined => {
  const dayAfter = dayOf(family.asAt) + 1;
  if (look === 'today') return whole({ from: dayAfter - 1, to: dayAfter });
  if (look === 'twelve months') return whole({ from: monthsOn(dayAfter, -12), to: dayAfter });
  const terms = completedTerms({ family, termCalendar });
  const [first, last] = [terms[0], terms[2]];
  return first && last && { from: first.from, to: last.to, parts: terms };
};

const whole = (span: Span): Window => ({ ...span, parts: [span] });

export interface CompletedTerm extends Span {
  readonly schoolYear: number;
  readonly term: string;
}

/** The last three terms that are over by the end of the day asked about, or the fewer that there are. */
export const completedTerms = ({ family, termCalendar }: Pick<EvaluatorInput, 'family' | 'termCalendar'>): readonly CompletedTerm[] =>
  termCalendar.terms
    .map(({ schoolYear, term, from, to }) => ({ schoolYear, term, from: dayOf(from), to: dayOf(to) }))
    .filter(({ to }) => to <= dayOf(family.asAt) + 1)
    .sort((a, b) => a.to - b.to)
    .slice(-3);

/** Reading rule 7: a period whose file is about people of some ages counts for a person known to be of them. */
const periodsAbout = (input: EvaluatorInput, feed: Feed, person: Member): readonly Span[] => {
  const asAt = dayOf(input.family.asAt);
  return input.coverage
    .filter((period) => period.feed === feed)
    .filter(({ cohort }) => cohort === undefined || (person.birthDate !== undefined && isOfAgesOn(person, cohort, asAt, asAt) === 'yes'))
    .map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) }))
    .sort((a, b) => a.from - b.from);
};

export const hasSentAnything = (input: EvaluatorInput, feed: Feed, person: Member): boolean => periodsAbout(input, feed, person).length > 0;

/** Reading rule 7: period after period, but for the last days that need no file yet. */
export const isCovered = (input: EvaluatorInput, feed: Feed, person: Member, window: Window): boolean => {
  const periods = periodsAbout(input, feed, person);
  const needsNoFileFrom = dayOf(input.family.asAt) + 1 - daysBehind[feed];
  return window.parts.every(({ from, to }) => {
    const until = Math.min(to, needsNoFileFrom);
    if (from >= until) return periods.some((period) => period.to >= needsNoFileFrom);
    let coveredTo = from;
    for (const period of periods) if (period.from <= coveredTo) coveredTo = Math.max(coveredTo, period.to);
    return coveredTo >= until;
  });
};

/** Reading rule 4: the last day on which the record is known to have stood. */
export const lastSeen = ({ coverage }: EvaluatorInput, record: FamilyRecord): number =>
  Math.max(
    dayOf(record.periodEnd),
    ...coverage.filter(({ feed, agency }) => feed === record.feed && agency === record.agency).map(({ to }) => dayOf(to) - 1),
  );

/** Reading rule 4. */
export const isTooOld = (input: EvaluatorInput, record: FamilyRecord): boolean =>
  dayOf(input.family.asAt) - lastSeen(input, record) > daysBehind[record.feed];
