import type { Criterion, RuleSet } from '../rule-set.ts';
import { months, terms } from './periods.ts';
import { crimeAndLivingStandards } from './six-headings-crime-and-living-standards.ts';
import { educationAndChildren } from './six-headings-education-and-children.ts';
import { relationshipsAndHealth } from './six-headings-relationships-and-health.ts';
import { derbyPlan, devonPlan, surreyPlan, unsourced } from './six-headings-sources.ts';

/** One per heading: a professional's nomination "of equal concern" counts like the feed's own evidence. */
const nomination = (id: string, heading: string, concern: string): Criterion => ({
  id,
  heading,
  subject: 'family-member',
  question: `Has a professional nominated the family for ${concern}?`,
  says: {
    met: `A professional has nominated this family for ${concern} in the last 12 months.`,
    notMet: `No professional has nominated this family for ${concern} in the last 12 months.`,
    cannotTell: `We cannot tell whether a professional has nominated this family for ${concern}.`,
  },
  ways: [
    {
      facts: [{ kind: 'nominated-need', where: { heading } }],
      measure: { kind: 'count', of: 'facts', per: 'family', atLeast: 1 },
      lookBack: { unit: 'months', count: 12 },
      feeds: ['professional-referral'],
      silence: { means: 'kept-here' },
    },
  ],
  outcome: {
    says: 'What the family’s plan set out about it has been reached, and the lead practitioner has recorded how that is known.',
    test: { kind: 'recorded' },
    citation: derbyPlan,
  },
  sustain: heading === 'H2' ? terms(3) : months(6),
  citation: derbyPlan,
  effectiveFrom: '2015-04-01',
});

/** The indicators of published outcome plans, as far as the partners' feeds can answer them. */
export const sixHeadingsCriteria: readonly Criterion[] = [
  ...crimeAndLivingStandards,
  ...educationAndChildren,
  ...relationshipsAndHealth,
  nomination('P2.H1.5', 'H1', 'crime, exploitation, gangs or antisocial behaviour'),
  nomination('P2.H2.6', 'H2', 'a child without suitable full-time education'),
  nomination('P2.H3.5', 'H3', 'a child who needs help'),
  nomination('P2.H4.4', 'H4', 'work, money or housing problems'),
  nomination('P2.H5.4', 'H5', 'domestic abuse'),
  nomination('P2.H6.4', 'H6', 'physical or mental health problems'),
];

export const sixHeadingsNotAsked: RuleSet['notAsked'] = [
  {
    id: 'P2.H1.3',
    heading: 'H1',
    question: 'Is a parent or young person due out of prison within 12 months?',
    why: 'No partner sends prison releases.',
    citation: derbyPlan,
  },
  {
    id: 'P2.H1.4',
    heading: 'H1',
    question: 'Is a parent on licence, supervision or a community order?',
    why: 'No partner sends probation records.',
    citation: derbyPlan,
  },
  {
    id: 'P2.H1.6',
    heading: 'H1',
    question: 'Are the police called to the home more often than is usual?',
    why: 'The plan does not say how many calls are usual.',
    citation: devonPlan,
  },
  {
    id: 'P2.H2.4',
    heading: 'H2',
    question: 'Is a child in alternative provision because of their behaviour?',
    why: 'No partner sends the register of alternative provision.',
    citation: derbyPlan,
  },
  {
    id: 'P2.H2.5',
    heading: 'H2',
    question: 'Is a child neither on a school roll nor educated otherwise?',
    why: 'The roll alone cannot tell home education from missing education.',
    citation: derbyPlan,
  },
  {
    id: 'P2.H3.4',
    heading: 'H3',
    question: 'Is a child at risk of exploitation, a young carer, homeless alone, or often referred to the front door?',
    why: 'No partner sends these; a professional can nominate the family.',
    citation: devonPlan,
  },
  {
    id: 'P2.H4.2',
    heading: 'H4',
    question: 'Is a young person not in education, employment or training?',
    why: 'No partner sends the tracking of 16 and 17 year olds.',
    citation: devonPlan,
  },
  {
    id: 'P2.H6.1-child',
    heading: 'H6',
    question: 'Does a child have a mental health need?',
    why: 'No partner sends child and adolescent mental health records.',
    citation: unsourced,
  },
];

/** Rules that both programmes on the six headings share. */
export const sixHeadingsRules = {
  dependentChild: {
    below: 16,
    inEducationOrUnemployedBelow: 19,
    unbornCounts: false,
    expectantParentCounts: false,
    citation: surreyPlan,
  },
  fromParentElsewhere: { atMost: 1, citation: surreyPlan },
  claims: {
    kinds: ['significant-and-sustained-progress', 'continuous-employment'],
    sustainFrom: 'outcome-reached',
    education: {
      measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'less-than', percent: 10 },
      terms: 3,
      ages: { from: 5, below: 16 },
      citation: surreyPlan,
    },
    employment: { weeks: 26, ofWeeks: 30, citation: unsourced },
    citation: surreyPlan,
  },
} satisfies Partial<RuleSet>;
