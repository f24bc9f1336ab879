import { assessMessageSchema } from '#shared/contracts/events/assess-message.ts';
import { queueBatchHandler } from '#shared/platform/batch/queue-handler.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { assessMessages } from '#shared/services/families/assess-messages.ts';
import { envSchema } from './config.ts';
import { reportAssessment } from './report-assessment.ts';
import { wire } from './wiring.ts';

const wiring = await wire(readEnvironment(envSchema));

/** Puts people who were touched by a file into families and holds those against the criteria. */
export const handler = queueBatchHandler(assessMessageSchema, async (messages, { remainingMs }) => {
  const done = await assessMessages(
    wiring,
    messages.map(({ message }) => message),
    remainingMs,
  );
  reportAssessment(done);
  return [];
});
