/** What is asked, in the form of docs/eligibility-input.md. Written out here, so that nothing is shared with the engine. */
export interface EvaluatorInput {
  readonly ruleSet: RuleSetName;
  readonly termCalendar: { readonly terms: readonly Term[] };
  readonly coverage: readonly CoveredPeriod[];
  readonly family: Family;
}

export const ruleSetNames = [
  'troubled-families-phase-1',
  'troubled-families-expanded',
  'supporting-families-six-headings',
  'supporting-families-ten-headings',
  'families-first',
] as const;
export type RuleSetName = (typeof ruleSetNames)[number];

export interface Term {
  /** The calendar year in which the school year begins. */
  readonly schoolYear: number;
  readonly term: 'autumn' | 'spring' | 'summer';
  readonly from: string;
  readonly to: string;
}

export interface CoveredPeriod {
  readonly feed: Feed;
  readonly agency: string;
  readonly uploadId: string;
  readonly from: string;
  readonly to: string;
  readonly cohort?: { readonly from: number; readonly below: number };
}

/** Days by which each feed may lag behind (docs/eligibility-input.md, end of "How data are read"). */
export const daysBehind = {
  'school-roll': 120,
  'school-attendance': 120,
  suspensions: 45,
  'police-incidents': 62,
  'youth-justice': 62,
  'dwp-benefits': 123,
  'housing-arrears': 62,
  homelessness: 123,
  'childrens-social-care': 45,
  'domestic-abuse-marac': 45,
  'health-visiting': 123,
  'adult-health': 62,
  'professional-referral': 0,
} as const;
export type Feed = keyof typeof daysBehind;

interface Family {
  readonly asAt: string;
  readonly assessedOn?: string;
  readonly members: readonly Member[];
}

export interface Member {
  readonly personId: string;
  readonly birthDate?: string;
  readonly birthDateEstimated?: boolean;
  readonly expectedBirthDate?: string;
  readonly parent: boolean;
  readonly lives: 'in-the-household' | 'elsewhere';
  readonly restricted: boolean;
  readonly records: readonly FamilyRecord[];
}

export interface FamilyRecord {
  readonly feed: Feed;
  readonly agency: string;
  readonly uploadId: string;
  readonly row: number;
  readonly accessClass: 'standard' | 'benefits' | 'domestic-abuse';
  readonly periodEnd: string;
  readonly endedOn?: string;
  readonly facts: readonly FamilyFact[];
}

/** One fact with the fields of its kind; the others are absent. */
export interface FamilyFact {
  readonly kind: string;
  readonly from: string;
  readonly to?: string;
  readonly status?: string;
  readonly academicYear?: string;
  readonly term?: string;
  readonly sessionsPossible?: number;
  readonly sessionsAuthorised?: number;
  readonly sessionsUnauthorised?: number;
  readonly category?: string;
  readonly sessions?: number;
  readonly role?: string;
  readonly antisocialBehaviour?: boolean;
  readonly domesticAbuse?: boolean;
  readonly childPresent?: boolean;
  readonly benefit?: string;
  readonly substance?: string;
  readonly noticeServed?: boolean;
  readonly duty?: string;
  readonly repeat?: boolean;
  readonly concern?: string;
  readonly heading?: string;
  readonly note?: boolean;
}

export type Value = 'met' | 'not-met' | 'unknown' | 'not-covered';
