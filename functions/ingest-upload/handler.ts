import { ingestMessageSchema, type IngestMessage } from '#shared/contracts/events/ingest-message.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import { uploadOfCleanKey } from '#shared/services/uploads/object-store.ts';
import { takeBackReplaced } from '#shared/services/withdrawals/take-back-replaced.ts';
import { withdrawUpload } from '#shared/services/withdrawals/withdraw-upload.ts';
import { envSchema } from './config.ts';
import { reportIngest } from './report-ingest.ts';
import { reportWithdrawal } from './report-withdrawal.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);

const uploadOf = (message: IngestMessage): string | undefined => {
  if ('uploadId' in message) return message.uploadId;
  const { bucket, object } = message.detail;
  return bucket.name === environment.CLEAN_BUCKET ? uploadOfCleanKey(object.key) : undefined;
};

/** Takes clean files in, row by row, from where the last worker left them; undoes those that are taken back. */
export const handler = queueHandler(ingestMessageSchema, async (message, { messageId, remainingMs }) => {
  const uploadId = uploadOf(message);
  if (uploadId === undefined) {
    reportIngest({ kind: 'ignored', because: 'not-an-upload' }, { messageId });
    return;
  }
  const ports = await wire(environment);
  if ('kind' in message && message.kind === 'withdraw') {
    reportWithdrawal(await withdrawUpload(ports, uploadId, { remainingMs }), messageId);
    return;
  }
  reportIngest(await ingestUpload(ports, uploadId, { owner: messageId, remainingMs }), { messageId, uploadId });
  await takeBackReplaced(ports, uploadId);
});
