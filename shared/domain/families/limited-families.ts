import type { IsoDate } from '../calendar/calendar-date.ts';
import type { BuiltFamily } from './build-families.ts';
import { continueFamilies, endedFamily, hasChanged, mergedFamily, nextFamily, type FamilyStep } from './continue-families.ts';
import { familySeen, type Family, type FamilyMember, type ShownFamily } from './family.ts';

/** A family as it was read and as all records show it now (`next.limited` is not looked at). */
export interface WholeStep {
  readonly before: Family | undefined;
  readonly next: Family;
}

export interface LimitedContext {
  readonly at: string;
  readonly on: IsoDate;
  readonly newId: () => string;
}

const whole = ({ limited: _, ...rest }: Family): ShownFamily => rest;

const residents = ({ members }: { readonly members: readonly FamilyMember[] }): readonly string[] =>
  members.flatMap(({ personId, lives }) => (lives === 'in-the-household' ? [personId] : []));

/** Of these families the one with most of the people; of equals the older one. */
const nearest = (built: BuiltFamily, families: readonly ShownFamily[]): ShownFamily | undefined =>
  families
    .map((family) => ({ family, shared: residents(family).filter((id) => residents(built).includes(id)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared || (a.family.familyId < b.family.familyId ? -1 : 1))[0]?.family;

/** The family after a step, or as it was where nothing about it has changed. */
const stepped = (step: Exclude<FamilyStep, { kind: 'found' }>, { at, on }: LimitedContext): ShownFamily => {
  const { before } = step;
  switch (step.kind) {
    case 'go-on': {
      const own = { familyId: before.familyId, identityConflict: false, absorbed: step.absorbed, others: step.others, at, on };
      const next = nextFamily(before, step.built, own);
      return hasChanged(before, next) ? next : before;
    }
    case 'merge':
      return mergedFamily(before, step.into, { at, on });
    case 'end':
      return endedFamily(before, { at, on });
  }
};

/**
 * Joins to each family how the records of the standard class alone show it. `built` are the families that these records
 * form: they go on by themselves, with ids, versions and times of their own, as if there were no other records. They share
 * their ids with the families that all records form, as far as both have most of the same people.
 *
 * Nobody who sees only these is told that somebody's identity is to be checked: what a row contradicts may be another's row.
 *
 * Where only these records show a family (others have joined its people to another one) it has an id under which all
 * records show nothing but the way to that other one.
 */
export const withLimited = (steps: readonly WholeStep[], built: readonly BuiltFamily[], context: LimitedContext): readonly WholeStep[] => {
  const before = steps.flatMap((step) => (step.before && familySeen(step.before, 'limited')) ?? []);
  const results = new Map<string, ShownFamily>(before.map((family) => [family.familyId, family]));
  const found: Extract<FamilyStep, { kind: 'found' }>[] = [];
  for (const step of continueFamilies(before, built)) {
    if (step.kind === 'found') found.push(step);
    else results.set(step.before.familyId, stepped(step, context));
  }
  const now = steps.map(({ next }) => next).filter(({ state }) => state === 'current');
  const onlyLimited: WholeStep[] = [];
  for (const { built: each, partOf } of found) {
    const own = nearest(
      each,
      now.filter(({ familyId }) => !results.has(familyId)),
    );
    const familyId = own?.familyId ?? context.newId();
    const family = nextFamily(undefined, each, {
      familyId,
      identityConflict: false,
      partOf,
      at: context.at,
      on: context.on,
    });
    results.set(familyId, family);
    if (own === undefined) {
      const joined = nearest(each, now)?.familyId;
      const { mergedInto: _, ...rest } = mergedFamily({ ...family, members: [], version: 0 }, familyId, context);
      onlyLimited.push({
        before: undefined,
        next: joined === undefined ? { ...rest, state: 'ended' } : { ...rest, mergedInto: joined },
      });
    }
  }
  return [...steps, ...onlyLimited].map((step) => attach(step, results.get(step.next.familyId), context));
};

const attach = ({ before, next }: WholeStep, limited: ShownFamily | undefined, { at }: LimitedContext): WholeStep => {
  const isSame = before !== undefined && !hasChanged(whole(before), whole(next));
  const shown: ShownFamily = { ...whole(next), version: (before?.version ?? 0) + 1, updatedAt: isSame ? before.updatedAt : at };
  if (limited === undefined) return { before, next: { ...shown, limited: 'unknown' } };
  const { familyId: _, ...own } = limited;
  // Changed together with the whole, or together with it unchanged, it is the whole.
  const isWhole = isEqual(limited, shown) || (isSame && before.limited === undefined && isEqual(limited, whole(before)));
  return { before, next: isWhole ? shown : { ...shown, limited: own } };
};

const isEqual = (a: ShownFamily, b: ShownFamily): boolean => !hasChanged(a, b) && a.version === b.version && a.updatedAt === b.updatedAt;
