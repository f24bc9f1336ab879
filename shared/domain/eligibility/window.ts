import { addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dateKey, type DateKey } from '../calendar/date-key.ts';
import { dayAfter } from '../calendar/date-text.ts';
import { dayOf } from '../calendar/days.ts';
import type { LookBack } from './measure.ts';
import { completedTerms, type Term, type TermCalendar } from './term-calendar.ts';

/** Half-open: `to` is the first day outside. */
export interface Window {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Of a look-back in terms, in order of time. */
  readonly terms?: readonly Term[];
}

/** The days a criterion looks at, or undefined where the term calendar does not go back far enough. */
export const windowOf = (lookBack: LookBack, asAt: IsoDate, calendar: TermCalendar): Window | undefined => {
  const to = dayAfter(asAt);
  switch (lookBack.unit) {
    case 'current':
      return { from: asAt, to };
    case 'months':
      return { from: formatIsoDate(addMonths(dayOf(to), -lookBack.count)), to };
    case 'terms': {
      const terms = completedTerms(calendar, asAt, lookBack.count);
      const [first] = terms;
      const last = terms.at(-1);
      if (first === undefined || last === undefined || terms.length < lookBack.count) return undefined;
      return { from: first.from, to: last.to, terms };
    }
  }
};

/** The same window as numbers. */
export interface Span {
  readonly from: DateKey;
  readonly to: DateKey;
}

export const spanOf = ({ from, to }: { readonly from: IsoDate; readonly to: IsoDate }): Span => ({ from: dateKey(from), to: dateKey(to) });
