import * as z from 'zod';
import type { FeedId } from '../feeds/feed-ids.ts';

/** Staff roles: the names of the identity provider's groups. An administrator runs the service and sees no family. */
export const roleSchema = z.enum(['administrator', 'data-officer', 'programme-officer', 'lead-practitioner', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/**
 * How far a feed's evidence may be shown. `standard`: to every role that may read a family. `benefits`: DWP data, whose
 * onward disclosure is an offence. `protected`: domestic abuse, the strictest.
 */
export const accessClassSchema = z.enum(['standard', 'benefits', 'protected']);
export type AccessClass = z.infer<typeof accessClassSchema>;

/** Why a member of staff asks for personal data; required on every search and read of a person or family. */
export const purposeSchema = z.enum(['identify-families', 'support-a-family', 'safeguarding', 'data-quality', 'audit', 'subject-request']);
export type Purpose = z.infer<typeof purposeSchema>;

const evidenceClasses: Readonly<Record<Role, readonly AccessClass[]>> = {
  administrator: [],
  'data-officer': [],
  'programme-officer': ['standard', 'benefits', 'protected'],
  'lead-practitioner': ['standard'],
  auditor: ['standard', 'benefits', 'protected'],
};

/**
 * What a reader of families is answered from. `whole`: all records. `limited`: the records of the standard class and nothing
 * that follows from others, whether or not there are others (docs/adr/0021).
 */
export const visibilities = ['whole', 'limited'] as const;
export type Visibility = (typeof visibilities)[number];

/** Whoever may not see every class is answered as if there were only the standard one. */
export const visibilityOf = (roles: readonly Role[]): Visibility =>
  accessClassSchema.options.every((accessClass) => maySeeEvidence(roles, accessClass)) ? 'whole' : 'limited';

export const isWithin = (visibility: Visibility, accessClass: AccessClass): boolean => visibility === 'whole' || accessClass === 'standard';

const maySeeEvidence = (roles: readonly Role[], accessClass: AccessClass): boolean =>
  roles.some((role) => evidenceClasses[role].includes(accessClass));

/**
 * Whether the role may refer with rows of the feed. A lead practitioner nominates; rows in the shape of an agency's own
 * feed would stand beside what the agency sends, so only those who see all of it may add them.
 */
export const mayReferWith = (roles: readonly Role[], feed: FeedId): boolean =>
  feed === 'professional-referral' || visibilityOf(roles) === 'whole';

/** Who may follow every upload. */
export const uploadReaders = ['data-officer', 'programme-officer', 'auditor'] as const satisfies readonly Role[];

/** Whoever may not follow every upload follows what they have referred themselves. */
export const mayFollowUpload = ({ referredBy }: { readonly referredBy?: string | undefined }, { id, roles }: Principal): boolean =>
  roles.some((role) => uploadReaders.some((reader) => reader === role)) || (referredBy !== undefined && referredBy === id);

/** A signed-in member of staff, from a verified access token. `id` is the issuer's subject. */
export interface Principal {
  readonly id: string;
  readonly roles: readonly Role[];
}
