import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { queueBatchHandler, queueHandler } from '#shared/platform/batch/queue-handler.ts';
import { aLambdaContext } from '../../support/api-call.ts';
import { capturedOutput, jsonLines } from '../../support/captured-output.ts';

const schema = z.object({ kind: z.literal('outbox'), outboxId: z.string() });
const ids = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
] as const;

const anSqsEvent = (...bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, i) => ({
    messageId: ids[i] ?? 'x',
    receiptHandle: 'r',
    body,
    attributes: { ApproximateReceiveCount: '2', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:ingest',
    awsRegion: 'eu-west-2',
  })),
});
const outbox = (outboxId: string): string => JSON.stringify({ kind: 'outbox', outboxId });
const failed = (...which: readonly string[]) => ({ batchItemFailures: which.map((itemIdentifier) => ({ itemIdentifier })) });

describe('a queue handler', () => {
  it('hands over parsed messages one after the other, with their context', async () => {
    const seen: unknown[] = [];
    const handler = queueHandler(schema, (message, { messageId, receiveCount, remainingMs, requestId }) => {
      seen.push([message.outboxId, messageId, receiveCount, remainingMs(), requestId]);
      return Promise.resolve();
    });
    await expect(handler(anSqsEvent(outbox('a'), outbox('b')), aLambdaContext(9000))).resolves.toEqual(failed());
    expect(seen).toEqual([
      ['a', ids[0], 2, 9000, '7b0d3d6e-1111-4222-8333-94c4e2f0a001'],
      ['b', ids[1], 2, 9000, '7b0d3d6e-1111-4222-8333-94c4e2f0a001'],
    ]);
  });

  it('reports only the message that failed', async () => {
    const handler = queueHandler(schema, ({ outboxId }) => (outboxId === 'b' ? Promise.reject(new Error('no')) : Promise.resolve()));
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent(outbox('a'), outbox('b'), outbox('c')), aLambdaContext())).resolves.toEqual(failed(ids[1]));
    });
  });

  it('reports each message when all fail, and does not fail the invocation', async () => {
    const handler = queueHandler(schema, () => Promise.reject(new Error('no')));
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent(outbox('a'), outbox('b')), aLambdaContext())).resolves.toEqual(failed(ids[0], ids[1]));
    });
  });

  it.each([['not JSON: Aoife Example'], ['{"kind":"other","name":"Aoife Example"}'], ['']])(
    'sends %j on its way to the dead-letter queue and logs its id only',
    async (body) => {
      const handler = queueHandler(schema, () => Promise.resolve());
      const output = await capturedOutput(async () => {
        await expect(handler(anSqsEvent(body, outbox('b')), aLambdaContext())).resolves.toEqual(failed(ids[0]));
      });
      expect(output).not.toContain('Aoife');
      expect(jsonLines(output)).toContainEqual(expect.objectContaining({ message: 'message.poisoned', messageId: ids[0] }));
      expect(jsonLines(output)).toContainEqual(expect.objectContaining({ MessagePoisoned: 1 }));
    },
  );
});

describe('what a message failed at', () => {
  const noted = () => {
    const notes: unknown[] = [];
    return { notes, book: { note: (failure: object) => Promise.resolve(void notes.push(failure)) } };
  };

  it('is noted with the error’s name and never its words, of a single message and of each of a batch', async () => {
    const { notes, book } = noted();
    const fails = () => Promise.reject(new TypeError('Aoife Example'));
    await capturedOutput(async () => {
      await queueHandler(schema, fails, book)(anSqsEvent('{', outbox('b')), aLambdaContext());
      await queueBatchHandler(schema, fails, book)(anSqsEvent(outbox('a')), aLambdaContext());
    });
    expect(notes).toMatchObject([
      { messageId: ids[0], receiveCount: 2, errorName: 'PoisonMessage' },
      { messageId: ids[1], receiveCount: 2, errorName: 'TypeError' },
      { messageId: ids[0], receiveCount: 2, errorName: 'TypeError' },
    ]);
    expect(JSON.stringify(notes)).not.toContain('Aoife');
  });

  it('does not change what comes of the message where it cannot be noted', async () => {
    const book = { note: () => Promise.reject(new Error('no table')) };
    await capturedOutput(async () => {
      const handler = queueHandler(schema, () => Promise.reject(new Error('no')), book);
      await expect(handler(anSqsEvent(outbox('a')), aLambdaContext())).resolves.toEqual(failed(ids[0]));
    });
  });
});

describe('a queue handler for whole batches', () => {
  it('works on the readable messages together and reports those it is told of, and the poisoned', async () => {
    const handler = queueBatchHandler(schema, (messages) => {
      expect(messages.map(({ message }) => message.outboxId)).toEqual(['a', 'c']);
      return Promise.resolve([ids[2]]);
    });
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent(outbox('a'), '{', outbox('c')), aLambdaContext())).resolves.toEqual(failed(ids[1], ids[2]));
    });
  });

  it('reports all when the work throws', async () => {
    const handler = queueBatchHandler(schema, () => Promise.reject(new Error('no')));
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent(outbox('a'), outbox('b')), aLambdaContext())).resolves.toEqual(failed(ids[0], ids[1]));
    });
  });

  it('tries each by itself when the work throws: one that cannot be done does not keep the others from it', async () => {
    const tried: string[] = [];
    const handler = queueBatchHandler(schema, (messages) => {
      const [text] = [messages.map(({ message }) => message.outboxId).join('')];
      tried.push(text);
      return text.includes('b') ? Promise.reject(new Error('no')) : Promise.resolve([]);
    });
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent(outbox('a'), outbox('b'), outbox('c')), aLambdaContext())).resolves.toEqual(failed(ids[1]));
    });
    expect(tried).toEqual(['abc', 'a', 'b', 'c']);
  });

  it('does not start work on nothing', async () => {
    const handler = queueBatchHandler(schema, () => Promise.reject(new Error('not to be called')));
    await capturedOutput(async () => {
      await expect(handler(anSqsEvent('{'), aLambdaContext())).resolves.toEqual(failed(ids[0]));
    });
  });
});
