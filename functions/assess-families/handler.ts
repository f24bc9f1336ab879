import { assessMessageSchema } from '#shared/contracts/events/assess-message.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { queueBatchHandler } from '#shared/platform/batch/queue-handler.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { assessMessages } from '#shared/services/families/assess-messages.ts';
import { dynamoFailureNotes } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { envSchema } from './config.ts';
import { reportAssessment } from './report-assessment.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);
const wiring = await wire(environment);

/** Puts people who were touched by a file into families and holds those against the criteria. */
export const handler = queueBatchHandler(
  assessMessageSchema,
  async (messages, { remainingMs }) => {
    const done = await assessMessages(
      wiring,
      messages.map(({ message }) => message),
      remainingMs,
    );
    reportAssessment(done);
    return [];
  },
  dynamoFailureNotes(new DocumentTable(documentClient(), environment.UPLOADS_TABLE), systemClock),
);
