import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { screeningRefusals } from '#shared/domain/uploads/screening.ts';
import type { ScreeningOutcome } from '#shared/services/screening/screen-upload.ts';

export const reportScreening = (outcome: ScreeningOutcome, messageId: string): void => {
  switch (outcome.kind) {
    case 'promoted':
      log.info(logEvents.uploadScreened, {
        messageId,
        uploadId: outcome.upload.uploadId,
        feed: outcome.upload.feed,
        bytes: outcome.upload.size,
      });
      return;
    case 'refused':
      count(metrics.uploadRefused);
      if (outcome.code === screeningRefusals.infected.code) count(metrics.uploadInfected);
      log.warn(logEvents.uploadRefused, { messageId, uploadId: outcome.upload.uploadId, feed: outcome.upload.feed, code: outcome.code });
      return;
    case 'ignored':
      log.info(logEvents.messageIgnored, {
        messageId,
        reason: outcome.because,
        ...(outcome.uploadId === undefined ? {} : { uploadId: outcome.uploadId }),
      });
  }
};
