import * as z from 'zod';
import {
  seenCriterionSchema,
  seenDeterminationSchema,
  seenHeadingSchema,
  seenOutcomeSchema,
} from '../../domain/access/limited-determination.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import { evidenceSchema, gapSchema } from '../../domain/eligibility/determination.ts';
import { citationSchema } from '../../domain/eligibility/citation.ts';
import { basisSchema, familyCheckSchema, memberRoleSchema } from '../../domain/families/family.ts';
import { addressSchema } from '../../domain/people/person-details.ts';
import { assignmentReasonSchema } from '../../domain/people/person-record.ts';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { defineRoute } from './route.ts';

/** What a person has to do next about a family. */
const waitingForSchema = z
  .array(z.enum(['decision', ...familyCheckSchema.options]))
  .meta({ description: 'decision: eligible, somebody decides whether to offer help; the others: somebody checks who belongs to it' });

const ruleSetSchema = z.object({ id: z.string(), version: z.string(), title: z.string() });

/** Said to roles that see standard records only, always: what it stands for may be there or not. */
const notShownSchema = z
  .string()
  .optional()
  .meta({ description: 'What your role is not shown, whether or not there is anything, and whom to ask; absent where it sees everything' });

const placesWithheldSchema = z.string().optional().meta({
  description: 'Why nothing is shown that says where somebody is: no address and, depending on your role, no agency, upload or row',
});

/** Enough to choose a family by; no name, no birth date. */
export const familySummarySchema = z.object({
  familyId: z.ulid(),
  outcome: seenOutcomeSchema,
  says: z.string().meta({
    examples: ['Eligible: 2 of the 6 headings are met; the programme asks for 2 or more, and a dependent child lives in the family.'],
  }),
  headingsMet: z.array(z.string()).meta({ examples: [['H2', 'H4']] }),
  criteriaMet: seenDeterminationSchema.shape.criteriaMet.meta({ description: 'A count, not a score' }),
  memberCount: z.int().positive(),
  childCount: z.int().nonnegative().meta({ description: 'Members under 18, born or not' }),
  waitingFor: waitingForSchema,
  ruleSet: ruleSetSchema,
  asAt: isoDateSchema.meta({
    description: 'The answer stands as at this day; an answer that stays the same keeps its day where your role sees a part only',
  }),
  updatedAt: z.iso.datetime(),
});
export type FamilySummaryView = z.infer<typeof familySummarySchema>;

/** A row that is taken to be about a member. */
const memberRecordSchema = z.object({
  feed: z.enum(feedIds),
  agency: z.string().optional(),
  uploadId: z.string().optional(),
  row: z.int().positive().optional().meta({ description: '1 is the first row under the header' }),
  subject: z.string().meta({ description: 'Which of the people in the row', examples: ['pupil'] }),
  because: assignmentReasonSchema.optional().meta({
    description:
      'Why the row was taken to be about this person; left out where your role does not see all rows, since it may be another row that says so',
  }),
});

const shownMemberSchema = z.object({
  access: z.literal('shown'),
  personId: z.string(),
  forename: z.string().optional(),
  surname: z.string().optional(),
  birthDate: isoDateSchema.optional(),
  expectedBirthDate: isoDateSchema.optional(),
  age: z.int().nonnegative().optional().meta({ description: 'Completed years today' }),
  role: memberRoleSchema,
  lives: z.enum(['in-the-household', 'elsewhere']),
  basis: z.array(basisSchema).meta({ description: 'Why this person is taken to belong to the family' }),
  from: isoDateSchema,
  address: addressSchema.optional().meta({ description: 'Where the files have them now' }),
  addressWithheld: z.string().optional().meta({ description: 'Why no address is shown' }),
  records: z.array(memberRecordSchema).meta({ description: 'How we know: the rows about this person that your role may see' }),
});

/** Somebody belongs to the family, and a restriction stands in the way of saying who. */
const restrictedMemberSchema = z.object({ access: z.literal('restricted'), personId: z.string(), detail: z.string() });

const memberViewSchema = z.discriminatedUnion('access', [shownMemberSchema, restrictedMemberSchema]);
export type MemberView = z.infer<typeof memberViewSchema>;

