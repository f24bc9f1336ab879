import { feeds } from '#shared/contracts/files/feeds.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId, newToken } from '#shared/platform/ids.ts';
import { loadKeyedHash } from '#shared/platform/keyed-hash.ts';
import { newTypedLinkCode } from '#shared/platform/typed-link-code.ts';
import { newLinkCode } from '#shared/platform/link-code.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export type Wiring = Awaited<ReturnType<typeof wire>>;

export const wire = async (environment: Environment) => ({
  ...uploadsTables(documentClient(), environment, newId),
  feeds: (feed: keyof typeof feeds) => feeds[feed],
  hash: await loadKeyedHash(environment.LINK_SECRET_ARN),
  clock: systemClock,
  newId,
  newToken,
  newTypedCode: newTypedLinkCode,
  newCode: newLinkCode,
  portalOrigin: environment.PORTAL_ORIGIN,
});
