import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { groupsOf } from '../../domain/groups-of.ts';
import type { MessageQueue } from '../../services/message-queue.ts';

/** SQS takes at most this many at once. */
const largestBatch = 10;

export const sqsMessageQueue = <Message>(client: SQSClient, queueUrl: string): MessageQueue<Message> => ({
  send: async (messages) => {
    for (const batch of groupsOf(messages, largestBatch)) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: batch.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
        }),
      );
      if (Failed.length > 0) throw new Error(`${Failed.length} of ${batch.length} messages did not get into the queue`);
    }
  },
});
