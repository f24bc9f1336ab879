import { dateKey } from '../calendar/date-key.ts';
import { daysLater, inWords } from '../calendar/days.ts';
import type { FeedId } from '../feeds/feed-ids.ts';
import { readAttendance } from './attendance.ts';
import type { WayDecision } from './decide-criterion.ts';
import type { Gap } from './determination.ts';
import { feedTitles } from './feed-titles.ts';
import { lastKnown, type Doubt, type FamilyFacts, type FamilyMember, type Found } from './find-facts.ts';
import { isOfAgeWithin, type Born } from './member-age.ts';
import type { FeedReach, PreparedRules, PreparedWay } from './prepare-rules.ts';
import { silenceOf, silenceOfUnknownAdult } from './silence.ts';
import { termTitle } from './term-calendar.ts';

export const restrictedGap = ({ evidence: { personId } }: FamilyMember): Gap => ({
  reason: 'restricted',
  personId,
  says: 'This person’s data may not be used at present.',
});

export const birthDateGap = ({ evidence: { personId }, born }: FamilyMember): Gap => ({
  reason: 'birth-date-unknown',
  personId,
  says: born.estimated ? 'We know only roughly how old this person is.' : 'We do not know this person’s date of birth.',
});

const gapOfFeed = ({ feed, reach }: FeedReach['byFeed'][number]): Gap[] => {
  if (reach.is === 'full') return [];
  if (reach.is === 'none') return [{ reason: 'no-file', feed, says: `No file of ${feedTitles[feed]} has come.` }];
  return reach.gaps.map(({ from, to }) => ({
    reason: 'period-not-covered',
    feed,
    says: `No file of ${feedTitles[feed]} covers ${inWords(from)} to ${inWords(daysLater(to, -1))}.`,
  }));
};

