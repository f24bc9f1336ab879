import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { screeningRefusals } from '#shared/domain/uploads/screening.ts';
import { sentBytes } from '#shared/domain/uploads/upload.ts';
import type { ScreeningOutcome } from '#shared/services/screening/screen-upload.ts';

export const reportScreening = (outcome: ScreeningOutcome, messageId: string): void => {
  switch (outcome.kind) {
    case 'promoted':
      log.info(logEvents.uploadScreened, {
        messageId,
        uploadId: outcome.upload.uploadId,
        feed: outcome.upload.feed,
        bytes: sentBytes(outcome.upload).size,
      });
      return;
    case 'refused':
      count(metrics.uploadRefused);
      if (outcome.code === screeningRefusals.infected.code) count(metrics.uploadInfected);
      log.warn(logEvents.uploadRefused, { messageId, uploadId: outcome.upload.uploadId, feed: outcome.upload.feed, code: outcome.code });
      return;
    case 'held':
      count(metrics.uploadUnscreened);
      log.warn(logEvents.uploadUnscreened, {
        messageId,
        uploadId: outcome.upload.uploadId,
        feed: outcome.upload.feed,
        code: outcome.code,
        attempt: (outcome.upload.scan?.rescans ?? 0) + 1,
      });
      return;
    case 'rescanned':
      log.info(logEvents.uploadRescanned, { messageId, uploadId: outcome.upload.uploadId, feed: outcome.upload.feed });
      return;
    case 'ignored':
      log.info(logEvents.messageIgnored, {
        messageId,
        reason: outcome.because,
        ...(outcome.uploadId === undefined ? {} : { uploadId: outcome.uploadId }),
      });
  }
};

/** Never throws: without its receipt the file goes on. */
export const reportReceipt = async (uploadId: string, issued: Promise<unknown>): Promise<void> => {
  try {
    await issued;
  } catch (error) {
    count(metrics.receiptFailed);
    log.error(logEvents.receiptFailed, { uploadId }, error);
  }
};
