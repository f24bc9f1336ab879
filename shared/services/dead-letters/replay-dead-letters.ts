import { mostDeadLetters, type NewReplay, type ReplayResult } from '../../contracts/http/dead-letter-routes.ts';
import type { DeadLetterQueueName, Replay } from '../../domain/operations/dead-letter.ts';
import { groupsOf } from '../../domain/groups-of.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Transactions } from '../transaction-fragment.ts';
import type { Idempotency, IdempotentRequest } from '../uploads/idempotency.ts';
import type { DeadLetterPorts, ParkedMessage } from './dead-letter-ports.ts';
import { describeMessage } from './describe-message.ts';

export interface ReplayPorts extends DeadLetterPorts {
  readonly idempotency: Idempotency;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Request {
  readonly queue: DeadLetterQueueName;
  readonly newReplay: NewReplay;
  /** The issuer's subject. */
  readonly staffId: string;
  readonly idempotencyKey: string;
}

/** As many as SQS takes in one call. */
const atOnce = 10;

/**
 * Sends messages back to their worker. Who does it, why, and which they are is written down before the first is sent. Each is
 * sent before it is deleted: cut off between the two it is there twice, which every worker bears; the same request again
 * goes on with those that are left.
 */
export const replayDeadLetters = async (
  ports: ReplayPorts,
  { queue, newReplay, staffId, idempotencyKey }: Request,
): Promise<ReplayResult> => {
  const mark = { operation: 'replayDeadLetters', actorId: staffId, key: idempotencyKey, request: JSON.stringify([queue, newReplay]) };
  const before = await begunBefore(ports, queue, mark);
  const parked = ports.parked[queue];
  const taken = await parked.take(mostDeadLetters);
  const left = new Set(taken);
  try {
    const replay = before ?? (await begin(ports, mark, { queue, newReplay, staffId, taken }));
    const wanted = new Set(replay.messageIds);
    const chosen = taken
      .filter(({ messageId }) => wanted.has(messageId))
      .map((message) => ({ message, ...describeMessage(queue, message.body) }));
    const readable = chosen.flatMap(({ message, to, content }) => (to === undefined ? [] : [{ message, to, content }]));
    for (const batch of groupsOf(readable, atOnce)) {
      for (const to of new Set(batch.map((each) => each.to)))
        await ports.work[to].send(batch.filter((each) => each.to === to).map(({ content }) => content));
      const messages = batch.map(({ message }) => message);
      await parked.remove(messages);
      for (const message of messages) left.delete(message);
    }
    const there = new Set(chosen.map(({ message }) => message.messageId));
    return {
      ...replay,
      sent: readable.map(({ message }) => message.messageId),
      unreadable: chosen.filter(({ to }) => to === undefined).map(({ message }) => message.messageId),
      missing: replay.messageIds.filter((messageId) => !there.has(messageId)),
    };
  } finally {
    await parked.putBack([...left]);
  }
};

interface Beginning extends Pick<Request, 'queue' | 'newReplay' | 'staffId'> {
  readonly taken: readonly ParkedMessage[];
}

const begin = async (ports: ReplayPorts, mark: IdempotentRequest, { queue, newReplay, staffId, taken }: Beginning): Promise<Replay> => {
  const replay: Replay = {
    replayId: ports.newId(),
    queue,
    at: ports.clock.now(),
    by: staffId,
    reason: newReplay.reason,
    messageIds: newReplay.messageIds ?? taken.map(({ messageId }) => messageId),
  };
  const { ok } = await ports.transactions.commit([
    ports.replays.replayFragment(replay),
    ports.idempotency.fragment(mark, { resourceId: replay.replayId, at: replay.at }),
  ]);
  // The same request at the same moment may have been faster.
  const begun = ok ? replay : await begunBefore(ports, queue, mark);
  if (!begun) throw new Refusal('try-again');
  return begun;
};

const begunBefore = async (
  { replays, idempotency }: ReplayPorts,
  queue: DeadLetterQueueName,
  mark: IdempotentRequest,
): Promise<Replay | undefined> => {
  const outcome = await idempotency.begin(mark);
  if (outcome.kind === 'new') return undefined;
  if (outcome.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  return replays.findReplay({ queue, replayId: outcome.resourceId });
};
