import { mostApart, type Apart, type PersonProfile, type Restriction } from './person-profile.ts';

/** The stricter of two restrictions holds for both; of equals the older. */
export const strictest = (a: Restriction | undefined, b: Restriction | undefined): Restriction | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.kind !== b.kind) return a.kind === 'restriction' ? a : b;
  return a.since <= b.since ? a : b;
};

/** The list with this person, newest last; the oldest give way when there are too many. */
export const withApart = (apart: readonly Apart[] | undefined, entry: Apart): Apart[] =>
  [...withoutApart(apart, entry.personId), entry].slice(-mostApart);

export const withoutApart = (apart: readonly Apart[] | undefined, personId: string): Apart[] =>
  (apart ?? []).filter((each) => each.personId !== personId);

/** Who is judged to be apart from either, once two are one. */
export const joinApart = (kept: PersonProfile, gone: PersonProfile): Apart[] =>
  (gone.apart ?? [])
    .reduce<Apart[]>(
      (list, entry) => (list.some(({ personId }) => personId === entry.personId) ? list : withApart(list, entry)),
      [...(kept.apart ?? [])],
    )
    .filter(({ personId }) => personId !== kept.personId && personId !== gone.personId);

/** A profile with other things set about the person; what is empty is not there at all. */
export const withSet = (
  profile: PersonProfile,
  set: {
    readonly restriction?: Restriction | undefined;
    readonly apart?: readonly Apart[] | undefined;
    readonly redirect?: PersonProfile['redirect'];
  },
): PersonProfile => {
  const { restriction: _restriction, apart: _apart, redirect: _redirect, ...view } = profile;
  const next = { restriction: profile.restriction, apart: profile.apart, redirect: profile.redirect, ...set };
  return {
    ...view,
    ...(next.restriction !== undefined && { restriction: next.restriction }),
    ...(next.apart !== undefined && next.apart.length > 0 && { apart: [...next.apart] }),
    ...(next.redirect !== undefined && { redirect: next.redirect }),
  };
};
