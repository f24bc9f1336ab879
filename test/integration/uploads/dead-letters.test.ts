import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import type { NewReplay } from '#shared/contracts/http/dead-letter-routes.ts';
import type { ParkedMessage, ParkedMessages, WorkingQueue } from '#shared/services/dead-letters/dead-letter-ports.ts';
import { listDeadLetters } from '#shared/services/dead-letters/read-dead-letters.ts';
import { replayDeadLetters, type ReplayPorts } from '#shared/services/dead-letters/replay-dead-letters.ts';
import { dynamoFailureNotes, dynamoFailureReader } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { dynamoReplayRepository } from '#shared/store/dead-letters/dynamo-replay-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';

const database = useDynamoDb();
const clock = { now: () => '2026-11-23T09:00:00.000Z', today: () => '2026-11-23' };

/** A dead-letter queue that may break off before it deletes. */
const aQueue = (bodies: readonly unknown[]) => {
  let messages: ParkedMessage[] = bodies.map((body) => {
    const messageId = randomUUID();
    return { messageId, body: JSON.stringify(body), sentAt: '2026-11-20T09:00:00.000Z', receiveCount: 6, handle: messageId };
  });
  const state = { breaksOff: false, hidden: new Set<string>() };
  const parked: ParkedMessages = {
    count: () => Promise.resolve(messages.length),
    take: (most) => {
      const taken = messages.filter(({ messageId }) => !state.hidden.has(messageId)).slice(0, most);
      for (const { messageId } of taken) state.hidden.add(messageId);
      return Promise.resolve(taken);
    },
    putBack: (back) => {
      for (const { messageId } of back) state.hidden.delete(messageId);
      return Promise.resolve();
    },
    remove: (done) => {
      if (state.breaksOff) return Promise.reject(new Error('the connection was lost'));
      messages = messages.filter((message) => !done.includes(message));
      return Promise.resolve();
    },
  };
  return { parked, state, ids: () => messages.map(({ messageId }) => messageId) };
};

const aWorld = (bodies: readonly unknown[]) => {
  const { client, tables } = database();
  const table = new DocumentTable(client, tables.Uploads);
  const queue = aQueue(bodies);
  const none = aQueue([]).parked;
  const sent: { readonly to: WorkingQueue; readonly message: unknown }[] = [];
  const work = (to: WorkingQueue) => ({
    send: (messages: readonly unknown[]) => {
      sent.push(...messages.map((message) => ({ to, message })));
      return Promise.resolve();
    },
  });
  const ports: ReplayPorts = {
    parked: { screen: none, weigh: none, ingest: queue.parked, assess: none, undelivered: none },
    work: { screen: work('screen'), weigh: work('weigh'), ingest: work('ingest'), assess: work('assess') },
    failures: dynamoFailureReader(table),
    replays: dynamoReplayRepository(table),
    idempotency: dynamoIdempotency(table),
    transactions: dynamoTransactions(client),
    clock,
    newId: ulid,
  };
  return { ports, queue, sent, table };
};
const continuing = (count: number) => Array.from({ length: count }, () => ({ kind: 'continue', uploadId: ulid() }));
const anOrder = (newReplay: NewReplay = { reason: 'It is mended' }) => ({
  queue: 'ingest' as const,
  newReplay,
  staffId: 'admin-1',
  idempotencyKey: randomUUID(),
});

describe('Sending messages back', () => {
  it('loses none where it is cut off between sending and deleting, and goes on with the same request', async () => {
    const { ports, queue, sent } = aWorld(continuing(12));
    const order = anOrder();
    queue.state.breaksOff = true;
    await expect(replayDeadLetters(ports, order)).rejects.toThrow('the connection was lost');
    expect(sent).toHaveLength(10);
    expect(queue.ids()).toHaveLength(12);
    // Nothing stays out of sight.
    expect(queue.state.hidden.size).toBe(0);

    queue.state.breaksOff = false;
    expect((await replayDeadLetters(ports, order)).sent).toHaveLength(12);
    expect(queue.ids()).toEqual([]);
    expect(new Set(sent.map(({ message }) => JSON.stringify(message))).size).toBe(12);
    expect(sent).toHaveLength(22);
    expect((await replayDeadLetters(ports, order)).missing).toHaveLength(12);
    expect((await listDeadLetters(ports, 'ingest')).replays.map(({ reason, by }) => [reason, by])).toEqual([['It is mended', 'admin-1']]);
  });

  it('takes a hundred at a time and says that there are more', async () => {
    const { ports, queue } = aWorld(continuing(130));
    expect(await listDeadLetters(ports, 'ingest')).toMatchObject({ isWhole: false });
    expect((await replayDeadLetters(ports, anOrder())).sent).toHaveLength(100);
    expect(queue.ids()).toHaveLength(30);
    expect(await listDeadLetters(ports, 'ingest')).toMatchObject({ isWhole: true });
  });

  it('refuses a key that was used for another request, and sends nothing', async () => {
    const { ports, queue, sent } = aWorld(continuing(1));
    const order = anOrder({ reason: 'First', messageIds: [randomUUID()] });
    expect(await replayDeadLetters(ports, order)).toMatchObject({ sent: [], missing: order.newReplay.messageIds });
    await expect(replayDeadLetters(ports, { ...order, newReplay: { reason: 'Second' } })).rejects.toThrow('idempotency-key-reused');
    expect(sent).toEqual([]);
    expect(queue.ids()).toHaveLength(1);
  });
});

it('A failure at a message is kept until a later one, and an earlier one that comes late changes nothing', async () => {
  const { ports, table, queue } = aWorld(continuing(1));
  const [messageId = ''] = queue.ids();
  const notes = dynamoFailureNotes(table, clock);
  await notes.note({ messageId, receiveCount: 4, errorName: 'TypeError' });
  await notes.note({ messageId, receiveCount: 5, errorName: 'ZodError', errorFrames: ['shared/services/x.ts:1:1'] });
  await notes.note({ messageId, receiveCount: 3, errorName: 'RangeError' });
  const [letter] = (await listDeadLetters(ports, 'ingest')).items;
  expect(letter).toMatchObject({
    kind: 'continue',
    goneAt: '2026-12-04T09:00:00.000Z',
    failure: { at: clock.now(), errorName: 'ZodError', errorFrames: ['shared/services/x.ts:1:1'] },
  });
});
