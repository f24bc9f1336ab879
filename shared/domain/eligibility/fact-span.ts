import { dateKey, type DateKey } from '../calendar/date-key.ts';
import type { Fact, FactKind } from '../people/fact.ts';
import type { EvidenceRecord } from './family-evidence.ts';
import type { Span } from './window.ts';

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

/** What can be said of somebody before they are born: plans for an unborn child, the household's homelessness, abuse of the mother. */
const beforeBirth: ReadonlySet<FactKind> = new Set<FactKind>([
  'early-help-episode',
  'child-in-need',
  'child-protection-plan',
  'homelessness-duty',
  'domestic-abuse',
  'child-health-concern',
  'expecting-a-child',
  'nominated-need',
]);

/** When a fact held, as numbers; `fault` where that cannot be. */
export interface FactSpan {
  readonly from: DateKey;
  /** The first day on which it no longer holds; Infinity while a state goes on. */
  readonly end: DateKey;
  readonly isOpenEnded: boolean;
  readonly fault?: 'no-date' | 'ends-before-it-begins' | 'born-after' | undefined;
}

/** A snapshot that drops the record ends a state; an event without an end fills its day. */
export const factSpan = (fact: Fact, record: Pick<EvidenceRecord, 'endedOn'>, birth: DateKey | undefined): FactSpan => {
  const from = dateKey(fact.from);
  const to = fact.to === undefined ? undefined : dateKey(fact.to);
  if (Number.isNaN(from) || (to !== undefined && Number.isNaN(to))) return { from, end: to ?? NaN, isOpenEnded: false, fault: 'no-date' };
  if (to !== undefined && to <= from) return { from, end: to, isOpenEnded: false, fault: 'ends-before-it-begins' };
  const fault = birth !== undefined && from < birth && !beforeBirth.has(fact.kind) ? 'born-after' : undefined;
  if (!lasting.has(fact.kind)) return { from, end: to ?? from + 1, isOpenEnded: false, fault };
  const dropped = record.endedOn === undefined ? NaN : dateKey(record.endedOn);
  const end = Math.min(to ?? Infinity, Number.isNaN(dropped) ? Infinity : dropped);
  return { from, end, isOpenEnded: end === Infinity, fault };
};

/** Whether a fact falls into a window; one whose dates contradict each other where either of them does. */
export const fallsInto = ({ from, end, fault }: FactSpan, window: Span): boolean => {
  if (fault === 'no-date') return true;
  if (fault === 'ends-before-it-begins') return (from >= window.from && from < window.to) || (end >= window.from && end < window.to);
  return from < window.to && end > window.from && end > from;
};
