import type { FeedId } from '../feeds/feed-ids.ts';

/** How staff speak of a feed in a sentence: "no file of …". */
export const feedTitles: Readonly<Record<FeedId, string>> = {
  'school-roll': 'school roll',
  'school-attendance': 'school attendance',
  suspensions: 'suspensions and exclusions',
  'police-incidents': 'police incidents',
  'youth-justice': 'youth justice',
  'dwp-benefits': 'out-of-work benefits',
  'housing-arrears': 'housing arrears',
  homelessness: 'homelessness',
  'childrens-social-care': 'children’s social care and early help',
  'domestic-abuse-marac': 'domestic abuse conferences (MARAC)',
  'health-visiting': 'health visiting',
  'adult-health': 'adult mental health and substance misuse',
  'professional-referral': 'professional referrals',
};
