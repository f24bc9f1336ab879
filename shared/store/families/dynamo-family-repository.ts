import * as z from 'zod';
import { visibilities, type Visibility } from '../../domain/access/access.ts';
import type { SeenOutcome } from '../../domain/access/limited-determination.ts';
import { outcomeSchema } from '../../domain/eligibility/determination.ts';
import { familySchema, familySeen, type Family, type FamilyMember } from '../../domain/families/family.ts';
import {
  familySummarySchema,
  heldDeterminationSchema,
  type FamilyChange,
  type FamilyRepository,
  type FamilySummaries,
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
import { inputsItems, inputsPartSchema, unpackInputs } from './pack-inputs.ts';
import { fragmentOf } from '../transactions.ts';
import type { Write } from '../write.ts';
import {
  currentDeterminationKey,
  currentDeterminationSchema,
  determinationKey,
  familyKey,
  homeKey,
  membershipKey,
  membershipSchema,
  membershipsOf,
  inputsKey,
  dueKey,
  dueList,
  dueSchema,
  schemaVersion,
  summaryKey,
  summaryList,
} from './family-items.ts';

/** The lists that a reader's families stand in. */
const outcomesOf: Readonly<Record<Visibility, readonly SeenOutcome[]>> = {
  whole: outcomeSchema.options,
  limited: ['eligible', 'not-shown'],
};

const residents = (family: Family | undefined): readonly FamilyMember[] =>
  (family?.members ?? []).filter(({ lives }) => lives === 'in-the-household');

/** Everybody who belongs to it to any reader, as all records show it where they do. */
const everybody = (family: Family | undefined): readonly FamilyMember[] => {
  if (family === undefined) return [];
  const limited = familySeen(family, 'limited')?.members ?? [];
  return [...family.members, ...limited.filter(({ personId }) => !family.members.some((member) => member.personId === personId))];
};

/** Families, memberships, determinations and the lists of them, in the records table (docs/access-patterns.md). */
export const dynamoFamilyRepository = (table: DocumentTable): FamilyRepository => {
  const familyWrite = ({ before, next, expiresOn }: FamilyChange): Write =>
    table.putWrite({ ...familyKey(next.familyId), ...next, ...expiry(expiresOn), schemaVersion }, condition.version(before?.version));

  const membershipWrite = (familyId: string, { personId, role, lives, from }: FamilyMember, expiresOn: string): Write =>
    table.putWrite({ ...membershipKey(personId, familyId), familyId, role, lives, from, ...expiry(expiresOn), schemaVersion });

  const homeWrite = (familyId: string, personId: string, from: readonly string[], expiresOn: string): Write =>
    table.putWrite(
      { ...homeKey(personId), familyId, ...expiry(expiresOn), schemaVersion },
      condition.any(condition.absent('pk'), condition.oneOf('familyId', from)),
    );

  /** `among`: the families that change together; a person may come from any of them, or from none. */
  const membershipWrites = (change: FamilyChange, among: readonly FamilyChange[]): Write[] => {
    const { before, next, expiresOn } = change;
    const familyId = next.familyId;
    const isIn = (members: readonly FamilyMember[], personId: string): boolean => members.some((member) => member.personId === personId);
    const from = [...new Set(among.map((each) => each.next.familyId))];
    const joins = residents(next).filter(({ personId }) => !isIn(residents(before), personId));
    const leaves = residents(before).filter(({ personId }) => !among.some((each) => isIn(residents(each.next), personId)));
    const [members, membersBefore] = [everybody(next), everybody(before)];
    const kept = new Map(membersBefore.map((member) => [member.personId, JSON.stringify([member.role, member.lives, member.from])]));
    return [
      ...joins.map(({ personId }) => homeWrite(familyId, personId, from, expiresOn)),
      ...leaves.map(({ personId }) =>
        table.deleteWrite(homeKey(personId), condition.any(condition.absent('pk'), condition.equals('familyId', familyId))),
      ),
      ...members
        .filter(({ personId, role, lives, from: since }) => kept.get(personId) !== JSON.stringify([role, lives, since]))
        .map((member) => membershipWrite(familyId, member, expiresOn)),
      ...membersBefore
        .filter(({ personId }) => !isIn(members, personId))
        .map(({ personId }) => table.deleteWrite(membershipKey(personId, familyId))),
    ];
  };

  /** Nothing changes but the day until which it is kept. */
  const prolongingWrites = (family: Family, expiresOn: string): Write[] => [
    familyWrite({ before: family, next: family, expiresOn }),
    ...residents(family).map(({ personId }) => homeWrite(family.familyId, personId, [family.familyId], expiresOn)),
    ...everybody(family).map((member) => membershipWrite(family.familyId, member, expiresOn)),
  ];

  const summaryWrites = (familyId: string, summaries: FamilySummaries, ends: object): Write[] =>
    visibilities.map((visibility) => {
      const summary = summaries[visibility];
      const key = summaryKey(familyId, visibility);
      if (summary === undefined) return table.deleteWrite(key);
      return table.putWrite({ ...key, ...summary, ...ends, listPk: summaryList(summary.outcome, visibility), listSk: familyId });
    });

  /** `prolong`: what stays as it is is written again, with the new day. */
  const determinationWrites = (
    { before, held, summaries, inputs }: NonNullable<FamilyChange['determined']>,
    { expiresOn, prolong }: { readonly expiresOn: string; readonly prolong: boolean },
  ): Write[] => {
    const { familyId, version } = held;
    const ends = { ...expiry(expiresOn), schemaVersion };
    const current = currentDeterminationKey(familyId);
    const { reassessOn } = summaries.whole ?? summaries.limited ?? {};
    return [
      ...(before?.version === version && !prolong
        ? [table.checkWrite(current, condition.version(version))]
        : [
            table.putWrite({ ...current, familyId, version, ...ends }, condition.version(before?.version)),
            table.putWrite({ ...determinationKey(familyId, version), ...held, ...ends }),
            ...(inputs ? inputsItems(inputs, ends).map((item) => table.putWrite(item)) : []),
          ]),
      ...summaryWrites(familyId, summaries, ends),
      reassessOn === undefined
        ? table.deleteWrite(dueKey(familyId))
        : table.putWrite({ ...dueKey(familyId), familyId, ...ends, listPk: dueList, listSk: `${reassessOn}#${familyId}` }),
    ];
  };

  const withdrawalWrites = ({ familyId, version }: HeldDetermination): Write[] => [
    table.deleteWrite(currentDeterminationKey(familyId), condition.version(version)),
    ...summaryWrites(familyId, { whole: undefined, limited: undefined }, {}),
    table.deleteWrite(dueKey(familyId)),
  ];

  /** A page of one list, without the families that do not meet the heading: read on until the page is full. */
  const listOne = async (
    list: string,
    heading: string | undefined,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<FamilySummary>> => {
    const partition = { partition: list, index: listingIndex };
    if (heading === undefined) return table.query({ ...partition, limit, cursor }, familySummarySchema);
    const found: FamilySummary[] = [];
    let from = cursor;
    do {
      const page: Page<FamilySummary & ListedItem> = await table.query(
        { ...partition, limit: mostLookedAt, cursor: from },
        listedSummarySchema,
      );
      const fitting = page.items.filter(({ headingsMet }) => headingsMet.includes(heading));
      const shown = fitting.slice(0, limit - found.length);
      found.push(...shown.map((item) => familySummarySchema.parse(item)));
      const last = shown.at(-1);
      // The page is full: it goes on behind the last one shown, if anything is behind it.
      if (found.length === limit && last && (shown.length < fitting.length || page.cursor !== undefined))
        return { items: found, cursor: encodeCursor([last.listSk, last.pk, last.sk]) };
      from = page.cursor;
    } while (from !== undefined);
    return { items: found };
  };

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

    listSummaries: async ({ visibility = 'whole', outcome, heading }, { limit, cursor }) => {
      if (outcome !== undefined) return listOne(summaryList(outcome, visibility), heading, { limit, cursor });
      const outcomes = outcomesOf[visibility];
      // All outcomes, one list after the other; the cursor says in which it stands, and where.
      const start = cursor === undefined ? { index: 0, inner: undefined } : readPosition(outcomes, cursor);
      const items: FamilySummary[] = [];
      let inner = start.inner;
      for (const [index, current] of outcomes.entries()) {
        if (index < start.index) continue;
        if (items.length === limit) return { items, cursor: encodeCursor([current, listStart]) };
        const page: Page<FamilySummary> = await listOne(summaryList(current, visibility), heading, {
          limit: limit - items.length,
          cursor: inner,
        });
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

/** Families looked at in one request for those that meet a heading. */
const mostLookedAt = 200;

const listedSummarySchema = familySummarySchema.extend({ pk: z.string(), sk: z.string(), listSk: z.string() });
type ListedItem = Pick<z.infer<typeof listedSummarySchema>, 'pk' | 'sk' | 'listSk'>;

const listStart = 'start';

const readPosition = (outcomes: readonly SeenOutcome[], cursor: string): { readonly index: number; readonly inner: string | undefined } => {
  const [list, inner] = decodeCursor(cursor, 2);
  const index = outcomes.findIndex((outcome) => outcome === list);
  if (index < 0) throw new Refusal('invalid-cursor');
  return { index, inner: inner === listStart ? undefined : inner };
};
