import { log, logEvents } from './logging/log.ts';
import { count } from './metrics/count.ts';
import { metrics } from './observability-catalogue.ts';

/** Wrong codes have locked a link: an alarm rings, and the link can be found. */
export const tellLinkLocked = (linkId: string): void => {
  count(metrics.linkLocked);
  log.warn(logEvents.linkLocked, { linkId });
};
