import { chaseSchema, type Chase } from '../../contracts/http/due-routes.ts';
import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import type { ChaseRepository } from '../../services/agreements/chase-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';

const schemaVersion = 1;
const prefix = 'CHASE#';
/** More reminders than that about the periods that are looked at say nothing new. */
const mostLookedAt = 100;

const chaseKey = ({ agreementId, chaseId }: Pick<Chase, 'agreementId' | 'chaseId'>): Key => ({
  pk: `AGREEMENT#${agreementId}`,
  sk: `${prefix}${chaseId}`,
});

export const dynamoChaseRepository = (table: DocumentTable): ChaseRepository => ({
  findChase: (chase) => table.get(chaseKey(chase), chaseSchema),
  listLastChases: async (agreementId) => {
    const page = { partition: `AGREEMENT#${agreementId}`, beginsWith: prefix, descending: true, limit: mostLookedAt };
    return (await table.query(page, chaseSchema)).items;
  },
  chaseFragment: (chase) =>
    fragmentOf([
      table.putWrite({ ...chaseKey(chase), schemaVersion, ...chase, ...expiry(sharingRecordExpiresOn(chase.at)) }, condition.absent('pk')),
    ]),
});
