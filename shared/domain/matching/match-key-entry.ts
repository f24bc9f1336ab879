import * as z from 'zod';

/** Who stands under a match key. */
export const matchKeyEntrySchema = z.object({
  /** `HOUSEHOLD#v1.…` */
  key: z.string(),
  persons: z.array(z.ulid()),
  /** Children who name a parent or carer of this name at this home; of `NAME_AT_ADDRESS` keys. */
  namedBy: z.array(z.ulid()),
  /** It holds as many as it can: a rung of a ladder goes on to the next one, any other key says nothing any more. */
  crowded: z.boolean(),
  version: z.int().nonnegative(),
});
export type MatchKeyEntry = z.infer<typeof matchKeyEntrySchema>;

/**
 * Whether people stand under the key in the store. Not where somebody has a surname at a UPRN: the key of the UPRN alone leads
 * to them already, and those two are compared once both are at hand.
 */
export const isHeldKey = (key: string): boolean => !key.startsWith('SURNAME_AT_UPRN#');

/** A key that more people share tells nobody apart; it also bounds the item. */
export const mostPerKey = 64;

export interface KeyChange {
  readonly addPersons: ReadonlySet<string>;
  readonly removePersons: ReadonlySet<string>;
  readonly addNamedBy: ReadonlySet<string>;
  readonly removeNamedBy: ReadonlySet<string>;
}

/** The entry after a change; the same object where nothing changes. Once crowded, a key stays so. */
export const changeKeyEntry = (entry: MatchKeyEntry, change: KeyChange): MatchKeyEntry => {
  const persons = changed(entry.persons, entry.crowded ? nobody : change.addPersons, change.removePersons);
  const namedBy = changed(entry.namedBy, change.addNamedBy, change.removeNamedBy);
  const crowded = entry.crowded || persons.length >= mostPerKey || namedBy.length >= mostPerKey;
  if (crowded === entry.crowded && persons === entry.persons && namedBy === entry.namedBy) return entry;
  return { ...entry, persons: persons.slice(0, mostPerKey), namedBy: namedBy.slice(0, mostPerKey), crowded };
};

const nobody: ReadonlySet<string> = new Set();

const changed = (ids: string[], add: ReadonlySet<string>, remove: ReadonlySet<string>): string[] => {
  const next = new Set(ids);
  for (const id of remove) next.delete(id);
  for (const id of add) next.add(id);
  return next.size === ids.length && ids.every((id) => next.has(id)) ? ids : [...next].toSorted();
};
