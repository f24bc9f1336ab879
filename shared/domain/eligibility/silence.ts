import { dateKey, type DateKey } from '../calendar/date-key.ts';
import type { CriterionValue } from './determination.ts';
import { isTooOld, lastKnown, type FamilyMember } from './find-facts.ts';
import { bornOf, isOfAgeWithin } from './member-age.ts';
import type { PreparedRules, PreparedWay } from './prepare-rules.ts';

/** Whether a row of the feed about the person stands for the window, so that what it does not say is not so. */
const hasStandingRow = (member: FamilyMember, way: PreparedWay, rules: PreparedRules): boolean =>
  member.evidence.records.some((record) => {
    if (!way.rule.feeds.includes(record.feed)) return false;
    if (record.endedOn !== undefined && dateKey(record.endedOn) <= way.span.from) return false;
    return way.rule.lookBack.unit === 'current' ? !isTooOld(record, rules) : lastKnown(record, rules) >= way.span.from;
  });

/**
 * What it means for one person that nothing more is known: not met where nobody would be asked or somebody has looked.
 * `says-nothing` where the way can only show a need.
 */
export const silenceOf = (
  member: FamilyMember,
  way: PreparedWay,
  rules: PreparedRules,
  assessed: DateKey,
): CriterionValue | 'says-nothing' => {
  const { span, ages, rule } = way;
  const { born, evidence } = member;
  const concerned = isOfAgeWithin(born, ages, span.from, span.to);
  if (concerned === 'false') return rule.silence.means === 'says-nothing' ? 'says-nothing' : 'not-met';
  if (evidence.restricted) return 'unknown';
  switch (rule.silence.means) {
    case 'says-nothing':
      return 'says-nothing';
    case 'kept-here':
      return 'not-met';
    case 'assessment':
      return assessed >= span.from && assessed < span.to ? 'not-met' : 'not-covered';
    case 'register':
      return rules.reach(way, born).value;
    case 'each-person': {
      const expected = isOfAgeWithin(born, rule.silence.expected, span.from, span.to);
      if (expected === 'false' || hasStandingRow(member, way, rules)) return 'not-met';
      return rules.reach(way, born).byFeed.every(({ reach }) => reach.is === 'none') ? 'not-covered' : 'unknown';
    }
  }
};

const unknownAdult = (asAt: DateKey): FamilyMember => ({
  index: -1,
  evidence: { personId: '', parent: true, lives: 'in-the-household', restricted: false, records: [] },
  born: bornOf({ personId: '', parent: true, lives: 'in-the-household', restricted: false, records: [] }, asAt),
  sureBirth: undefined,
  mayBe: [],
  attendance: [],
});

/**
 * What silence means about adults where we know of none: nobody could be looked up, so that no register answers. Undefined of a way that
 * is not about adults.
 */
export const silenceOfUnknownAdult = (
  way: PreparedWay,
  rules: PreparedRules,
  assessed: DateKey,
): CriterionValue | 'says-nothing' | undefined => {
  if ((way.ages.from ?? 0) < 18) return undefined;
  const value = silenceOf(unknownAdult(rules.asAt), way, rules, assessed);
  return value === 'not-met' && way.rule.silence.means === 'register' ? 'unknown' : value;
};
