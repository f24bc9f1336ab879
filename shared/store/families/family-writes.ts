import { visibilities } from '../../domain/access/access.ts';
import { familySeen, type Family, type FamilyMember } from '../../domain/families/family.ts';
import type { FamilyChange, FamilySummaries, HeldDetermination } from '../../services/families/family-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import type { Write } from '../write.ts';
import {
  currentDeterminationKey,
  determinationKey,
  dueKey,
  dueList,
  familyKey,
  homeKey,
  membershipKey,
  schemaVersion,
  summaryKey,
  summaryList,
} from './family-items.ts';
import { inputsItems } from './pack-inputs.ts';

const residents = (family: Family | undefined): readonly FamilyMember[] =>
  (family?.members ?? []).filter(({ lives }) => lives === 'in-the-household');

/** Everybody who belongs to it to any reader, as all records show it where they do. */
const everybody = (family: Family | undefined): readonly FamilyMember[] => {
  if (family === undefined) return [];
  const limited = familySeen(family, 'limited')?.members ?? [];
  return [...family.members, ...limited.filter(({ personId }) => !family.members.some((member) => member.personId === personId))];
};

/** The writes of families, who belongs to them, and what they are determined to be. */
export const familyWrites = (table: DocumentTable) => {
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

  return { familyWrite, membershipWrites, prolongingWrites, determinationWrites, withdrawalWrites };
};
