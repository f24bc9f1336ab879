import type { IsoDate } from '../calendar/calendar-date.ts';
import type { Fact } from '../people/fact.ts';
import { lastKnown, reachOf, type Reach } from './coverage.ts';
import { daysLater, inWords } from '../calendar/days.ts';
import type { CriterionValue, Gap } from './determination.ts';
import type { CoveredPeriod, EvidenceRecord, MemberEvidence } from './family-evidence.ts';
import { feedTitles } from './feed-titles.ts';
import type { Criterion, FactPattern, RuleSet } from './rule-set.ts';
import { agesOf, isOfAge, isOfAgeWithin } from './subject-age.ts';
import { isOpenEnded, overlaps, type Window } from './window.ts';

export interface Found {
  readonly member: MemberEvidence;
  readonly record: EvidenceRecord;
  readonly fact: Fact;
}

/** What the files say about one person for one criterion, before the threshold. */
export interface MemberReading {
  readonly member: MemberEvidence;
  readonly certain: readonly Found[];
  /** Would count if the gap were filled: age not known, or last seen too long ago. */
  readonly doubtful: readonly Found[];
  /** What it means that there is no more than this. */
  readonly silence: CriterionValue;
  readonly gaps: readonly Gap[];
}

/** Everything a criterion is read against; the same for every member. */
export interface Reading {
  readonly criterion: Criterion;
  readonly window: Window;
  readonly asAt: IsoDate;
  readonly coverage: readonly CoveredPeriod[];
  readonly daysBehind: (feed: EvidenceRecord['feed']) => number;
}

export const daysBehindIn =
  (ruleSet: RuleSet): Reading['daysBehind'] =>
  (feed) =>
    ruleSet.daysBehindAllowed.days[feed] ?? 0;

const matches = (pattern: FactPattern, fact: Fact): boolean => {
  if (fact.kind !== pattern.kind) return false;
  const fields = new Map<string, unknown>(Object.entries(fact));
  return Object.entries(pattern.where ?? {}).every(([name, wanted]) => {
    const value = fields.get(name);
    return Array.isArray(wanted) ? wanted.some((each) => each === value) : value === wanted;
  });
};

const isTooOld = (record: EvidenceRecord, { coverage, asAt, daysBehind }: Reading): boolean =>
  lastKnown(record, coverage) < daysLater(asAt, -daysBehind(record.feed));

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

export const restrictedGap = ({ personId }: MemberEvidence): Gap => ({
  reason: 'restricted',
  personId,
  says: 'This person’s data may not be used at present.',
});

export const birthDateGap = ({ personId }: MemberEvidence): Gap => ({
  reason: 'birth-date-unknown',
  personId,
  says: 'We do not know this person’s date of birth.',
});

/** What the files of the criterion's feeds leave out; `value` is what silence then means. */
export const readReach = (reading: Reading): { value: CriterionValue; gaps: readonly Gap[] } => {
  const { criterion, window, coverage, asAt, daysBehind } = reading;
  const reaches = criterion.feeds.map((feed) => ({ feed, reach: reachOf(feed, window, coverage, daysBehind(feed), asAt) }));
  const gaps = reaches.flatMap(({ feed, reach }): Gap[] => gapsOf(feed, reach));
  if (reaches.every(({ reach }) => reach.is === 'full')) return { value: 'not-met', gaps };
  return { value: reaches.every(({ reach }) => reach.is === 'none') ? 'not-covered' : 'unknown', gaps };
};

const gapsOf = (feed: EvidenceRecord['feed'], reach: Reach): Gap[] => {
  if (reach.is === 'full') return [];
  if (reach.is === 'none') return [{ reason: 'no-file', feed, says: `No file of ${feedTitles[feed]} has come.` }];
  return reach.gaps.map(({ from, to }) => ({
    reason: 'period-not-covered',
    feed,
    says: `No file of ${feedTitles[feed]} covers ${inWords(from)} to ${inWords(daysLater(to, -1))}.`,
  }));
};

/** Whether a row of the feed about the person stands for the window, so that what it does not say is not so. */
const hasStandingRow = (member: MemberEvidence, reading: Reading): boolean =>
  member.records.some((record) => {
    if (!reading.criterion.feeds.includes(record.feed)) return false;
    if (record.endedOn !== undefined && record.endedOn <= reading.window.from) return false;
    return reading.criterion.lookBack.unit === 'current'
      ? !isTooOld(record, reading)
      : lastKnown(record, reading.coverage) >= reading.window.from;
  });

const readSilence = (
  member: MemberEvidence,
  reading: Reading,
  reach: ReturnType<typeof readReach>,
): Pick<MemberReading, 'silence' | 'gaps'> => {
  const { criterion, window } = reading;
  const { silence } = criterion;
  if (silence.means === 'kept-here') return { silence: 'not-met', gaps: [] };
  if (isOfAgeWithin(member, agesOf(criterion), window) === 'false') return { silence: 'not-met', gaps: [] };
  if (silence.means === 'register') return { silence: reach.value, gaps: [] };
  const expected = isOfAgeWithin(member, silence.expected, window);
  if (expected === 'false' || hasStandingRow(member, reading)) return { silence: 'not-met', gaps: [] };
  if (reach.value === 'not-covered') return { silence: 'not-covered', gaps: [] };
  const feeds = criterion.feeds.map((feed) => feedTitles[feed]).join(' or ');
  const noRow: Gap = { reason: 'no-row-for-person', personId: member.personId, says: `No recent row of ${feeds} is about this person.` };
  return { silence: 'unknown', gaps: expected === 'unknown' ? [birthDateGap(member), noRow] : [noRow] };
};

export const readMember = (member: MemberEvidence, reading: Reading, reach: ReturnType<typeof readReach>): MemberReading => {
  const { criterion, window } = reading;
  if (member.restricted) {
    const concerned = isOfAgeWithin(member, agesOf(criterion), window) !== 'false';
    return {
      member,
      certain: [],
      doubtful: [],
      silence: concerned ? 'unknown' : 'not-met',
      gaps: concerned ? [restrictedGap(member)] : [],
    };
  }
  const certain: Found[] = [];
  const doubtful: Found[] = [];
  const gaps: Gap[] = [];
  for (const record of member.records) {
    for (const fact of record.facts) {
      if (!criterion.facts.some((pattern) => matches(pattern, fact)) || !overlaps(fact, record, window)) continue;
      const ofAge = isOfAge(member, agesOf(criterion), later(fact.from, window.from));
      if (ofAge === 'false') continue;
      if (ofAge === 'unknown') gaps.push(birthDateGap(member));
      const tooOld = isOpenEnded(fact, record) && isTooOld(record, reading);
      if (tooOld) {
        const says = `The last file that shows this is of ${inWords(lastKnown(record, reading.coverage))}: too old to say that it is still so.`;
        gaps.push({ reason: 'file-too-old', feed: record.feed, personId: member.personId, accessClass: record.accessClass, says });
      }
      (ofAge === 'unknown' || tooOld ? doubtful : certain).push({ member, record, fact });
    }
  }
  const silent = readSilence(member, reading, reach);
  return { member, certain, doubtful, silence: silent.silence, gaps: [...gaps, ...silent.gaps] };
};
