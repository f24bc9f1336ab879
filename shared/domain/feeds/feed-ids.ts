/** The kinds of file a partner sends. Their contracts are in `shared/contracts/files`. */
export const feedIds = [
  'school-roll',
  'school-attendance',
  'suspensions',
  'police-incidents',
  'youth-justice',
  'dwp-benefits',
  'housing-arrears',
  'homelessness',
  'childrens-social-care',
  'domestic-abuse-marac',
  'health-visiting',
  'adult-health',
  'professional-referral',
] as const;
export type FeedId = (typeof feedIds)[number];
