import { addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import type { Fact, FactKind } from '../people/fact.ts';
import { dayAfter } from '../calendar/date-text.ts';
import { dayOf } from '../calendar/days.ts';
import type { EvidenceRecord } from './family-evidence.ts';
import type { LookBack } from './rule-set.ts';
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

/** Facts that go on until something says that they have ended; the others are events of one day. */
const lasting: ReadonlySet<FactKind> = new Set<FactKind>([
  'school-enrolment',
  'youth-justice-order',
  'out-of-work-benefit',
  'employment',
  'rent-arrears',
  'eviction-action',
  'homelessness-duty',
  'early-help-episode',
  'child-in-need',
  'child-protection-plan',
  'mental-health-need',
  'substance-misuse-need',
  'expecting-a-child',
]);

/** The first day on which the fact no longer holds; undefined while it goes on. A snapshot that drops the record ends it. */
const endOf = (fact: Fact, record: Pick<EvidenceRecord, 'endedOn'>): IsoDate | undefined => {
  if (!lasting.has(fact.kind)) return fact.to ?? dayAfter(fact.from);
  if (fact.to === undefined) return record.endedOn;
  return record.endedOn !== undefined && record.endedOn < fact.to ? record.endedOn : fact.to;
};

export const isOpenEnded = (fact: Fact, record: Pick<EvidenceRecord, 'endedOn'>): boolean => endOf(fact, record) === undefined;

export const overlaps = (fact: Fact, record: Pick<EvidenceRecord, 'endedOn'>, window: Window): boolean => {
  const end = endOf(fact, record);
  return fact.from < window.to && (end === undefined || end > window.from) && (end === undefined || end > fact.from);
};
