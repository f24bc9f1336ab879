import * as z from 'zod';

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

export const maySeeEvidence = (roles: readonly Role[], accessClass: AccessClass): boolean =>
  roles.some((role) => evidenceClasses[role].includes(accessClass));

/** A signed-in member of staff, from a verified access token. `id` is the issuer's subject. */
export interface Principal {
  readonly id: string;
  readonly roles: readonly Role[];
}
