import { screenMessageSchema } from '#shared/contracts/events/malware-verdict.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { screenUpload } from '#shared/services/screening/screen-upload.ts';
import { envSchema } from './config.ts';
import { reportScreening } from './report-screening.ts';
import { wire } from './wiring.ts';

const wiring = wire(readEnvironment(envSchema));

/** Takes the malware scanner's verdicts: what is clean goes to the clean bucket, everything else goes no further. */
export const handler = queueHandler(screenMessageSchema, async (message, { messageId }) => {
  reportScreening(await screenUpload(wiring, message), messageId);
});
