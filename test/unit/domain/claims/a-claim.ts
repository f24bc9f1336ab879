import type { ClaimCase } from '#shared/domain/claims/claim-case.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { caseworkSchema, type Casework } from '#shared/domain/outcomes/casework.ts';
import type { EvidenceRecord, MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import {
  aChild,
  aParent,
  aRecord,
  askedAboutBenefits,
  attendance,
  determine,
  everythingCovered,
  inNeed,
  offence,
} from '../eligibility/builders.ts';

export const joinedOn = '2025-06-01';

/** A child in need until February 2026, three offences in the six months before the family joined, one since. */
export const childRecords = (): EvidenceRecord[] => [
  aRecord('childrens-social-care', [inNeed('2025-01-10', '2026-02-01')]),
  ...['2025-01-15', '2025-03-10', '2025-04-20', '2026-03-03'].map((day) => aRecord('youth-justice', [offence(day)])),
  aRecord('school-attendance', [attendance('autumn', 5, 120), attendance('spring', 5, 120), attendance('summer', 5, 120)]),
];

export const members = (records: readonly EvidenceRecord[] = childRecords()): MemberEvidence[] => [
  aChild(records, { birthDate: '2012-05-05' }),
  aParent([askedAboutBenefits()]),
];

export const aCasework = (change: Partial<Casework> = {}): Casework =>
  caseworkSchema.parse({
    joinedOn,
    leadPractitioners: [
      { name: 'B. Worker', from: '2025-05-20', to: '2025-12-01' },
      { name: 'C. Worker', from: '2025-12-01' },
    ],
    assessments: [{ on: '2025-06-20', personIds: ['child', 'parent'] }],
    plans: [{ on: '2025-07-01', criterionIds: ['P2.H3.2', 'P2.H1.1'] }],
    agencies: [
      { name: 'Youth justice', from: '2025-07-01' },
      { name: 'School', from: '2025-07-01' },
    ],
    needs: [
      { criterionId: 'P2.H3.2', identifiedOn: joinedOn, evidence: [] },
      { criterionId: 'P2.H1.1', identifiedOn: joinedOn, evidence: [] },
    ],
    outcomes: [
      { criterionId: 'P2.H3.2', reachedOn: '2026-02-01', evidence: ['plan review of February'] },
      { criterionId: 'P2.H1.1', reachedOn: '2026-02-01', evidence: ['youth justice closure'] },
    ],
    discretion: [],
    closure: { on: '2026-09-01', reason: 'Needs met' },
    ...change,
  });

/** A claim of which only the audit is still to come. */
export const aClaim = (change: Partial<ClaimCase> = {}): ClaimCase => ({
  familyId: 'FAMILY',
  lineage: ['FAMILY'],
  kind: 'significant-and-sustained-progress',
  claimant: 'claimant',
  basis: {
    family: { asAt: '2026-11-23', members: members() },
    coverage: everythingCovered,
    ruleSet: knowsleySixHeadings,
    termCalendar: usualTerms,
  },
  casework: aCasework(),
  atEntry: determine(members(), { asAt: joinedOn }),
  earlierClaims: [],
  ...change,
});
