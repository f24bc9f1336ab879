import { screenQueueMessageSchema } from '#shared/contracts/events/malware-verdict.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { issueReceipt } from '#shared/services/receipts/issue-receipt.ts';
import { screenUpload } from '#shared/services/screening/screen-upload.ts';
import { dynamoFailureNotes } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { envSchema } from './config.ts';
import { reportReceipt, reportScreening } from './report-screening.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);
const wiring = wire(environment);

/**
 * Takes the malware scanner's verdicts: what is clean goes to the clean bucket, everything else goes no further. A receipt
 * that cannot be signed holds no file up: it is asked for again when somebody wants it.
 */
export const handler = queueHandler(
  screenQueueMessageSchema,
  async (message, { messageId }) => {
    if ('kind' in message && message.kind === 'receipt') {
      await reportReceipt(message.uploadId, issueReceipt(wiring, message.uploadId));
      return;
    }
    const outcome = await screenUpload(wiring, message);
    reportScreening(outcome, messageId);
    if (outcome.kind === 'promoted') await reportReceipt(outcome.upload.uploadId, issueReceipt(wiring, outcome.upload.uploadId));
  },
  dynamoFailureNotes(new DocumentTable(documentClient(), environment.UPLOADS_TABLE), systemClock),
);
