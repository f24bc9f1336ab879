import { weighMessageSchema, type WeighMessage } from '#shared/contracts/events/weigh-message.ts';
import { documentClient } from '#shared/platform/aws-clients.ts';
import { queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { readEnvironment } from '#shared/platform/environment.ts';
import { uploadOfCleanKey } from '#shared/services/uploads/object-store.ts';
import { weighUpload } from '#shared/services/weighing/weigh-upload.ts';
import { dynamoFailureNotes } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { envSchema } from './config.ts';
import { reportWeighing } from './report-weighing.ts';
import { wire } from './wiring.ts';

const environment = readEnvironment(envSchema);

const uploadOf = (message: WeighMessage): string | undefined => {
  if ('uploadId' in message) return message.uploadId;
  const { bucket, object } = message.detail;
  return bucket.name === environment.CLEAN_BUCKET ? uploadOfCleanKey(object.key) : undefined;
};

/** Looks at clean files as a whole: what looks right goes on to be taken in, what does not waits for a person. */
export const handler = queueHandler(
  weighMessageSchema,
  async (message, { messageId, remainingMs }) => {
    const uploadId = uploadOf(message);
    if (uploadId === undefined) reportWeighing({ kind: 'ignored', because: 'not-an-upload' }, { messageId });
    else reportWeighing(await weighUpload(await wire(environment), uploadId, { remainingMs }), { messageId, uploadId });
  },
  dynamoFailureNotes(new DocumentTable(documentClient(), environment.UPLOADS_TABLE), systemClock),
);
