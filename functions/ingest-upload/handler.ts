import { ingestMessageSchema } from '#shared/contracts/events/ingest-message.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import { takeBackReplaced } from '#shared/services/withdrawals/take-back-replaced.ts';
import { withdrawUpload } from '#shared/services/withdrawals/withdraw-upload.ts';
import { dynamoFailureNotes } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { envSchema } from './config.ts';
import { reportIngest } from './report-ingest.ts';
import { reportWithdrawal } from './report-withdrawal.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);

/** Takes clean files in, row by row, from where the last worker left them; undoes those that are taken back. */
export const handler = queueHandler(
  ingestMessageSchema,
  async (message, { messageId, remainingMs }) => {
    const { uploadId } = message;
    const ports = await wire(environment);
    if (message.kind === 'withdraw') {
      reportWithdrawal(await withdrawUpload(ports, uploadId, { remainingMs, from: message.from }), messageId);
      return;
    }
    reportIngest(await ingestUpload(ports, uploadId, { owner: messageId, remainingMs }), { messageId, uploadId });
    await takeBackReplaced(ports, uploadId);
  },
  dynamoFailureNotes(new DocumentTable(documentClient(), environment.UPLOADS_TABLE), systemClock),
);
