import * as z from 'zod';

export const weighingCodeSchema = z.enum([
  'few-people-known',
  'few-records-known',
  'most-records-ended',
  'far-fewer-rows',
  'far-more-rows',
  'dates-outside-period',
  'names-swapped',
  'day-and-month-swapped',
  'column-of-other-values',
  'other-ages-than-usual',
  'ages-not-agreed',
  'postcodes-not-agreed',
  'schools-not-agreed',
]);
export type WeighingCode = z.infer<typeof weighingCodeSchema>;

/** Why a file looks wrong as a whole: figures about all of it, never a value out of it. */
export const weighingFindingSchema = z.object({
  code: weighingCodeSchema,
  /** For the council, with the figures. */
  message: z.string(),
  /** For its sender: what to look at. Says nothing of what the council holds. */
  forSender: z.string(),
});
export type WeighingFinding = z.infer<typeof weighingFindingSchema>;
