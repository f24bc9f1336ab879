import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { heldTooLong } from '#shared/domain/uploads/screening.ts';
import type { UploadSweepStep } from '#shared/services/screening/sweep-uploads.ts';

export const reportUpload = (step: UploadSweepStep): void => {
  const { uploadId, feed, state, source } = step.upload;
  const fields = { uploadId, feed, state, source };
  switch (step.kind) {
    case 'left':
      return;
    case 'unscreened':
      count(metrics.uploadUnscreened);
      log.warn(logEvents.uploadUnscreened, fields);
      return;
    case 'expired':
      count(metrics.uploadExpired);
      log.info(logEvents.uploadExpired, fields);
      return;
    case 'held-long':
      count(metrics.uploadHeldLong);
      log.warn(logEvents.uploadHeldLong, fields);
      return;
    case 'given-back':
      count(metrics.uploadRefused);
      log.warn(logEvents.uploadRefused, { ...fields, code: heldTooLong.code });
      return;
    case 'given-up':
      count(metrics.uploadRefused);
      log.warn(logEvents.uploadRefused, { ...fields, code: 'not-screened' });
      return;
    case 'sent-to-screen':
    case 'sent-to-weigh':
    case 'sent-to-ingest':
      count(metrics.uploadResent);
      log.warn(logEvents.uploadResent, { ...fields, reason: step.kind });
      return;
    case 'failed':
      log.error(logEvents.sweepFailed, fields, step.error);
  }
};

export const reportOutbox = (resent: number): void => {
  if (resent === 0) return;
  count(metrics.outboxResent, resent);
  log.warn(logEvents.outboxResent, { resent });
};
