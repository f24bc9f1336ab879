import { heldDeterminationSchema, type FamilyRepository } from '../../services/families/family-repository.ts';
import { familySchema } from '../../domain/families/family.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import {
  currentDeterminationKey,
  currentDeterminationSchema,
  determinationKey,
  dueList,
  dueSchema,
  familyKey,
  inputsKey,
  membershipSchema,
  membershipsOf,
  schemaVersion,
} from './family-items.ts';
import { familyLists } from './family-lists.ts';
import { familyWrites } from './family-writes.ts';
import { inputsItems, inputsPartSchema, unpackInputs } from './pack-inputs.ts';

/** Families, memberships, determinations and the lists of them, in the records table (docs/access-patterns.md). */
export const dynamoFamilyRepository = (table: DocumentTable): FamilyRepository => {
  const { familyWrite, membershipWrites, prolongingWrites, determinationWrites, withdrawalWrites } = familyWrites(table);
  return {
    findFamilies: (familyIds) => table.batchGet([...new Set(familyIds)].map(familyKey), familySchema),
    findDeterminations: async (familyIds) => {
      const current = await table.batchGet([...new Set(familyIds)].map(currentDeterminationKey), currentDeterminationSchema);
      return table.batchGet(
        current.map(({ familyId, version }) => determinationKey(familyId, version)),
        heldDeterminationSchema,
      );
    },

    findVersions: (familyId, versions) =>
      table.batchGet(
        [...new Set(versions)].map((version) => determinationKey(familyId, version)),
        heldDeterminationSchema,
      ),

    listVersions: async (familyId, { limit, below }) => {
      if (below === 1) return [];
      const [{ pk, sk: first }, { sk: last }] = [determinationKey(familyId, 0), determinationKey(familyId, (below ?? 1_000_000) - 1)];
      const { items } = await table.query({ partition: pk, between: [first, last], descending: true, limit }, heldDeterminationSchema);
      return items;
    },

    findInputs: async (familyId, version) => {
      const first = await table.get(inputsKey(familyId, version), inputsPartSchema);
      if (first === undefined) return undefined;
      const rest = Array.from({ length: first.parts - 1 }, (_, index) =>
        table.get(inputsKey(familyId, version, index + 1), inputsPartSchema),
      );
      return unpackInputs([first, ...(await Promise.all(rest))].map((part) => part?.packed ?? new Uint8Array()));
    },

    inputsFragment: (inputs, expiresOn) =>
      fragmentOf(inputsItems(inputs, { ...expiry(expiresOn), schemaVersion }).map((item) => table.putWrite(item, condition.exists('pk')))),

    listFamilyIdsOfPerson: async (personId) => {
      const memberships = await table.queryAll(membershipsOf(personId), membershipSchema);
      return memberships.map(({ familyId }) => familyId);
    },

    listSummaries: familyLists(table),

    listDueFamilies: async (on, page) => {
      const due = await table.query({ ...page, partition: dueList, index: listingIndex, between: ['0', `${on}#~`] }, dueSchema);
      return { ...due, items: due.items.map(({ familyId }) => familyId) };
    },

    changeFragment: (changes, group = changes) =>
      fragmentOf(
        changes.flatMap((change) => [
          familyWrite(change),
          ...membershipWrites(change, group),
          ...(change.determined ? determinationWrites(change.determined, { expiresOn: change.expiresOn, prolong: true }) : []),
          ...(change.withdrawn ? withdrawalWrites(change.withdrawn) : []),
        ]),
      ),

    determinationFragment: (family, determined, kept) =>
      fragmentOf([
        ...(kept.prolong
          ? prolongingWrites(family, kept.expiresOn)
          : [table.checkWrite(familyKey(family.familyId), condition.version(family.version))]),
        ...determinationWrites(determined, kept),
      ]),
  };
};
