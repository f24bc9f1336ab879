import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';

/** Sex as feeds give it; absent means not recorded. */
export const sexSchema = z.enum(['male', 'female', 'other']);

/** An address as given. `postcode` is normalised (`L36 9GL`), `uprn` is digits without leading zeros. */
export const addressSchema = z.object({
  lines: z.array(z.string()),
  town: z.string().optional(),
  postcode: z.string().optional(),
  uprn: z.string().optional(),
});
export type Address = z.infer<typeof addressSchema>;

/**
 * What one row says about one person, normalised. Identifiers have passed their check: an identifier that fails
 * is a row error or is left out, it never stands here.
 */
export const personDetailsSchema = z.object({
  forename: z.string().optional(),
  middleNames: z.string().optional(),
  surname: z.string().optional(),
  previousSurname: z.string().optional(),
  birthDate: isoDateSchema.optional(),
  birthDateEstimated: z.boolean().optional(),
  /** Of an unborn child; `birthDate` is then absent. */
  expectedBirthDate: isoDateSchema.optional(),
  sex: sexSchema.optional(),
  ethnicity: z.string().optional(),
  address: addressSchema.optional(),
  /** Refuge or otherwise restricted: never used to infer a household, never shown through a relative. */
  addressProtected: z.boolean().optional(),
  nhsNumber: z.string().optional(),
  upn: z.string().optional(),
  formerUpn: z.string().optional(),
  nino: z.string().optional(),
  pncId: z.string().optional(),
  /** The sending agency's own id for the person; meaningful only together with the agency and the feed. */
  agencyPersonId: z.string().optional(),
  /** Which of the agency's registers that number is of, where it has several: the school, the form. */
  agencyRegister: z.string().optional(),
});
export type PersonDetails = z.infer<typeof personDetailsSchema>;

/** A parent or carer a row names without saying enough to be a person of their own (school roll: name and relationship). */
export const namedContactSchema = z.object({
  name: z.string(),
  relationship: z.string().optional(),
});

/** A person stated by the row to be related to another subject of the same row. */
export const statedRelationSchema = z.object({
  /** The other mention's `subject` within the row. */
  toSubject: z.string(),
  relation: z.enum(['parent-or-carer-of', 'child-of', 'partner-of', 'household-member-with']),
});
export type StatedRelation = z.infer<typeof statedRelationSchema>;
