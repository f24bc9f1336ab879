import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { sqsMessageQueue } from '#shared/platform/queues/sqs-message-queue.ts';

interface Batch {
  readonly QueueUrl: string;
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}

/** A queue that answers with these failures, and what was sent to it. */
const aQueue = (failedIds: readonly string[] = []) => {
  const batches: Batch[] = [];
  const client = new SQSClient({ region: 'eu-west-2', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
  client.middlewareStack.add(
    () => (args) => {
      batches.push(args.input as Batch);
      return Promise.resolve({
        response: {},
        output: { $metadata: {}, Failed: failedIds.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })) },
      });
    },
    { step: 'initialize', priority: 'low' },
  );
  return { batches, queue: sqsMessageQueue<{ n: number }>(client, 'https://sqs.eu-west-2.amazonaws.com/111122223333/ingest') };
};
const messages = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

describe('Sending to a queue', () => {
  it('puts every message in once and in order, ten at a time', async () => {
    const { batches, queue } = aQueue();
    await queue.send(messages(23));
    expect(batches.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3]);
    expect(batches.flatMap(({ Entries }) => Entries.map(({ MessageBody }) => MessageBody))).toEqual(
      messages(23).map((message) => JSON.stringify(message)),
    );
    for (const { Entries } of batches) expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
  });

  it('asks nothing of the queue when there is nothing to send', async () => {
    const { batches, queue } = aQueue();
    await queue.send([]);
    expect(batches).toEqual([]);
  });

  it('fails when the queue did not take all of them, without telling what was in them', async () => {
    const { queue } = aQueue(['1', '2']);
    await expect(queue.send(messages(5))).rejects.toThrow('2 of 5 messages did not get into the queue');
  });
});
