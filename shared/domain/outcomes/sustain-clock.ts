import { addDays, addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';
import type { Sustain } from '../eligibility/measure.ts';
import type { TermCalendar } from '../eligibility/term-calendar.ts';
import type { Window } from '../eligibility/window.ts';

export type Clock =
  | { readonly is: 'complete'; readonly window: Window }
  /** `endsOn` is the first day on which it is complete. */
  | { readonly is: 'running'; readonly window: Window; readonly endsOn: IsoDate }
  | { readonly is: 'not-started'; readonly waitsFor: 'outcome' | 'closure' }
  | { readonly is: 'calendar-too-short' };

/**
 * The days for which an outcome must last, from the day it began: so many months or weeks, or so many whole terms that begin on or after
 * it, one after the other. Undefined where the calendar does not reach so far.
 */
export const sustainWindow = (from: IsoDate, sustain: Sustain, calendar: TermCalendar): Window | undefined => {
  const start = dayOf(from);
  switch (sustain.unit) {
    case 'months':
      return { from, to: formatIsoDate(addMonths(start, sustain.count)) };
    case 'weeks':
      return { from, to: formatIsoDate(addDays(start, 7 * sustain.count)) };
    case 'terms': {
      const terms = calendar.terms
        .filter((term) => term.from >= from)
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .slice(0, sustain.count);
      const last = terms.at(-1);
      return last === undefined || terms.length < sustain.count ? undefined : { from, to: last.to, terms };
    }
  }
};

/** Where the clock of an outcome stands on a day. It is complete on the first day after its window. */
export const readClock = (
  starts: { readonly from: IsoDate } | { readonly waitsFor: 'outcome' | 'closure' },
  sustain: Sustain,
  calendar: TermCalendar,
  today: IsoDate,
): Clock => {
  if ('waitsFor' in starts) return { is: 'not-started', waitsFor: starts.waitsFor };
  const window = sustainWindow(starts.from, sustain, calendar);
  if (window === undefined) return { is: 'calendar-too-short' };
  return window.to <= today ? { is: 'complete', window } : { is: 'running', window, endsOn: window.to };
};
