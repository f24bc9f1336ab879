import type { Outbox } from '../../services/outbox/outbox.ts';
import { addDays, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import { outboxItemSchema, outboxKey, outboxList, schemaVersion, uploadWorkPartition } from './record-items.ts';

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
          ...outboxKey(entry),
          ...entry,
          ...expiryOf(entry.createdAt),
          schemaVersion,
          listPk: outboxList,
          listSk: `${entry.createdAt}#${entry.outboxId}`,
        },
        condition.absent('pk'),
      ),
    ]),
  findAll: (names) => table.batchGet([...new Map(names.map((name) => [name.outboxId, outboxKey(name)])).values()], outboxItemSchema),
  remove: (...names) => table.deleteAll(names.map(outboxKey)),
  isWorkLeft: async (uploadId) =>
    (await table.query({ partition: uploadWorkPartition(uploadId), limit: 1 }, outboxItemSchema)).items.length > 0,
  listStale: (before, page) =>
    table.query({ ...page, partition: outboxList, index: listingIndex, between: ['0', before] }, outboxItemSchema),
});
