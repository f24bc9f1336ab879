import type { AccessClass } from '../access/access.ts';
import type { FeedId } from './feed-ids.ts';

/** How far the rows of each feed may be shown; the feeds' contracts say the same, a test holds them together. */
export const feedAccess: Readonly<Record<FeedId, AccessClass>> = {
  'school-roll': 'standard',
  'school-attendance': 'standard',
  suspensions: 'standard',
  'police-incidents': 'standard',
  'youth-justice': 'standard',
  'dwp-benefits': 'benefits',
  'housing-arrears': 'standard',
  homelessness: 'standard',
  'childrens-social-care': 'standard',
  'domestic-abuse-marac': 'protected',
  'health-visiting': 'standard',
  'adult-health': 'standard',
  'professional-referral': 'standard',
};
