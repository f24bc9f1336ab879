import * as z from 'zod';
import { matchKeyEntrySchema } from '../../domain/matching/match-key-entry.ts';
import { personRecordSchema } from '../../domain/people/person-record.ts';
import type { HeldPeople, HeldPerson } from '../../services/families/held-people.ts';
import { inParallel } from '../../services/in-parallel.ts';
import type { DocumentTable } from '../document-table.ts';
import { profileItemSchema } from '../records/profile-item.ts';
import { lastEvidence, matchKeyKey, personPartition, recordPrefix } from '../records/record-items.ts';
import { homeKey, membershipPrefix, membershipSchema } from './family-items.ts';

const anyItem = z.looseObject({ sk: z.string() });

/**
 * Home, memberships, profile and records of a person stand side by side in the person's partition, in this order of sort
 * keys, with earlier contents between: one query reads them all.
 */
export const dynamoHeldPeople = (table: DocumentTable): HeldPeople => ({
  readKeys: (keys) => table.batchGet([...new Set(keys)].map(matchKeyKey), matchKeyEntrySchema),

  readPeople: async (personIds) => {
    const found = await inParallel([...new Set(personIds)], async (personId): Promise<HeldPerson | undefined> => {
      const { sk: first } = homeKey(personId);
      const items = await table.queryAll({ partition: personPartition(personId), between: [first, lastEvidence] }, anyItem);
      const profile = items.find(({ sk }) => sk === 'PROFILE');
      if (profile === undefined) return undefined;
      const home = items.filter(({ sk }) => sk === first).map((item) => membershipSchema.parse(item))[0];
      const memberships = items.filter(({ sk }) => sk.startsWith(membershipPrefix)).map((item) => membershipSchema.parse(item));
      const boundUntil = new Map<string, string>();
      for (const { familyId, expiresOn } of [...memberships, ...(home ? [home] : [])]) {
        const sooner = boundUntil.get(familyId);
        boundUntil.set(familyId, sooner !== undefined && sooner < expiresOn ? sooner : expiresOn);
      }
      return {
        profile: profileItemSchema.parse(profile),
        records: items.filter(({ sk }) => sk.startsWith(recordPrefix)).map((item) => personRecordSchema.parse(item)),
        home: home?.familyId,
        familyIds: memberships.map(({ familyId }) => familyId),
        boundUntil,
      };
    });
    return found.filter((person) => person !== undefined);
  },
});