const dayText = (key: number): string => {
  const text = String(key);
  return key === 0 ? 'an unknown day' : inWords(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
};

const doubtGap = (doubt: Doubt, { member, record }: Found, rules: PreparedRules): Gap => {
  const about = { feed: record.feed, personId: member.evidence.personId, accessClass: record.accessClass };
  switch (doubt) {
    case 'age-unknown':
      return birthDateGap(member);
    case 'too-old': {
      const says = `The last file that shows this is of ${dayText(lastKnown(record, rules))}: too old to say that it is still so.`;
      return { reason: 'file-too-old', ...about, says };
    }
    case 'born-after':
      return {
        reason: 'before-birth',
        ...about,
        says: 'A row about this person is of a day before their date of birth: one of the two is wrong. Ask the partner.',
      };
    case 'ends-before-it-begins':
      return { reason: 'dates-impossible', ...about, says: 'A row about this person ends before it begins. Ask the partner.' };
    case 'no-date':
      return { reason: 'dates-impossible', ...about, says: 'A row about this person has a date that does not exist. Ask the partner.' };
  }
};

const feedWords = (feeds: readonly FeedId[]): string => feeds.map((feed) => feedTitles[feed]).join(' or ');

const notAssessed: Gap = {
  reason: 'no-assessment',
  says: 'No whole-family assessment has looked for it, and no professional has named it.',
};
const nobodyKnown: Born = { birth: undefined, estimated: false, unborn: false, parent: true };

const silenceGaps = (member: FamilyMember, way: PreparedWay, rules: PreparedRules, assessed: number): Gap[] => {
  const value = silenceOf(member, way, rules, assessed);
  if (value !== 'unknown' && value !== 'not-covered') return [];
  const { silence, feeds } = way.rule;
  const { personId } = member.evidence;
  if (value === 'unknown' && member.evidence.restricted) return [restrictedGap(member)];
  if (silence.means === 'assessment') return [notAssessed];
  const ofFeeds = rules.reach(way, member.born).byFeed.flatMap(gapOfFeed);
  if (silence.means !== 'each-person' || value === 'not-covered') return ofFeeds;
  const noRow: Gap = { reason: 'no-row-for-person', personId, says: `No recent row of ${feedWords(feeds)} is about this person.` };
  const expected = isOfAgeWithin(member.born, silence.expected, way.span.from, way.span.to);
  return [...ofFeeds, ...(expected === 'unknown' ? [birthDateGap(member)] : []), noRow];
};

const unknownAdultGaps = (way: PreparedWay, rules: PreparedRules, assessed: number): Gap[] => {
  const value = silenceOfUnknownAdult(way, rules, assessed);
  if (value === 'unknown')
    return [{ reason: 'no-adult-known', says: 'We know of no adult who lives with this family: nobody could be looked up.' }];
  if (value !== 'not-covered') return [];
  return way.rule.silence.means === 'assessment' ? [notAssessed] : rules.reach(way, nobodyKnown).byFeed.flatMap(gapOfFeed);
};

/** Whose answer hangs on a birth date that is only an estimate. */
const estimateGaps = (members: readonly FamilyMember[], decide: (member: FamilyMember) => string): Gap[] =>
  members.filter(({ mayBe }) => new Set(mayBe.map(decide)).size > 1).map(birthDateGap);

const attendanceGaps = (member: FamilyMember, way: PreparedWay, rules: PreparedRules): Gap[] => {
  const { measure } = way.rule;
  if (measure.kind === 'count') return [];
  const reading = readAttendance(member, way, measure, rules);
  const { personId } = member.evidence;
  const feed = way.rule.feeds[0] ?? 'school-attendance';
  if (reading.value === 'not-covered') return rules.reach(way, member.born).byFeed.flatMap(gapOfFeed);
  if (reading.value !== 'unknown') return [];
  if (member.evidence.restricted) return [restrictedGap(member)];
  const gaps = reading.terms.flatMap(({ term, is }): Gap[] => {
    if (is === 'missing')
      return [{ reason: 'term-missing', feed, personId, says: `No attendance figures of this person for the ${termTitle(term)}.` }];
    if (is !== 'contradictory') return [];
    const says = `The attendance figures of this person for the ${termTitle(term)} contradict each other. Ask the school.`;
    return [{ reason: 'figures-contradict', feed, personId, says }];
  });
  if (reading.isAgeUnknown) gaps.push(birthDateGap(member));
  return gaps.length > 0 ? gaps : [{ reason: 'no-sessions', feed, personId, says: 'The files give no possible sessions for this person.' }];
};

/** What stands between us and an answer, of one way of a criterion. */
const gapsOfWay = (
  { way }: WayDecision,
  members: readonly FamilyMember[],
  facts: FamilyFacts,
  rules: PreparedRules,
  assessed: number,
): Gap[] => {
  if (way.window === undefined) return [{ reason: 'calendar-too-short', says: 'The term calendar does not go back far enough.' }];
  const own = (facts.found[way.index] ?? []).filter(({ member }) => members.includes(member));
  const doubts = own.flatMap((found) => found.doubts.map((doubt) => doubtGap(doubt, found, rules)));
  const { measure } = way.rule;
  return [
    ...doubts,
    ...estimateGaps(members, (member) =>
      measure.kind === 'count' ? silenceOf(member, way, rules, assessed) : readAttendance(member, way, measure, rules).value,
    ),
    ...(facts.adultsUnknown ? unknownAdultGaps(way, rules, assessed) : []),
    ...members.flatMap((member) =>
      measure.kind === 'count' ? silenceGaps(member, way, rules, assessed) : attendanceGaps(member, way, rules),
    ),
  ];
};

const keyOf = ({ reason, feed, personId, says }: Gap): string => `${reason}#${feed ?? ''}#${personId ?? ''}#${says}`;

/** Each once, in an order that does not hang on the order of rows or people. */
export const withoutRepeats = (gaps: readonly Gap[]): Gap[] =>
  [...new Map(gaps.map((gap) => [keyOf(gap), gap])).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);

/** What is missing for an answer to a criterion that has none. */
export const gapsOf = (ways: readonly WayDecision[], facts: FamilyFacts, rules: PreparedRules, assessedOn: string | undefined): Gap[] => {
  const assessed = assessedOn === undefined ? NaN : dateKey(assessedOn);
  const open = ways.filter(({ value }) => value === 'unknown' || value === 'not-covered');
  return withoutRepeats(open.flatMap((way) => gapsOfWay(way, facts.members, facts, rules, assessed)));
};
