import * as z from 'zod';
import { factSchema } from './fact.ts';
import { namedContactSchema, personDetailsSchema, statedRelationSchema } from './person-details.ts';

/** One person as one row describes them, with what the row is evidence of. A row has one mention or several. */
export const mentionSchema = z.object({
  /** Which part of the row this is, unique in it: `pupil`, `victim`, `child-2`. */
  subject: z.string(),
  details: personDetailsSchema,
  contacts: z.array(namedContactSchema),
  relations: z.array(statedRelationSchema),
  facts: z.array(factSchema),
});
export type Mention = z.infer<typeof mentionSchema>;
