import * as z from 'zod';
import { visibilities } from '../../domain/access/access.ts';

/** Families in one message. */
export const mostReassessed = 25;

/** Where a pass goes on: in the lists of whoever sees every record, or in those of standard records alone. */
const goesOn = { cursor: z.string().max(2000).optional(), visibility: z.enum(visibilities).optional() };

const workSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outbox'), outboxId: z.string().min(1).max(200), uploadId: z.ulid().optional() }),
  z.object({ kind: z.literal('coverage'), epoch: z.int().nonnegative(), ...goesOn }),
  z.object({ kind: z.literal('rules'), ...goesOn }),
  z.object({ kind: z.literal('due-families'), cursor: z.string().max(2000).optional() }),
  z.object({ kind: z.literal('foresee'), uploadId: z.ulid() }),
  z.object({ kind: z.literal('reassess'), familyIds: z.array(z.ulid()).min(1).max(mostReassessed) }),
]);

/** The daily schedule's event, as the rule puts it into the queue. */
const newDaySchema = z
  .object({ source: z.literal('aws.events'), 'detail-type': z.literal('Scheduled Event') })
  .transform((): z.output<typeof workSchema> => ({ kind: 'due-families' }));

/**
 * Work for `assess-families`. `outbox`: people were touched by a chunk of an upload; the outbox item names them, and stands with that upload's other work.
 * `coverage`: files came that can answer what was open; families are gone through page by page, `cursor` where to go on.
 * `rules`: other rules are in force; the same of the families not yet held against them.
 * `foresee`: a file waits for a person, who will read what it would change about families.
 * `due-families`: a new day; families whose answer it may change are listed and sent on as `reassess`.
 */
export const assessMessageSchema = z.union([workSchema, newDaySchema]);
export type AssessMessage = z.infer<typeof assessMessageSchema>;
