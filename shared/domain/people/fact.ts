import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';

const interval = { from: isoDateSchema, to: isoDateSchema.optional() };

/**
 * What a row is evidence of, in the terms the criteria ask about. `from` is the day it happened or began, `to` the
 * first day on which it no longer holds (half-open); without `to` it is one day's event or, for states, still so.
 */
export const factSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('school-enrolment'), ...interval, status: z.enum(['enrolled', 'left']), yearGroup: z.string().optional() }),
  z.object({
    kind: z.literal('school-attendance'),
    ...interval,
    academicYear: z.string(),
    term: z.enum(['autumn', 'spring', 'summer']),
    sessionsPossible: z.int().nonnegative(),
    sessionsAuthorised: z.int().nonnegative(),
    sessionsUnauthorised: z.int().nonnegative(),
  }),
  z.object({
    kind: z.literal('exclusion'),
    ...interval,
    category: z.enum(['suspension', 'permanent']),
    sessions: z.number().nonnegative(),
  }),
  z.object({
    kind: z.literal('police-incident'),
    ...interval,
    role: z.enum(['suspect', 'victim', 'witness', 'subject']),
    antisocialBehaviour: z.boolean(),
    domesticAbuse: z.boolean(),
    childPresent: z.boolean(),
  }),
  z.object({ kind: z.literal('proven-offence'), ...interval, disposal: z.string().optional() }),
  z.object({ kind: z.literal('youth-justice-order'), ...interval, disposal: z.string().optional() }),
  z.object({ kind: z.literal('out-of-work-benefit'), ...interval, benefit: z.string(), conditionality: z.string().optional() }),
  z.object({ kind: z.literal('employment'), ...interval }),
  z.object({ kind: z.literal('rent-arrears'), ...interval, weeks: z.number().nonnegative().optional(), noticeServed: z.boolean() }),
  z.object({ kind: z.literal('eviction-action'), ...interval }),
  z.object({ kind: z.literal('homelessness-duty'), ...interval, duty: z.enum(['prevention', 'relief', 'main', 'other']) }),
  z.object({ kind: z.literal('early-help-episode'), ...interval }),
  z.object({ kind: z.literal('child-in-need'), ...interval, primaryNeed: z.string().optional() }),
  z.object({ kind: z.literal('child-protection-plan'), ...interval, category: z.string().optional() }),
  z.object({
    kind: z.literal('domestic-abuse'),
    ...interval,
    role: z.enum(['victim', 'perpetrator', 'child-affected']),
    repeat: z.boolean(),
  }),
  z.object({ kind: z.literal('child-health-concern'), ...interval, concern: z.string() }),
  z.object({ kind: z.literal('mental-health-need'), ...interval, service: z.string().optional() }),
  z.object({ kind: z.literal('substance-misuse-need'), ...interval, substance: z.string().optional() }),
  z.object({ kind: z.literal('expecting-a-child'), ...interval }),
  z.object({ kind: z.literal('nominated-need'), ...interval, heading: z.string(), note: z.boolean() }),
]);
export type Fact = z.infer<typeof factSchema>;
export type FactKind = Fact['kind'];
