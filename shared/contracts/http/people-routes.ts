import * as z from 'zod';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { defineRoute } from './route.ts';

const nameSchema = z.string().trim().min(1).max(100);

/**
 * Either one identifier, or forename, surname and birth date together. In the body and never in the URL, where it would
 * be logged on the way.
 */
const searchCriteriaSchema = z.union([
  z.strictObject({
    identifier: z.strictObject({
      type: z.enum(['nhs-number', 'upn', 'nino']),
      value: z
        .string()
        .trim()
        .min(1)
        .max(40)
        .meta({ description: 'With or without the usual blanks', examples: ['943 476 5919'] }),
    }),
  }),
  z.strictObject({
    forename: nameSchema.meta({ examples: ['Aoife'] }),
    surname: nameSchema.meta({ examples: ['Example'] }),
    birthDate: isoDateSchema.meta({ examples: ['2015-03-09'] }),
  }),
]);
export type SearchCriteria = z.infer<typeof searchCriteriaSchema>;

const knownPersonSchema = z.object({
  access: z.literal('shown'),
  personId: z.ulid(),
  forename: z.string().optional(),
  middleNames: z.string().optional(),
  surname: z.string().optional(),
  birthDate: isoDateSchema.optional(),
  age: z.int().nonnegative().optional().meta({ description: 'Completed years today' }),
  knownTo: z
    .array(z.object({ agency: z.string(), feed: z.string() }))
    .meta({ description: 'Who sent records about the person, as far as your role may know' }),
  knownToWithheld: z.string().optional().meta({ description: 'Why it is not said who sent records about the person' }),
  familyIds: z.array(z.ulid()),
});

/** There is somebody, and a restriction stands in the way of saying who. */
const restrictedPersonSchema = z.object({
  access: z.literal('restricted'),
  detail: z.string(),
});

const foundPersonSchema = z.discriminatedUnion('access', [knownPersonSchema, restrictedPersonSchema]);
export type FoundPerson = z.infer<typeof foundPersonSchema>;

const searchResultSchema = z.object({
  items: z.array(foundPersonSchema).meta({ description: 'Empty where we do not know the person' }),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const peopleRoutes = [
  defineRoute({
    operationId: 'searchPeople',
    function: 'people-api',
    method: 'POST',
    path: '/v1/people/search',
    access: { kind: 'staff', roles: ['programme-officer', 'lead-practitioner'] },
    summary: 'Ask whether we know a person, by an identifier or by name and birth date',
    request: { body: searchCriteriaSchema, purpose: 'required' },
    response: { status: 200, body: searchResultSchema },
    problems: [],
  }),
] as const;
