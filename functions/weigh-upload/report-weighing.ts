import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import type { WeighOutcome } from '#shared/services/weighing/weigh-ports.ts';

/** What came of a look at a file; ids, codes and numbers only. */
export const reportWeighing = (
  outcome: WeighOutcome | { readonly kind: 'ignored'; readonly because: 'not-an-upload' },
  about: { readonly messageId: string; readonly uploadId?: string },
): void => {
  switch (outcome.kind) {
    case 'ignored':
      log.info(logEvents.messageIgnored, { ...about, reason: outcome.because });
      return;
    case 'passed':
      log.info(logEvents.uploadWeighed, { ...about, feed: outcome.upload.feed, rows: outcome.rows });
      return;
    case 'held':
      count(metrics.uploadHeld);
      log.warn(logEvents.uploadHeld, { ...about, feed: outcome.upload.feed, findings: [...outcome.codes] });
      return;
    case 'renewed':
      log.info(logEvents.uploadWeighed, { ...about, feed: outcome.upload.feed, state: outcome.upload.state });
  }
};
