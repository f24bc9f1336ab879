import { referralRoutes } from '#shared/contracts/http/referral-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { createReferral, type ReferralPorts } from '#shared/services/referrals/create-referral.ts';

const [createReferralRoute] = referralRoutes;

export const routes = (ports: ReferralPorts): RouteHandlers => [
  handle(createReferralRoute, async ({ body, principal, idempotencyKey }) => {
    const accepted = await createReferral(ports, { referral: body, staffId: principal.id, roles: principal.roles, idempotencyKey });
    return { body: accepted, location: `/v1/uploads/${accepted.uploadId}`, subjects: [accepted.uploadId] };
  }),
];
