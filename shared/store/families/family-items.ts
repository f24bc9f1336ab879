import * as z from 'zod';
import type { Visibility } from '../../domain/access/access.ts';
import type { SeenOutcome } from '../../domain/access/limited-determination.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

const familyPartition = (familyId: string): string => `FAMILY#${familyId}`;

export const familyKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'FAMILY' });
/** Says which determination is the current one. */
export const currentDeterminationKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'DETERMINATION' });
export const currentDeterminationSchema = z.object({ familyId: z.ulid(), version: z.int().positive() });
/** Each determination stands once, and is never changed, but for the day until which it is kept. */
export const determinationKey = (familyId: string, version: number): Key => ({
  pk: familyPartition(familyId),
  sk: `DETERMINATION#${String(version).padStart(6, '0')}`,
});

/** What a determination was made from, deflated; parts after the first one are numbered. */
export const inputsKey = (familyId: string, version: number, part = 0): Key => ({
  pk: familyPartition(familyId),
  sk: `INPUTS#${String(version).padStart(6, '0')}${part === 0 ? '' : `#${String(part).padStart(3, '0')}`}`,
});

/** One item for each reader's lists; within an outcome's list the headings are looked for in the items. */
export const summaryKey = (familyId: string, visibility: Visibility): Key => ({
  pk: familyPartition(familyId),
  sk: visibility === 'whole' ? 'SUMMARY' : 'SUMMARY#LIMITED',
});
export const summaryList = (outcome: SeenOutcome, visibility: Visibility): string =>
  visibility === 'whole' ? `FAMILIES#${outcome}` : `FAMILIES#LIMITED#${outcome}`;

/** Stands as long as the family has a determination, on the list of days to look at families again. */
export const dueKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'DUE' });
export const dueList = 'DUE-FAMILIES';
export const dueSchema = z.object({ familyId: z.ulid() });

/** `FAMILY` is the one family in whose household the person lives, `FAMILY#…` each family they belong to. */
const personPartition = (personId: string): string => `PERSON#${personId}`;
export const homeKey = (personId: string): Key => ({ pk: personPartition(personId), sk: 'FAMILY' });
export const membershipPrefix = 'FAMILY#';
export const membershipKey = (personId: string, familyId: string): Key => ({
  pk: personPartition(personId),
  sk: `${membershipPrefix}${familyId}`,
});
export const membershipsOf = (personId: string) => ({ partition: personPartition(personId), beginsWith: membershipPrefix });

export const membershipSchema = z.object({ familyId: z.ulid(), expiresOn: isoDateSchema });