/** Rows that speak for a criterion, out of those your role may see. */
const evidenceViewSchema = z.object({
  shown: z.array(evidenceSchema.partial({ agency: true, uploadId: true, row: true })),
  withheld: z
    .array(z.object({ reason: z.literal('restriction'), count: z.int().positive(), says: z.string() }))
    .meta({ description: 'Rows that exist and are not shown, because they are about a person under a restriction' }),
  notListed: z.int().nonnegative().meta({ description: 'Older rows beyond those listed' }),
});
export type EvidenceView = z.infer<typeof evidenceViewSchema>;

const needSchema = z.object({
  criterionId: z.string(),
  heading: z.string(),
  says: z.string(),
  evidence: evidenceViewSchema,
});

const familyStateSchema = {
  familyId: z.ulid(),
  version: z.int().positive(),
  state: z.enum(['current', 'merged', 'ended']),
  mergedInto: z.ulid().optional().meta({ description: 'The family that has its people now' }),
};

export const familyViewSchema = z.object({
  ...familyStateSchema,
  members: z.array(memberViewSchema),
  formerMembers: z.array(z.object({ personId: z.string(), role: memberRoleSchema, from: isoDateSchema, to: isoDateSchema })),
  waitingFor: waitingForSchema,
  /** Absent of a family that has been merged or has ended. */
  eligibility: z
    .object({
      outcome: seenOutcomeSchema,
      says: z.string(),
      criteriaMet: familySummarySchema.shape.criteriaMet,
      headings: z.array(seenHeadingSchema),
      ruleSet: ruleSetSchema,
      asAt: isoDateSchema,
    })
    .optional(),
  needs: z.array(needSchema).meta({ description: 'Criteria that are met, with the rows that show it' }),
  notShown: notShownSchema,
  placesWithheld: placesWithheldSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type FamilyView = z.infer<typeof familyViewSchema>;

export const eligibilityViewSchema = seenDeterminationSchema.omit({ criteria: true }).extend({
  familyId: z.ulid(),
  version: z.int().positive().meta({ description: 'Of the determination: rises when its content changes' }),
  determinedAt: z.iso.datetime(),
  criteria: z.array(
    seenCriterionSchema.omit({ evidence: true, evidenceCount: true, valueInHousehold: true }).extend({
      evidence: evidenceViewSchema,
      missing: z.array(gapSchema),
    }),
  ),
  notAsked: z
    .array(z.object({ id: z.string(), heading: z.string(), question: z.string(), why: z.string(), citation: citationSchema }))
    .meta({ description: 'Criteria of the plan that no partner’s file can answer yet' }),
  notShown: notShownSchema,
  placesWithheld: placesWithheldSchema,
});
export type EligibilityView = z.infer<typeof eligibilityViewSchema>;

const roles = ['programme-officer', 'lead-practitioner', 'auditor'] as const;
/** Of any rule set, also one that the council has put in force: families may have been held against any of them. */
const headingSchema = z.string().trim().min(1).max(100);
const familyPath = z.object({ familyId: z.ulid() });

export const familyRoutes = [
  defineRoute({
    operationId: 'listFamilies',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families',
    access: { kind: 'staff', roles },
    summary: 'List families by outcome and heading, oldest first',
    request: {
      query: pageQuerySchema.extend({
        eligibility: seenOutcomeSchema.optional().meta({ description: 'Only families with this outcome, as your role may know it' }),
        heading: headingSchema.optional().meta({
          description:
            'Only families that meet this heading, by its id in the rule set that they are held against and by what your role may see. A page may then be short, or empty, and have another behind it.',
          examples: ['H2'],
        }),
      }),
    },
    response: { status: 200, body: pageOf(familySummarySchema) },
    problems: ['invalid-cursor'],
  }),
  defineRoute({
    operationId: 'readFamily',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}',
    access: { kind: 'staff', roles },
    summary: 'Read a family: its members, its needs, and the rows that show them, as far as your role may know',
    request: { path: familyPath, purpose: 'required' },
    response: { status: 200, body: familyViewSchema },
    problems: ['family-not-found'],
  }),
  defineRoute({
    operationId: 'readEligibility',
    function: 'families-api',
    method: 'GET',
    path: '/v1/families/{familyId}/eligibility',
    access: { kind: 'staff', roles },
    summary: 'Read why a family is eligible, is not, or why that cannot be told: every criterion, down to file and row',
    request: { path: familyPath, purpose: 'required' },
    response: { status: 200, body: eligibilityViewSchema },
    problems: ['family-not-found'],
  }),
] as const;
