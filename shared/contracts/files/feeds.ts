import { adultHealth } from './adult-health.ts';
import { childrensSocialCare } from './childrens-social-care.ts';
import { domesticAbuseMarac } from './domestic-abuse-marac.ts';
import { dwpBenefits } from './dwp-benefits.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import type { FeedDefinition } from './feed-definition.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import { healthVisiting } from './health-visiting.ts';
import { homelessness } from './homelessness.ts';
import { housingArrears } from './housing-arrears.ts';
import { policeIncidents } from './police-incidents.ts';
import { professionalReferral } from './professional-referral.ts';
import { schoolAttendance } from './school-attendance.ts';
import { schoolRoll } from './school-roll.ts';
import { suspensions } from './suspensions.ts';
import { youthJustice } from './youth-justice.ts';

/** Every feed in its current version. */
export const feeds: Readonly<Record<FeedId, FeedDefinition>> = {
  'school-roll': schoolRoll,
  'school-attendance': schoolAttendance,
  suspensions,
  'police-incidents': policeIncidents,
  'youth-justice': youthJustice,
  'dwp-benefits': dwpBenefits,
  'housing-arrears': housingArrears,
  homelessness,
  'childrens-social-care': childrensSocialCare,
  'domestic-abuse-marac': domesticAbuseMarac,
  'health-visiting': healthVisiting,
  'adult-health': adultHealth,
  'professional-referral': professionalReferral,
};

/** The feed of that id, or undefined: ids come from links and requests. */
export const findFeed = (id: string): FeedDefinition | undefined => {
  const known = feedIds.find((feedId) => feedId === id);
  return known === undefined ? undefined : feeds[known];
};
