import { addDays, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dateKey } from '../calendar/date-key.ts';
import { dayOf } from '../calendar/days.ts';
import { factSpan } from '../eligibility/fact-span.ts';
import type { MemberEvidence } from '../eligibility/family-evidence.ts';
import type { FactKind } from '../people/fact.ts';

/**
 * Of the last `ofWeeks` whole weeks before a day, how many a person was in work on every day of and on no out-of-work benefit. What no row
 * says is not counted: a week without a word is no week in work.
 */
export const weeksInWork = ({ records }: MemberEvidence, ofWeeks: number, before: IsoDate): number => {
  const spans = (kind: FactKind) =>
    records.flatMap((record) =>
      record.facts
        .filter((fact) => fact.kind === kind)
        .map((fact) => factSpan(fact, record, undefined))
        .filter(({ fault }) => fault === undefined),
    );
  const [work, benefit] = [spans('employment'), spans('out-of-work-benefit')];
  const end = dayOf(before);
  const weeks = Array.from({ length: ofWeeks }, (_, index) => Array.from({ length: 7 }, (__, day) => addDays(end, -7 * (index + 1) + day)));
  const holds = (all: typeof work, day: number): boolean => all.some(({ from, end: to }) => from <= day && day < to);
  return weeks.filter((days) => days.map((day) => dateKey(formatIsoDate(day))).every((day) => holds(work, day) && !holds(benefit, day)))
    .length;
};
