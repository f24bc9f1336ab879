import * as z from 'zod';
import type { PersonFamilies } from '../../services/people/person-families.ts';
import type { DocumentTable } from '../document-table.ts';
import { personPartition } from '../records/record-items.ts';

const membershipPrefix = 'FAMILY#';
/** What is needed of a membership: the rest is the families' own business. */
const membershipSchema = z.object({ sk: z.string().startsWith(membershipPrefix), to: z.string().optional() });

/** Families of a person out of `PERSON#<id> FAMILY#<familyId>` (docs/access-patterns.md). */
export const dynamoPersonFamilies = (table: DocumentTable): PersonFamilies => ({
  listFamilyIdsOfPerson: async (personId) => {
    const memberships = await table.queryAll({ partition: personPartition(personId), beginsWith: membershipPrefix }, membershipSchema);
    return memberships.flatMap(({ sk, to }) => (to === undefined ? [sk.slice(membershipPrefix.length)] : []));
  },
});
