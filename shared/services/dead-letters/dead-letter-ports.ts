import type { DeadLetterQueueName, MessageFailure, Replay } from '../../domain/operations/dead-letter.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** A message as it lies in a dead-letter queue. */
export interface ParkedMessage {
  readonly messageId: string;
  readonly body: string;
  /** When it was sent to its worker. */
  readonly sentAt: string;
  readonly receiveCount: number;
  /** By what this look at it is put back or ended. */
  readonly handle: string;
  /** EventBridge's code for why an event could not be delivered. */
  readonly deliveryError?: string;
}

/** A queue as somebody sees it who looks through it. What is taken nobody else sees until it is put back, or a minute has passed. */
export interface ParkedMessages {
  /** As SQS estimates it; those that somebody has taken are counted, too. */
  readonly count: () => Promise<number>;
  /** Any of them, `most` or fewer; fewer means that there are no more. */
  readonly take: (most: number) => Promise<readonly ParkedMessage[]>;
  readonly putBack: (messages: readonly ParkedMessage[]) => Promise<void>;
  readonly remove: (messages: readonly ParkedMessage[]) => Promise<void>;
}

/** Where workers note what they failed at. */
export interface FailureNotes {
  readonly note: (failure: Omit<MessageFailure, 'at'>) => Promise<void>;
}

export interface FailureReader {
  readonly findFailures: (messageIds: readonly string[]) => Promise<readonly MessageFailure[]>;
}

export interface ReplayRepository {
  readonly findReplay: (replay: Pick<Replay, 'queue' | 'replayId'>) => Promise<Replay | undefined>;
  /** The newest first. */
  readonly listLastReplays: (queue: DeadLetterQueueName) => Promise<readonly Replay[]>;
  readonly replayFragment: (replay: Replay) => TransactionFragment;
}

export type WorkingQueue = Exclude<DeadLetterQueueName, 'undelivered'>;

export interface DeadLetterPorts {
  readonly parked: Readonly<Record<DeadLetterQueueName, ParkedMessages>>;
  readonly work: Readonly<Record<WorkingQueue, MessageQueue<unknown>>>;
  readonly failures: FailureReader;
  readonly replays: ReplayRepository;
}
