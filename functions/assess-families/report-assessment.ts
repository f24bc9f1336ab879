import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count } from '#shared/platform/metrics/count.ts';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import type { AssessBatch } from '#shared/services/families/assess-messages.ts';

export const reportAssessment = ({ outboxes, people, families, written, conflicts }: AssessBatch): void => {
  count(metrics.familiesAssessed, families);
  log.info(logEvents.familiesAssessed, { items: outboxes, people, families, changed: written });
  if (conflicts > 0) log.info(logEvents.familyConflict, { attempt: conflicts });
};
