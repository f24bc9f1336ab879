import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Page } from '../uploads/upload-repository.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

export interface OutboxSweepPorts {
  readonly outbox: Pick<Outbox, 'listStale'>;
  readonly assessQueue: MessageQueue<AssessMessage>;
  readonly clock: Clock;
}

/** Longer than a busy queue takes: announcing work that is merely waiting its turn would only lengthen the queue. */
const staleAfterSeconds = 15 * 60;
const pageSize = 100;

/** Announces work again whose announcement was lost. Yields how many of each page. Doing work twice does no harm. */
export const sweepOutbox = async function* ({ outbox, assessQueue, clock }: OutboxSweepPorts): AsyncGenerator<number, void, undefined> {
  const before = addSeconds(clock.now(), -staleAfterSeconds);
  let cursor: string | undefined;
  do {
    const page: Page<OutboxEntry> = await outbox.listStale(before, { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    await assessQueue.send(page.items.map(({ outboxId, uploadId }) => ({ kind: 'outbox', outboxId, uploadId })));
    yield page.items.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
};
