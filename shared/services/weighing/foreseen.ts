import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { matchKeyEntrySchema } from '../../domain/matching/match-key-entry.ts';
import { personProfileSchema } from '../../domain/people/person-profile.ts';
import { personRecordSchema } from '../../domain/people/person-record.ts';

/** What the rows drawn of a held file would write about people, as far as families are built from it. */
export const foreseenSchema = z.object({
  /** What the file would cover. */
  file: z.object({
    uploadId: z.ulid(),
    agency: z.string(),
    feed: z.enum(feedIds),
    periodStart: isoDateSchema,
    periodEnd: isoDateSchema,
  }),
  records: z.array(personRecordSchema).readonly(),
  removed: z.array(personRecordSchema.pick({ personId: true, rowId: true, subject: true, status: true, contentVersion: true })).readonly(),
  profiles: z.array(personProfileSchema).readonly(),
  keys: z.array(matchKeyEntrySchema).readonly(),
});
export type Foreseen = z.infer<typeof foreseenSchema>;

/** Kept from the look at a file until its families have been worked out, two days at most. */
export interface ForeseenStore {
  /** One for each file: a second one changes nothing. */
  readonly keepForeseen: (foreseen: Foreseen, expiresOn: string) => Promise<void>;
  readonly findForeseen: (uploadId: string) => Promise<Foreseen | undefined>;
  readonly removeForeseen: (uploadId: string) => Promise<void>;
}
