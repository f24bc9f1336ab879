import * as z from 'zod';
import { isoDateSchema } from '../../calendar/calendar-date.ts';
import { accessClassSchema } from '../../access/access.ts';
import { feedIds } from '../../feeds/feed-ids.ts';
import { factSchema } from '../../people/fact.ts';
import { determinationSchema } from '../determination.ts';
import { ruleSetSchema } from '../rule-set.ts';
import { termCalendarSchema } from '../term-calendar.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Raised whenever the same inputs would be evaluated to anything else. */
export const engineVersion = 3;

/** A row is named, and its content kept apart under its hash: erasing it leaves the name. */
const rowReferenceSchema = z.object({ uploadId: z.string(), row: z.int().positive(), sha256: hash });
export type RowReference = z.infer<typeof rowReferenceSchema>;

const memberReferenceSchema = z.object({
  personId: z.string(),
  birthDate: z.string().optional(),
  birthDateEstimated: z.boolean().optional(),
  expectedBirthDate: z.string().optional(),
  parent: z.boolean(),
  lives: z.enum(['in-the-household', 'elsewhere']),
  restricted: z.boolean(),
  rows: z.array(rowReferenceSchema),
});

/** What one row says about one person. */
export const evidenceRecordSchema = z.object({
  feed: z.enum(feedIds),
  agency: z.string(),
  uploadId: z.string(),
  row: z.int().positive(),
  accessClass: accessClassSchema,
  periodEnd: isoDateSchema,
  endedOn: isoDateSchema.optional(),
  facts: z.array(factSchema),
});

const keptRowSchema = z.object({
  /** Random, and erased with the row: without it the hash of a row with few possible contents would give the content away. */
  nonce: z.string(),
  record: evidenceRecordSchema,
});

export const coverageSchema = z.array(
  z.object({
    feed: z.enum(feedIds),
    agency: z.string(),
    uploadId: z.string(),
    from: isoDateSchema,
    to: isoDateSchema,
    cohort: z.object({ from: z.int().optional(), below: z.int().optional() }).optional(),
  }),
);

/** Not given out, though it is there: somebody has a restriction on their data. */
const withheldSchema = z.object({ uploadId: z.string(), row: z.int().positive(), personId: z.string(), because: z.string() });

/** Why the content of a row is no longer there. */
const erasureSchema = z.object({
  uploadId: z.string(),
  row: z.int().positive(),
  erasureId: z.string(),
  on: isoDateSchema,
  because: z.string(),
});

/** What of a determination's record is its own: kept with each determination, while rules, calendar and coverage are shared by many. */
export const sealedInputsSchema = z.object({
  familyId: z.string(),
  version: z.int().positive(),
  determinedAt: z.string(),
  engine: z.int().positive(),
  sealed: z.object({
    ruleSet: hash,
    termCalendar: hash,
    coverage: hash,
    determination: hash,
    family: z.object({
      asAt: isoDateSchema,
      assessedOn: isoDateSchema.optional(),
      members: z.array(memberReferenceSchema),
    }),
  }),
  /** SHA-256 over the canonical JSON of familyId, version, determinedAt, engine and sealed. */
  seal: hash,
  /** By hash. Missing: erased, or lost. */
  rows: z.record(hash, keptRowSchema),
  erasures: z.array(erasureSchema),
});
export type SealedInputs = z.infer<typeof sealedInputsSchema>;
export type Erasure = z.infer<typeof erasureSchema>;

const { rows: rowsSchema, ...sealedShape } = sealedInputsSchema.shape;

/**
 * A determination with everything it was made from, each part under the SHA-256 of its canonical JSON (docs/adr/0030): enough to make it
 * again years later, without the system that made it.
 */
export const determinationRecordSchema = z.object({
  format: z.literal('determination-record/1'),
  ...sealedShape,
  contents: z.object({
    ruleSet: ruleSetSchema,
    termCalendar: termCalendarSchema,
    coverage: coverageSchema,
    rows: rowsSchema,
  }),
  withheld: z.array(withheldSchema).optional(),
  determination: determinationSchema,
});
export type DeterminationRecord = z.infer<typeof determinationRecordSchema>;
