import { ingestMessageSchema, type IngestMessage } from '#shared/contracts/events/ingest-message.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import { uploadOfCleanKey } from '#shared/services/uploads/object-store.ts';
import { envSchema } from './config.ts';
import { reportIngest } from './report-ingest.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);

const uploadOf = (message: IngestMessage): string | undefined => {
  if ('uploadId' in message) return message.uploadId;
  const { bucket, object } = message.detail;
  return bucket.name === environment.CLEAN_BUCKET ? uploadOfCleanKey(object.key) : undefined;
};

/** Takes clean files in, row by row, from where the last worker left them. */
export const handler = queueHandler(ingestMessageSchema, async (message, { messageId, remainingMs }) => {
  const uploadId = uploadOf(message);
  if (uploadId === undefined) {
    reportIngest({ kind: 'ignored', because: 'not-an-upload' }, { messageId });
    return;
  }
  const outcome = await ingestUpload(await wire(environment), uploadId, { owner: messageId, remainingMs });
  reportIngest(outcome, { messageId, uploadId });
});
