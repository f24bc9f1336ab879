import { ruleSetSchema, type Criterion } from '../rule-set.ts';
import { daysBehindAllowed } from './days-behind.ts';
import { months, terms } from './periods.ts';
import { barking, discretion, employmentWeeks, phaseOneEntry, phaseOneResults, twoCouncils, unstated } from './phase-one-sources.ts';

const phase = { effectiveFrom: '2012-04-01' } as const;
const count = (atLeast: number) => ({ kind: 'count', of: 'facts', per: 'person', atLeast }) as const;
const twelveMonths = { unit: 'months', count: 12 } as const;
const threeTerms = { unit: 'terms', count: 3 } as const;
const register = { means: 'register' } as const;

const school: Pick<Criterion, 'outcome' | 'sustain'> = {
  outcome: {
    says: 'Each child has fewer than three fixed-term exclusions and less than 15% unauthorised absence over the last three terms.',
    test: {
      kind: 'rate',
      measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'less-than', percent: 15 },
    },
    citation: phaseOneResults,
  },
  sustain: terms(3),
};

/** Local discretion has no result of its own: what counts is crime, school and work. */
const discretionary: Pick<Criterion, 'heading' | 'outcome' | 'sustain' | 'citation' | 'effectiveFrom'> = {
  heading: 'D',
  outcome: { says: 'No result of its own is asked for.', test: { kind: 'recorded' }, citation: discretion },
  sustain: months(6),
  citation: discretion,
  ...phase,
};

