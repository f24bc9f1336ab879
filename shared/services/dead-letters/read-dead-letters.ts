import { mostDeadLetters, type DeadLetter, type DeadLetterPage } from '../../contracts/http/dead-letter-routes.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import { daysKeptInQueue, deadLetterQueues, type DeadLetterQueueName, type MessageFailure } from '../../domain/operations/dead-letter.ts';
import type { DeadLetterPorts, ParkedMessage } from './dead-letter-ports.ts';
import { describeMessage } from './describe-message.ts';

export const countDeadLetters = async ({ parked }: Pick<DeadLetterPorts, 'parked'>) => ({
  items: await Promise.all(deadLetterQueues.map(async (queue) => ({ queue, messages: await parked[queue].count() }))),
});

/** Takes what is there into the hand, says what it is, and puts it back. */
export const listDeadLetters = async (
  { parked, failures, replays }: Pick<DeadLetterPorts, 'parked' | 'failures' | 'replays'>,
  queue: DeadLetterQueueName,
): Promise<DeadLetterPage> => {
  const taken = await parked[queue].take(mostDeadLetters + 1);
  try {
    const shown = taken.slice(0, mostDeadLetters);
    const notes = await failures.findFailures(shown.map(({ messageId }) => messageId));
    const byMessage = new Map(notes.map((failure) => [failure.messageId, failure]));
    return {
      queue,
      items: shown.map((message) => deadLetter(queue, message, byMessage.get(message.messageId))),
      isWhole: taken.length <= mostDeadLetters,
      replays: [...(await replays.listLastReplays(queue))],
    };
  } finally {
    await parked[queue].putBack(taken);
  }
};

const deadLetter = (queue: DeadLetterQueueName, message: ParkedMessage, failure: MessageFailure | undefined): DeadLetter => {
  const { kind, uploadId, outboxId } = describeMessage(queue, message.body);
  return {
    messageId: message.messageId,
    kind,
    ...(uploadId !== undefined && { uploadId }),
    ...(outboxId !== undefined && { outboxId }),
    sentAt: message.sentAt,
    goneAt: addSeconds(message.sentAt, daysKeptInQueue * 86_400),
    received: message.receiveCount,
    ...(failure !== undefined && { failure }),
    ...(message.deliveryError !== undefined && { deliveryError: message.deliveryError }),
  };
};
