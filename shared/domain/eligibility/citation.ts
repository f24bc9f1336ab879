import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { wordsOf } from '../words.ts';

/**
 * How well a rule's wording is known. `confirmed`: read in an official source. `local`: a council's own plan, each
 * council may differ. `unconfirmed`: background knowledge; a programme manager signs it off before anything is claimed on it.
 */
const confidenceSchema = z.enum(['confirmed', 'local', 'unconfirmed']);

/** Words for people to read. */
export const wordsSchema = wordsOf();

export const citationSchema = z.strictObject({ source: wordsSchema, confidence: confidenceSchema });
export type Citation = z.infer<typeof citationSchema>;

/** A person of the programme, by name and office, and the day. */
export const signOffSchema = z.strictObject({ name: wordsSchema, office: wordsSchema, on: isoDateSchema });

/** Whether a claim may rest on it: confirmed, or a council's own plan, or signed off by somebody named. */
export const isClaimable = ({ citation, signedOffBy }: { citation: Citation; signedOffBy?: object | undefined }): boolean =>
  citation.confidence !== 'unconfirmed' || signedOffBy !== undefined;
