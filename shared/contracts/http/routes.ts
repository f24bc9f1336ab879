import { agreementRoutes } from './agreement-routes.ts';
import { caseRoutes } from './case-routes.ts';
import { claimRoutes } from './claim-routes.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { determinationRoutes } from './determination-routes.ts';
import { dueRoutes } from './due-routes.ts';
import { familyRoutes } from './family-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { portalRoutes } from './portal-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { referralRoutes } from './referral-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import type { Route } from './route.ts';
import { ruleSetRoutes } from './rule-set-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { whatIfRoutes } from './what-if-routes.ts';

/** THE route table: every operation of the API. */
export const routes: readonly Route[] = [
  ...agreementRoutes,
  ...dueRoutes,
  ...linkRoutes,
  ...uploadRoutes,
  ...receiptRoutes,
  ...portalRoutes,
  ...referralRoutes,
  ...familyRoutes,
  ...determinationRoutes,
  ...peopleRoutes,
  ...reviewRoutes,
  ...ruleSetRoutes,
  ...whatIfRoutes,
  ...caseRoutes,
  ...claimRoutes,
  ...deadLetterRoutes,
];
