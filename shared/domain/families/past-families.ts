import type { BuiltFamily } from './build-families.ts';
import type { Family, FamilyMember, PastFamily } from './family.ts';

type WithPast = Pick<Family, 'familyId' | 'past'>;

/** The family and every family whose past is its own, itself first. */
export const sourcesOf = ({ familyId, past = [] }: WithPast): readonly PastFamily[] => [{ familyId }, ...past];

/** Ids of the family, of all that were merged into it and of all that it was split from. Two families with one of them in common were one. */
export const lineageIds = (family: WithPast): readonly string[] => sourcesOf(family).map(({ familyId }) => familyId);

/** An adult who moves out begins a family of their own; with a child, part of the family goes on elsewhere. */
const goesOnWith = ({ role }: FamilyMember): boolean => role !== 'adult' && role !== 'parent-or-carer';

/** Whether a family that is new is a part of one that was there: somebody of it who is no adult lived there. */
export const isPartOf = (built: BuiltFamily, before: Pick<Family, 'members'>): boolean => {
  const here = new Set(built.members.flatMap(({ personId, lives }) => (lives === 'in-the-household' ? [personId] : [])));
  return before.members.some((member) => member.lives === 'in-the-household' && here.has(member.personId) && goesOnWith(member));
};

const earlier = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);

/**
 * The past of a family after a step: its own, that of the families merged into it, and up to `at` that of the families it is a part of.
 * Each family once; undefined where there is none.
 */
export const nextPast = (
  familyId: string,
  {
    before,
    absorbed,
    partOf,
    at,
  }: {
    readonly before: WithPast | undefined;
    readonly absorbed: readonly WithPast[];
    readonly partOf: readonly WithPast[];
    readonly at: string;
  },
): PastFamily[] | undefined => {
  const all = new Map<string, PastFamily>();
  const add = (source: PastFamily): void => {
    const known = all.get(source.familyId);
    const isWider = known?.until !== undefined && (source.until === undefined || source.until > known.until);
    if (source.familyId !== familyId && (known === undefined || isWider)) all.set(source.familyId, source);
  };
  for (const source of before?.past ?? []) add(source);
  for (const source of absorbed.flatMap(sourcesOf)) add(source);
  for (const source of partOf.flatMap(sourcesOf)) add({ ...source, until: earlier(source.until, at) });
  return all.size === 0 ? undefined : [...all.values()].toSorted((a, b) => (a.familyId < b.familyId ? -1 : 1));
};
