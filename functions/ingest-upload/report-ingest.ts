import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import type { IngestObserver, IngestOutcome } from '#shared/services/ingest/ingest-ports.ts';

/** What came of a message, for the log and the metrics; ids and numbers only. */
export const reportIngest = (outcome: IngestOutcome, about: { readonly messageId: string; readonly uploadId: string }): void => {
  switch (outcome.kind) {
    case 'ignored':
      if (outcome.because === 'held-by-another') log.info(logEvents.uploadHeldByAnother, about);
      else log.info(logEvents.messageIgnored, { ...about, reason: outcome.because });
      return;
    case 'refused':
      count(metrics.uploadRefused);
      log.warn(logEvents.uploadRefused, { ...about, feed: outcome.upload.feed, code: outcome.refusal.code });
      return;
    case 'handed-over':
      log.info(logEvents.uploadHandedOver, { ...about, feed: outcome.upload.feed, ...outcome.counts });
      return;
    case 'completed':
      count(metrics.uploadCompleted);
      count(metrics.rowsApplied, outcome.counts.rows - outcome.counts.refused);
      count(metrics.rowsRefused, outcome.counts.refused);
      log.info(logEvents.uploadCompleted, { ...about, feed: outcome.upload.feed, ...outcome.counts });
  }
};

export const ingestLog: IngestObserver = {
  chunkApplied: ({ uploadId, checkpoint: { chunk } }, { rows }) => {
    log.debug(logEvents.uploadChunkApplied, { uploadId, chunk, rows });
  },
  chunkConflict: ({ uploadId, checkpoint: { chunk } }, attempt) => {
    log.info(logEvents.uploadChunkConflict, { uploadId, chunk, attempt });
  },
  announcementFailed: ({ uploadId }, error) => {
    log.warn(logEvents.outboxSendFailed, { uploadId }, error);
  },
};
