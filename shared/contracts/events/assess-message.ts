import * as z from 'zod';

/**
 * Work for `assess-families`. `outbox`: people were touched by a chunk of an upload; the outbox item names them.
 * `coverage`: files came that can answer what was open; families are gone through page by page, `cursor` where to go on.
 */
export const assessMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outbox'), outboxId: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('coverage'), epoch: z.int().nonnegative(), cursor: z.string().max(2000).optional() }),
]);
export type AssessMessage = z.infer<typeof assessMessageSchema>;