const criteria: readonly Criterion[] = [
  {
    id: 'P1.A.1',
    heading: 'A',
    subject: 'child',
    question: 'Does a child have a proven offence in the last 12 months?',
    says: {
      met: 'A child under 18 in this family has a proven offence in the last 12 months.',
      notMet: 'No child under 18 in this family has a proven offence in the last 12 months.',
      cannotTell: 'We cannot tell whether a child in this family has a proven offence.',
    },
    ways: [{ facts: [{ kind: 'proven-offence' }], measure: count(1), lookBack: twelveMonths, feeds: ['youth-justice'], silence: register }],
    outcome: {
      says: 'Offending by the children is down by a third.',
      test: { kind: 'fewer', of: 'days', per: 'person', byPercent: 33, baselineMonths: 6 },
      citation: phaseOneResults,
    },
    sustain: months(6),
    citation: twoCouncils,
    ...phase,
  },
  {
    id: 'P1.A.2',
    heading: 'A',
    subject: 'family-member',
    question: 'Has a family member been dealt with for antisocial behaviour in the last 12 months?',
    says: {
      met: 'A member of this family was dealt with for antisocial behaviour in the last 12 months.',
      notMet: 'No member of this family was dealt with by the police for antisocial behaviour in the last 12 months.',
      cannotTell: 'We cannot tell whether a member of this family was dealt with for antisocial behaviour.',
    },
    ways: [
      {
        facts: [{ kind: 'police-incident', where: { antisocialBehaviour: true, role: 'suspect' } }],
        measure: count(1),
        lookBack: twelveMonths,
        feeds: ['police-incidents'],
        silence: register,
      },
    ],
    outcome: {
      says: 'Antisocial behaviour across the family is down by 60%.',
      test: { kind: 'fewer', of: 'days', per: 'family', byPercent: 60, baselineMonths: 6 },
      citation: phaseOneResults,
    },
    sustain: months(6),
    citation: twoCouncils,
    ...phase,
  },
  {
    id: 'P1.B.1',
    heading: 'B',
    subject: 'child',
    question: 'Has a child been permanently excluded, or excluded three times or more, in the last three completed terms?',
    says: {
      met: 'A child in this family was permanently excluded, or excluded three times or more, in the last three completed terms.',
      notMet: 'No child in this family was permanently excluded, or excluded three times, in the last three completed terms.',
      cannotTell: 'We cannot tell how often children in this family were excluded from school.',
    },
    ways: [
      {
        facts: [{ kind: 'exclusion', where: { category: 'permanent' } }],
        measure: count(1),
        lookBack: threeTerms,
        feeds: ['suspensions'],
        silence: register,
      },
      {
        facts: [{ kind: 'exclusion', where: { category: 'suspension' } }],
        measure: { ...count(3), of: 'days' },
        lookBack: threeTerms,
        feeds: ['suspensions'],
        silence: register,
      },
    ],
    outcome: { ...school.outcome, test: { kind: 'gone' } },
    sustain: school.sustain,
    citation: barking,
    ...phase,
  },
  {
    id: 'P1.B.4',
    heading: 'B',
    subject: 'child',
    question: 'Has a child missed 15% of school sessions or more without permission over the last three completed terms?',
    says: {
      met: 'A child in this family missed 15% of school sessions or more without permission over the last three completed terms.',
      notMet: 'No child in this family missed 15% of school sessions without permission over the last three completed terms.',
      cannotTell: 'We cannot tell whether a child in this family misses too much school.',
    },
    ways: [
      {
        facts: [{ kind: 'school-attendance' }],
        measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'at-least', percent: 15 },
        lookBack: threeTerms,
        feeds: ['school-attendance'],
        silence: { means: 'each-person', expected: { from: 5, below: 16 } },
      },
    ],
    ...school,
    citation: twoCouncils,
    ...phase,
  },
  {
    id: 'P1.C.1',
    heading: 'C',
    subject: 'adult',
    question: 'Is an adult getting an out-of-work benefit?',
    says: {
      met: 'An adult in this family gets an out-of-work benefit now.',
      notMet: 'No adult in this family gets an out-of-work benefit now.',
      cannotTell: 'We cannot tell whether an adult in this family gets an out-of-work benefit.',
    },
    ways: [
      {
        facts: [{ kind: 'out-of-work-benefit' }],
        measure: count(1),
        lookBack: { unit: 'current' },
        feeds: ['dwp-benefits'],
        silence: { means: 'each-person', expected: { from: 18, below: 66 } },
      },
    ],
    outcome: { says: 'The adult is off the benefit and has stayed in work.', test: { kind: 'gone' }, citation: phaseOneResults },
    sustain: { unit: 'weeks', count: 26 },
    citation: barking,
    ...phase,
  },
  {
    id: 'P1.D.cin',
    subject: 'child',
    question: 'Is a child a child in need, or on a child protection plan?',
    says: {
      met: 'A child in this family is a child in need or has a child protection plan now.',
      notMet: 'No child in this family is a child in need or has a child protection plan now.',
      cannotTell: 'We cannot tell whether a child in this family is a child in need or has a child protection plan.',
    },
    ways: [
      {
        facts: [{ kind: 'child-in-need' }, { kind: 'child-protection-plan' }],
        measure: count(1),
        lookBack: { unit: 'current' },
        feeds: ['childrens-social-care'],
        silence: register,
      },
    ],
    ...discretionary,
  },
  {
    id: 'P1.D.abuse',
    subject: 'family-member',
    question: 'Has there been domestic abuse in the family in the last 12 months?',
    says: {
      met: 'A member of this family suffered, saw or was named as responsible for domestic abuse in the last 12 months.',
      notMet: 'No domestic abuse is known in this family in the last 12 months.',
      cannotTell: 'We cannot tell whether there has been domestic abuse in this family.',
    },
    ways: [
      {
        facts: [{ kind: 'domestic-abuse' }, { kind: 'police-incident', where: { domesticAbuse: true, role: ['victim', 'suspect'] } }],
        measure: count(1),
        lookBack: twelveMonths,
        feeds: ['domestic-abuse-marac', 'police-incidents'],
        silence: register,
      },
    ],
    ...discretionary,
  },
  {
    id: 'P1.D.health',
    subject: 'family-member',
    question: 'Is a family member being treated for a mental health, drug or alcohol problem?',
    says: {
      met: 'A member of this family is being treated for a mental health, drug or alcohol problem now.',
      notMet:
        'No member of this family is being treated for a mental health, drug or alcohol problem now, as far as the adult services know.',
      cannotTell: 'We cannot tell whether a member of this family is being treated for a mental health, drug or alcohol problem.',
    },
    ways: [
      {
        facts: [{ kind: 'mental-health-need' }, { kind: 'substance-misuse-need' }],
        measure: count(1),
        lookBack: { unit: 'current' },
        feeds: ['adult-health'],
        silence: register,
      },
    ],
    ...discretionary,
  },
  {
    id: 'P1.D.home',
    subject: 'adult',
    question: 'Is an adult behind with the rent, or facing eviction?',
    says: {
      met: 'An adult in this family is behind with the rent or faces eviction now.',
      notMet: 'No landlord who sends us files lists an adult of this family as behind with the rent or facing eviction now.',
      cannotTell: 'We cannot tell whether this family is behind with the rent.',
    },
    ways: [
      {
        facts: [{ kind: 'rent-arrears' }, { kind: 'eviction-action' }],
        measure: count(1),
        lookBack: { unit: 'current' },
        feeds: ['housing-arrears'],
        silence: register,
      },
    ],
    ...discretionary,
  },
  {
    id: 'P1.D.nominated',
    subject: 'family-member',
    question: 'Has a professional nominated the family?',
    says: {
      met: 'A professional has nominated this family in the last 12 months.',
      notMet: 'No professional has nominated this family in the last 12 months.',
      cannotTell: 'We cannot tell whether a professional has nominated this family.',
    },
    ways: [
      {
        facts: [{ kind: 'nominated-need' }],
        measure: { kind: 'count', of: 'facts', per: 'family', atLeast: 1 },
        lookBack: twelveMonths,
        feeds: ['professional-referral'],
        silence: { means: 'kept-here' },
      },
    ],
    ...discretionary,
  },
];

