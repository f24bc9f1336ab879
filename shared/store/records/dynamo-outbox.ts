import type { Outbox } from '../../services/outbox/outbox.ts';
import { addDays, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import { outboxItemSchema, outboxKey, outboxList, schemaVersion } from './record-items.ts';

/** Work that nobody has done for so long is an incident; the entry is kept until that is dealt with, not for ever. */
const daysKept = 90;

const expiryOf = (createdAt: string) => {
  const day = parseIsoDate(createdAt.slice(0, 10));
  if (day === undefined) throw new RangeError('createdAt must be an ISO instant');
  return expiry(formatIsoDate(addDays(day, daysKept)));
};

/** Entries carry a list key as long as they are there, so the sparse index holds open work only (docs/adr/0002). */
export const dynamoOutbox = (table: DocumentTable): Outbox => ({
  addFragment: (entry) =>
    fragmentOf([
      table.putWrite(
        {
          ...outboxKey(entry.outboxId),
          ...entry,
          ...expiryOf(entry.createdAt),
          schemaVersion,
          listPk: outboxList,
          listSk: `${entry.createdAt}#${entry.outboxId}`,
        },
        condition.absent('pk'),
      ),
    ]),
  find: (outboxId) => table.get(outboxKey(outboxId), outboxItemSchema),
  findAll: (outboxIds) => table.batchGet([...new Set(outboxIds)].map(outboxKey), outboxItemSchema),
  remove: (...outboxIds) => table.deleteAll(outboxIds.map(outboxKey)),
  listStale: (before, page) =>
    table.query({ ...page, partition: outboxList, index: listingIndex, between: ['0', before] }, outboxItemSchema),
});
