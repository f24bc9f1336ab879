import { outcomeSchema, type Outcome } from '../../domain/eligibility/determination.ts';
import { familySchema, type Family, type FamilyMember } from '../../domain/families/family.ts';
import {
  familySummarySchema,
  heldDeterminationSchema,
  type FamilyChange,
  type FamilyRepository,
  type FamilySummary,
  type HeldDetermination,
} from '../../services/families/family-repository.ts';
import { Refusal } from '../../services/refusal.ts';
import type { Page } from '../../services/uploads/upload-repository.ts';
import { condition } from '../condition.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Write } from '../write.ts';
import {
  determinationKey,
  familyKey,
  homeKey,
  membershipKey,
  membershipSchema,
  membershipsOf,
  pastDeterminationKey,
  dueKey,
  dueList,
  dueSchema,
  schemaVersion,
  summaryKey,
  summaryList,
} from './family-items.ts';

const outcomes = outcomeSchema.options;

const residents = (family: Family | undefined): readonly FamilyMember[] =>
  (family?.members ?? []).filter(({ lives }) => lives === 'in-the-household');

/** Families, memberships, determinations and the lists of them, in the records table (docs/access-patterns.md). */
export const dynamoFamilyRepository = (table: DocumentTable): FamilyRepository => {
  const familyWrite = ({ before, next, expiresOn }: FamilyChange): Write =>
    table.putWrite({ ...familyKey(next.familyId), ...next, ...expiry(expiresOn), schemaVersion }, condition.version(before?.version));

  /** `among`: the families that change together; a person may come from any of them, or from none. */
  const membershipWrites = (change: FamilyChange, among: readonly FamilyChange[]): Write[] => {
    const { before, next, expiresOn } = change;
    const familyId = next.familyId;
    const isIn = (members: readonly FamilyMember[], personId: string): boolean => members.some((member) => member.personId === personId);
    const from = [...new Set(among.map((each) => each.next.familyId))];
    const joins = residents(next).filter(({ personId }) => !isIn(residents(before), personId));
    const leaves = residents(before).filter(({ personId }) => !among.some((each) => isIn(residents(each.next), personId)));
    const kept = new Map(
      (before?.members ?? []).map((member) => [member.personId, JSON.stringify([member.role, member.lives, member.from])]),
    );
    return [
      ...joins.map(({ personId }) =>
        table.putWrite(
          { ...homeKey(personId), familyId, ...expiry(expiresOn), schemaVersion },
          condition.any(condition.absent('pk'), condition.oneOf('familyId', from)),
        ),
      ),
      ...leaves.map(({ personId }) =>
        table.deleteWrite(homeKey(personId), condition.any(condition.absent('pk'), condition.equals('familyId', familyId))),
      ),
      ...next.members
        .filter(({ personId, role, lives, from: since }) => kept.get(personId) !== JSON.stringify([role, lives, since]))
        .map(({ personId, role, lives, from: since }) =>
          table.putWrite({ ...membershipKey(personId, familyId), familyId, role, lives, from: since, ...expiry(expiresOn), schemaVersion }),
        ),
      ...(before?.members ?? [])
        .filter(({ personId }) => !isIn(next.members, personId))
        .map(({ personId }) => table.deleteWrite(membershipKey(personId, familyId))),
    ];
  };

  const determinationWrites = ({ before, held, summary }: NonNullable<FamilyChange['determined']>, expiresOn: string): Write[] => {
    const { familyId, version } = held;
    const ends = { ...expiry(expiresOn), schemaVersion };
    const headingsBefore = before?.determination.headingsMet ?? [];
    const listed = (heading?: string): Write =>
      table.putWrite({
        ...summaryKey(familyId, heading),
        ...summary,
        ...ends,
        listPk: summaryList(summary.outcome, heading),
        listSk: familyId,
      });
    return [
      ...(before?.version === version
        ? [table.checkWrite(determinationKey(familyId), condition.version(version))]
        : [
            table.putWrite({ ...determinationKey(familyId), ...held, ...ends }, condition.version(before?.version)),
            table.putWrite({ ...pastDeterminationKey(familyId, version), ...held, ...ends }),
          ]),
      listed(),
      table.putWrite({
        ...dueKey(familyId),
        familyId,
        ...ends,
        listPk: dueList,
        listSk: `${summary.reassessOn}#${familyId}`,
      }),
      ...summary.headingsMet.map((heading) => listed(heading)),
      ...headingsBefore
        .filter((heading) => !summary.headingsMet.includes(heading))
        .map((heading) => table.deleteWrite(summaryKey(familyId, heading))),
    ];
  };

  const withdrawalWrites = ({ familyId, version, determination }: HeldDetermination): Write[] => [
    table.deleteWrite(determinationKey(familyId), condition.version(version)),
    table.deleteWrite(summaryKey(familyId)),
    table.deleteWrite(dueKey(familyId)),
    ...determination.headingsMet.map((heading) => table.deleteWrite(summaryKey(familyId, heading))),
  ];

  const listOne = (
    outcome: Outcome,
    heading: string | undefined,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<Page<FamilySummary>> =>
    table.query({ ...page, partition: summaryList(outcome, heading), index: listingIndex }, familySummarySchema);

  return {
    findFamilies: (familyIds) => table.batchGet([...new Set(familyIds)].map(familyKey), familySchema),
    findDeterminations: (familyIds) => table.batchGet([...new Set(familyIds)].map(determinationKey), heldDeterminationSchema),

    listFamilyIdsOfPerson: async (personId) => {
      const memberships = await table.queryAll(membershipsOf(personId), membershipSchema);
      return memberships.map(({ familyId }) => familyId);
    },

    listSummaries: async ({ outcome, heading }, { limit, cursor }) => {
      if (outcome !== undefined) return listOne(outcome, heading, { limit, cursor });
      // All outcomes, one list after the other; the cursor says in which it stands, and where.
      const start = cursor === undefined ? { index: 0, inner: undefined } : readPosition(cursor);
      const items: FamilySummary[] = [];
      let inner = start.inner;
      for (const [index, current] of outcomes.entries()) {
        if (index < start.index) continue;
        if (items.length === limit) return { items, cursor: encodeCursor([current, listStart]) };
        const page: Page<FamilySummary> = await listOne(current, heading, { limit: limit - items.length, cursor: inner });
        items.push(...page.items);
        if (page.cursor !== undefined) return { items, cursor: encodeCursor([current, page.cursor]) };
        inner = undefined;
      }
      return { items };
    },

    listDueFamilies: async (on, page) => {
      const due = await table.query({ ...page, partition: dueList, index: listingIndex, between: ['0', `${on}#~`] }, dueSchema);
      return { ...due, items: due.items.map(({ familyId }) => familyId) };
    },

    changeFragment: (changes, group = changes) =>
      fragmentOf(
        changes.flatMap((change) => [
          familyWrite(change),
          ...membershipWrites(change, group),
          ...(change.determined ? determinationWrites(change.determined, change.expiresOn) : []),
          ...(change.withdrawn ? withdrawalWrites(change.withdrawn) : []),
        ]),
      ),

    determinationFragment: (family, determined, expiresOn) =>
      fragmentOf([
        table.checkWrite(familyKey(family.familyId), condition.version(family.version)),
        ...determinationWrites(determined, expiresOn),
      ]),
  };
};

const listStart = 'start';

const readPosition = (cursor: string): { readonly index: number; readonly inner: string | undefined } => {
  const [list, inner] = decodeCursor(cursor, 2);
  const index = outcomes.findIndex((outcome) => outcome === list);
  if (index < 0) throw new Refusal('invalid-cursor');
  return { index, inner: inner === listStart ? undefined : inner };
};
