import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { groupsOf } from '../../domain/groups-of.ts';
import type { ParkedMessage, ParkedMessages } from '../../services/dead-letters/dead-letter-ports.ts';

/** SQS gives and takes at most this many at once. */
const largestBatch = 10;
/** Out of sight while somebody looks at them, should they never put them back. Longer than any request lives. */
const hiddenSeconds = 60;
/** So long SQS asks all its servers; without it those it asks may have none. */
const waitSeconds = 1;
/** EventBridge's codes; anything else is not repeated. */
const deliveryCode = /^[A-Z][A-Z_]{2,60}$/;

export const sqsParkedMessages = (client: SQSClient, queueUrl: string): ParkedMessages => ({
  count: async () => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  },
  take: async (most) => {
    const taken = new Map<string, ParkedMessage>();
    while (taken.size < most) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(largestBatch, most - taken.size),
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
          MessageAttributeNames: ['ERROR_CODE'],
        }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages.map(parkedMessage)) taken.set(message.messageId, message);
    }
    return [...taken.values()];
  },
  putBack: (messages) =>
    inBatches(messages, async (entries) => {
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 })),
        }),
      );
    }),
  remove: (messages) =>
    inBatches(messages, async (entries) => {
      const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...entries] }));
      if (Failed.length > 0) throw new Error(`${String(Failed.length)} of ${String(entries.length)} messages were not deleted`);
    }),
});

const parkedMessage = ({
  MessageId = '',
  Body = '',
  ReceiptHandle = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): ParkedMessage => {
  const code = MessageAttributes['ERROR_CODE']?.StringValue;
  return {
    messageId: MessageId,
    body: Body,
    handle: ReceiptHandle,
    sentAt: new Date(Number(Attributes.SentTimestamp ?? 0)).toISOString(),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 0),
    ...(code !== undefined && deliveryCode.test(code) && { deliveryError: code }),
  };
};

type Entry = { readonly Id: string; readonly ReceiptHandle: string };

const inBatches = async (messages: readonly ParkedMessage[], send: (entries: readonly Entry[]) => Promise<void>): Promise<void> => {
  for (const batch of groupsOf(messages, largestBatch))
    await send(batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle })));
};
