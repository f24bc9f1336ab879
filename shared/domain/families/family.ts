import * as z from 'zod';
import { visibilities, type Visibility } from '../access/access.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';

/** Why somebody belongs to a family. The first three are stated by an agency, the last two inferred. */
export const basisSchema = z.enum(['stated-relation', 'named-contact', 'same-named-contact', 'same-household', 'only-member']);
export type Basis = z.infer<typeof basisSchema>;

export const memberRoleSchema = z.enum(['parent-or-carer', 'child', 'unborn-child', 'adult', 'age-not-known']);
export type MemberRole = z.infer<typeof memberRoleSchema>;

const familyMemberSchema = z.object({
  personId: z.string(),
  role: memberRoleSchema,
  /** `elsewhere`: a parent or carer of a child of the family who does not live with it. They may live in a family of their own. */
  lives: z.enum(['in-the-household', 'elsewhere']),
  basis: z.array(basisSchema).min(1),
  /** The first day on which the files show it. */
  from: isoDateSchema,
});
export type FamilyMember = z.infer<typeof familyMemberSchema>;

const formerMemberSchema = familyMemberSchema.extend({
  /** The first day on which the files no longer show it. */
  to: isoDateSchema,
});
export type FormerMember = z.infer<typeof formerMemberSchema>;

/** What a person has to look at before it is sure who belongs to a family. */
export const familyCheckSchema = z.enum(['identity-check', 'contact-check', 'size-check']);
export type FamilyCheck = z.infer<typeof familyCheckSchema>;

/**
 * A family whose past is this one's, too: it was merged into this one, or this one was split from it (then up to `until`, when that
 * happened). What was decided and recorded about it stays under its own id and is read from there. With `children`: no past of this one,
 * but these moved here from it, and as long as one of them lives here the two are claimed for as one.
 */
const pastFamilySchema = z.object({
  familyId: z.ulid(),
  until: z.iso.datetime().optional(),
  children: z.array(z.string()).min(1).optional(),
});
export type PastFamily = z.infer<typeof pastFamilySchema>;

const familyShape = {
  version: z.int().positive(),
  /** `merged`: its people belong to `mergedInto`. `ended`: nobody is left in it. */
  state: z.enum(['current', 'merged', 'ended']),
  mergedInto: z.ulid().optional(),
  members: z.array(familyMemberSchema),
  /** The newest first. */
  formerMembers: z.array(formerMemberSchema),
  checks: z.array(familyCheckSchema),
  /** Absent where it has never been merged or split. */
  past: z.array(pastFamilySchema).optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};
/** A family as records show it. */
const shownFamilySchema = z.object({ familyId: z.ulid(), ...familyShape });
export type ShownFamily = z.infer<typeof shownFamilySchema>;

export const familySchema = shownFamilySchema.extend({
  /** As the records of the standard class alone show it; absent where that is the same, `unknown` where they show none. */
  limited: z.union([z.object(familyShape), z.literal('unknown')]).optional(),
});
export type Family = z.infer<typeof familySchema>;

/** The family as a reader may know it; undefined where nothing they may see shows that there is one. */
export const familySeen = ({ limited, ...whole }: Family, visibility: Visibility): ShownFamily | undefined => {
  if (visibility === 'whole' || limited === undefined) return whole;
  return limited === 'unknown' ? undefined : { familyId: whole.familyId, ...limited };
};

const seenBy = (family: Family): readonly ShownFamily[] => visibilities.flatMap((visibility) => familySeen(family, visibility) ?? []);

/** Whether it is a family now, to any reader. */
export const isCurrent = (family: Family): boolean => seenBy(family).some(({ state }) => state === 'current');

/** Everybody who belongs to it now, to any reader. */
export const everybodyIn = (family: Family): readonly string[] => [
  ...new Set(seenBy(family).flatMap(({ members }) => members.map(({ personId }) => personId))),
];

/** Everybody who belongs or belonged to it, to any reader: whose home must not be known is looked for among them all. */
export const everybodyEverIn = (family: Family): readonly string[] => [
  ...new Set(seenBy(family).flatMap(({ members, formerMembers }) => [...members, ...formerMembers].map(({ personId }) => personId))),
];

/** Everybody who lives in it now, to any reader. */
export const residentsOf = (family: Family): readonly string[] => [
  ...new Set(
    seenBy(family).flatMap(({ members }) => members.flatMap(({ personId, lives }) => (lives === 'in-the-household' ? [personId] : []))),
  ),
];

/** The most people a family is made of; more than that is a mistake of the files, for a person to sort out. */
export const largestFamily = 30;

/** With more people than this under one key an address is an institution, a block or a mistake. */
export const crowdedAbove = 12;

/** Former members that are kept with a family. */
export const formerMembersKept = 60;
