import { feedIds, type FeedId } from '../feeds/feed-ids.ts';
import type { Fact } from '../people/fact.ts';

/** What the rows of each feed can show. A feed not named with a kind of fact is never an answer about it, and its silence is none. */
export const feedFacts: Readonly<Record<FeedId, readonly Fact['kind'][]>> = {
  'school-roll': ['school-enrolment'],
  'school-attendance': ['school-attendance'],
  suspensions: ['exclusion'],
  'police-incidents': ['police-incident', 'proven-offence'],
  'youth-justice': ['proven-offence', 'youth-justice-order'],
  'dwp-benefits': ['out-of-work-benefit', 'employment'],
  'housing-arrears': ['rent-arrears', 'eviction-action'],
  homelessness: ['homelessness-duty'],
  'childrens-social-care': ['early-help-episode', 'child-in-need', 'child-protection-plan'],
  'domestic-abuse-marac': ['domestic-abuse'],
  'health-visiting': ['child-health-concern', 'expecting-a-child'],
  'adult-health': ['mental-health-need', 'substance-misuse-need'],
  'professional-referral': ['nominated-need'],
};

/** Why these feeds do not answer about these kinds of fact; none: they do. */
export const feedFaults = (kinds: readonly Fact['kind'][], feeds: readonly FeedId[]): readonly string[] => {
  const bringers = (kind: Fact['kind']): readonly string[] => feedIds.filter((feed) => feedFacts[feed].includes(kind));
  const all = [...new Set(kinds.flatMap(bringers))].join(', ');
  return [
    ...feeds
      .filter((feed) => !feedFacts[feed].some((kind) => kinds.includes(kind)))
      .map((feed) => `${feed} says nothing of ${kinds.join(' or ')}: ${all} can`),
    ...kinds
      .filter((kind) => !feeds.some((feed) => feedFacts[feed].includes(kind)))
      .map((kind) => `none of these feeds says anything of ${kind}: ${bringers(kind).join(', ')} can`),
  ];
};
