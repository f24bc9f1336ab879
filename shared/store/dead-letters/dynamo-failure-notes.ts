import { daysLater } from '../../domain/calendar/days.ts';
import { daysKeptInQueue, messageFailureSchema } from '../../domain/operations/dead-letter.ts';
import type { Clock } from '../../services/clock.ts';
import type { FailureNotes, FailureReader } from '../../services/dead-letters/dead-letter-ports.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import type { Key } from '../write.ts';

const schemaVersion = 1;

const failureKey = (messageId: string): Key => ({ pk: `FAILED-MESSAGE#${messageId}`, sk: 'FAILED-MESSAGE' });

/** A day longer than any queue keeps the message. */
const expiresOn = (at: string): string => daysLater(at.slice(0, 10), daysKeptInQueue + 1);

/** The last failure at each message, in the uploads table (docs/access-patterns.md). */
export const dynamoFailureNotes = (table: DocumentTable, clock: Clock): FailureNotes => ({
  note: async (failure) => {
    const at = clock.now();
    await table.put(
      { ...failureKey(failure.messageId), schemaVersion, ...failure, at, ...expiry(expiresOn(at)) },
      condition.any(condition.absent('pk'), condition.below('receiveCount', failure.receiveCount)),
    );
  },
});

export const dynamoFailureReader = (table: DocumentTable): FailureReader => ({
  findFailures: (messageIds) => table.batchGet(messageIds.map(failureKey), messageFailureSchema),
});
