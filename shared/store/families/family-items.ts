import * as z from 'zod';
import type { Outcome } from '../../domain/eligibility/determination.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

const familyPartition = (familyId: string): string => `FAMILY#${familyId}`;

export const familyKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'FAMILY' });
export const determinationKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'DETERMINATION' });
export const pastDeterminationKey = (familyId: string, version: number): Key => ({
  pk: familyPartition(familyId),
  sk: `DETERMINATION#${String(version).padStart(6, '0')}`,
});

/** One item per list that the family stands in: its outcome's, and its outcome's for each heading met. */
export const summaryKey = (familyId: string, heading?: string): Key => ({
  pk: familyPartition(familyId),
  sk: heading === undefined ? 'SUMMARY' : `SUMMARY#${heading}`,
});
/** Stands as long as the family has a determination, on the list of days to look at families again. */
export const dueKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'DUE' });
export const dueList = 'DUE-FAMILIES';
export const dueSchema = z.object({ familyId: z.ulid() });

export const summaryList = (outcome: Outcome, heading?: string): string =>
  heading === undefined ? `FAMILIES#${outcome}` : `FAMILIES#${outcome}#${heading}`;

/** `FAMILY` is the one family in whose household the person lives, `FAMILY#…` each family they belong to. */
const personPartition = (personId: string): string => `PERSON#${personId}`;
export const homeKey = (personId: string): Key => ({ pk: personPartition(personId), sk: 'FAMILY' });
export const membershipPrefix = 'FAMILY#';
export const membershipKey = (personId: string, familyId: string): Key => ({
  pk: personPartition(personId),
  sk: `${membershipPrefix}${familyId}`,
});
export const membershipsOf = (personId: string) => ({ partition: personPartition(personId), beginsWith: membershipPrefix });

export const membershipSchema = z.object({ familyId: z.ulid() });
