import { readEnvironment } from '#shared/platform/environment.ts';
import { log, logEvents } from '#shared/platform/logging/log.ts';
import { flushMetrics } from '#shared/platform/metrics/count.ts';
import { sweepOutbox } from '#shared/services/outbox/sweep-outbox.ts';
import { sweepUploads } from '#shared/services/screening/sweep-uploads.ts';
import { envSchema } from './config.ts';
import { reportOutbox, reportUpload } from './report-sweep.ts';
import { wire } from './wiring.ts';

const wiring = wire(readEnvironment(envSchema));

/** Every five minutes: gets going again whatever an event that was lost or a worker that died has left behind. */
export const handler = async (): Promise<void> => {
  let found = 0;
  let failed = 0;
  try {
    for await (const step of sweepUploads(wiring)) {
      found += 1;
      if (step.kind === 'failed') failed += 1;
      reportUpload(step);
    }
    for await (const resent of sweepOutbox(wiring)) reportOutbox(resent);
    log.info(logEvents.sweepFinished, { found });
  } finally {
    flushMetrics();
  }
  // The others are done; failing makes the alarm, and the next sweep tries again.
  if (failed > 0) throw new Error('Some of what had stalled could not be sent on.');
};
