import * as z from 'zod';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { isHeldKey } from '../matching/match-key-entry.ts';
import { reviewReasonSchema } from './person-record.ts';
import { addressSchema, namedContactSchema, sexSchema } from './person-details.ts';

const identifierTypeSchema = z.enum(['nhs-number', 'upn', 'former-upn', 'nino', 'pnc-id', 'agency-person-id']);
export type IdentifierType = z.infer<typeof identifierTypeSchema>;

/** The last day of the newest file that said so: newest first is the order of every list here. */
const lastSeen = { lastSeenOn: isoDateSchema };

const personNameSchema = z.object({
  forename: z.string().optional(),
  middleNames: z.string().optional(),
  surname: z.string().optional(),
  /** A surname given as an earlier one. */
  former: z.boolean().optional(),
  ...lastSeen,
});
export type PersonName = z.infer<typeof personNameSchema>;

const personIdentifierSchema = z.object({
  type: identifierTypeSchema,
  value: z.string(),
  agency: z.string(),
  feed: z.enum(feedIds),
  ...lastSeen,
});
export type PersonIdentifier = z.infer<typeof personIdentifierSchema>;

const addressSightingSchema = z.object({
  address: addressSchema,
  from: isoDateSchema,
  /** The first day on which nothing says so any more; absent while a standing record does. */
  to: isoDateSchema.optional(),
  protected: z.boolean(),
  /** How many records say so. */
  sightings: z.int().positive(),
  /** Keyed hashes of the home (with and without its UPRN). Equal: the same home. Empty where the address is protected or names no home. */
  homes: z.array(z.string()),
  /** `HOUSEHOLD` keys: each of the person's surnames at this home; `SHARED_HOME`: the home itself, where it has a UPRN. */
  households: z.array(z.string()),
  /** `NAME_AT_ADDRESS` keys of the person's own names at this home; of those who may be a parent. */
  namesAtAddress: z.array(z.string()),
  /** `PROTECTED_HOME` keys. Of a protected address: those it stands under. Of any other: those under which a protected one of this home would. */
  protectedHomes: z.array(z.string()),
  ...lastSeen,
});
export type AddressSighting = z.infer<typeof addressSightingSchema>;

const personContactSchema = namedContactSchema.extend({
  agency: z.string(),
  feed: z.enum(feedIds),
  /** `NAME_AT_ADDRESS` keys of the contact at the homes of the person who names them. */
  namesAtAddress: z.array(z.string()),
  ...lastSeen,
});

/** Objection or restriction of processing: lists, searches and explanations honour it. */
export const restrictionSchema = z.object({ kind: z.enum(['objection', 'restriction']), since: isoDateSchema });
export type Restriction = z.infer<typeof restrictionSchema>;

/** Somebody who was judged to be somebody else, however alike the two look. */
export const apartSchema = z.object({
  personId: z.ulid(),
  /** Match keys of identifiers (`NHS#…`) that both had at the time: another one that agrees since is new evidence. */
  identifiers: z.array(z.string()),
});
export type Apart = z.infer<typeof apartSchema>;

/** Somebody alike so many others is a placeholder, not a person; it also bounds the item. */
export const mostApart = 64;

/**
 * A person as the records about them say: a view, rebuilt from the records whenever one of them goes. It decides nothing
 * by itself, except that a restriction is set by people and survives every rebuild.
 */
export const personProfileSchema = z.object({
  personId: z.ulid(),
  version: z.int().positive(),
  /** Records that count; a person left without any stays as an empty profile, ids are never used again. */
  recordCount: z.int().nonnegative(),
  names: z.array(personNameSchema),
  birthDates: z.array(z.object({ date: isoDateSchema, estimated: z.boolean(), ...lastSeen })),
  expectedBirthDates: z.array(z.object({ date: isoDateSchema, ...lastSeen })),
  sexes: z.array(z.object({ sex: sexSchema, ...lastSeen })),
  ethnicities: z.array(z.object({ code: z.string(), ...lastSeen })),
  identifiers: z.array(personIdentifierSchema),
  addresses: z.array(addressSightingSchema),
  contacts: z.array(personContactSchema),
  /** Somebody said that the address must not be known: never used to infer a household. */
  addressProtected: z.boolean(),
  /** The distinct rows about the person as the matching engine compares them (`packed-rows.ts`). */
  matchRows: z.string(),
  reviews: z.array(reviewReasonSchema),
  restriction: restrictionSchema.optional(),
  apart: z.array(apartSchema).max(mostApart).optional(),
  /** All records were judged to be about this other person: whoever holds the old id goes on there. */
  redirect: z.object({ to: z.ulid(), judgementId: z.ulid() }).optional(),
  /** The keys by which a row or a search finds this person (`NHS#…`, `BLOCK#…`, `NAME_DOB#…`). */
  identityKeys: z.array(z.string()),
  expiresOn: isoDateSchema,
});
export type PersonProfile = z.infer<typeof personProfileSchema>;

/** What the records say, without what the store and people add. */
export type ProfileView = Omit<PersonProfile, 'personId' | 'version' | 'restriction' | 'apart' | 'redirect'>;

/** What people have set about somebody, which no rebuild from the records may lose. */
export const setByPeople = ({
  restriction,
  apart,
  redirect,
}: Pick<PersonProfile, 'restriction' | 'apart' | 'redirect'>): Pick<PersonProfile, 'restriction' | 'apart' | 'redirect'> => ({
  ...(restriction !== undefined && { restriction }),
  ...(apart !== undefined && { apart }),
  ...(redirect !== undefined && { redirect }),
});

/** Every match key that names a person: what must be undone when one of them goes. */
export const keysOfProfile = (view: ProfileView): { readonly persons: readonly string[]; readonly namedBy: readonly string[] } => ({
  persons: [
    ...new Set([
      ...view.identityKeys,
      ...view.addresses.flatMap((sighting) => [
        ...sighting.households.filter(isHeldKey),
        ...sighting.namesAtAddress,
        ...(sighting.protected ? sighting.protectedHomes : []),
      ]),
    ]),
  ],
  /** The person names somebody at this home. */
  namedBy: [...new Set(view.contacts.flatMap(({ namesAtAddress }) => namesAtAddress))],
});