/** Troubled Families, phase 1, April 2012 to March 2015 (claims until May): crime, school, work, and each council's own filter. */
export const troubledFamiliesPhase1 = ruleSetSchema.parse({
  id: 'troubled-families-phase-1',
  version: '2012-04-01',
  title: 'Troubled Families, phase 1',
  headings: [
    { id: 'A', title: 'Crime and antisocial behaviour' },
    { id: 'B', title: 'Education' },
    { id: 'C', title: 'Work' },
    { id: 'D', title: 'Local discretion' },
  ],
  entry: { count: 'core-or-discretion', core: ['A', 'B', 'C'], discretion: ['D'], coreWithDiscretion: 2, citation: phaseOneEntry },
  dependentChild: {
    below: 16,
    inEducationOrUnemployedBelow: 19,
    unbornCounts: false,
    expectantParentCounts: false,
    citation: unstated,
  },
  daysBehindAllowed,
  criteria,
  notAsked: [
    {
      id: 'P1.B.2',
      heading: 'B',
      question: 'Is a child in a pupil referral unit or alternative provision because of an exclusion?',
      why: 'No partner sends the register of alternative provision.',
      citation: barking,
    },
    {
      id: 'P1.B.3',
      heading: 'B',
      question: 'Is a child on no school roll?',
      why: 'The roll alone cannot tell home education from missing education.',
      citation: barking,
    },
  ],
  claims: {
    kinds: ['turned-around', 'continuous-employment'],
    sustainFrom: 'outcome-reached',
    employment: { weeks: 26, ofWeeks: 30, citation: employmentWeeks },
    citation: phaseOneResults,
  },
  period: {
    effectiveFrom: '2012-04-01',
    effectiveTo: '2015-04-01',
    because: 'The first programme ran from April 2012 to March 2015; results could be claimed until May 2015.',
    citation: phaseOneResults,
  },
});
