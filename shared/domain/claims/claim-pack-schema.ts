import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { determinationSchema } from '../eligibility/determination.ts';
import { coverageSchema, determinationRecordSchema, evidenceRecordSchema } from '../eligibility/replay/determination-record.ts';
import { ruleSetSchema } from '../eligibility/rule-set.ts';
import { termCalendarSchema } from '../eligibility/term-calendar.ts';
import { caseworkSchema } from '../outcomes/casework.ts';
import { checkNames } from './claim-case.ts';
import { claimKindSchema } from './claim.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const memberSchema = z.object({
  personId: z.string(),
  birthDate: isoDateSchema.optional(),
  birthDateEstimated: z.boolean().optional(),
  expectedBirthDate: isoDateSchema.optional(),
  parent: z.boolean(),
  lives: z.enum(['in-the-household', 'elsewhere']),
  restricted: z.boolean(),
  records: z.array(evidenceRecordSchema),
});

const claimCaseSchema = z.object({
  familyId: z.string(),
  lineage: z.array(z.string()),
  kind: claimKindSchema,
  claimant: z.string(),
  basis: z.object({
    family: z.object({ asAt: isoDateSchema, assessedOn: isoDateSchema.optional(), members: z.array(memberSchema) }),
    coverage: coverageSchema,
    ruleSet: ruleSetSchema,
    termCalendar: termCalendarSchema,
  }),
  casework: caseworkSchema,
  atEntry: determinationSchema,
  earlierClaims: z.array(z.object({ claimId: z.string(), familyId: z.string(), ruleSetId: z.string() })),
  audit: z.object({ by: z.string(), on: z.string(), accepted: z.boolean() }).optional(),
});

/** A claim pack as it is downloaded and verified. */
export const claimPackSchema = z.object({
  format: z.literal('claim-pack/1'),
  claimId: z.string(),
  claim: claimCaseSchema,
  decision: z.object({
    standing: z.enum(['valid', 'ready-for-audit', 'open', 'not-valid']),
    checks: z.array(
      z.object({
        number: z.int().positive(),
        name: z.enum(checkNames),
        result: z.enum(['pass', 'fail', 'unknown', 'not-applicable']),
        says: z.string(),
        evidence: z.array(z.string()),
      }),
    ),
    says: z.string(),
  }),
  entry: determinationRecordSchema,
  hashes: z.object({ claim: hash, decision: hash, entry: hash }),
});
export type PackedClaim = z.infer<typeof claimPackSchema>;
