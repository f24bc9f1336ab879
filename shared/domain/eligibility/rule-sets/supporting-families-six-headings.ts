import { ruleSetSchema, type Criterion } from '../rule-set.ts';
import { crimeAndLivingStandards } from './six-headings-crime-and-living-standards.ts';
import { educationAndChildren } from './six-headings-education-and-children.ts';
import { relationshipsAndHealth } from './six-headings-relationships-and-health.ts';
import { derbyPlan, devonPlan, hansard2017, knowsleyPage, surreyPlan, unsourced } from './six-headings-sources.ts';

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
  facts: [{ kind: 'nominated-need', where: { heading } }],
  measure: { kind: 'count', of: 'facts', per: 'family', atLeast: 1 },
  lookBack: { unit: 'months', count: 12 },
  feeds: ['professional-referral'],
  silence: { means: 'kept-here' },
  citation: derbyPlan,
  effectiveFrom: '2015-04-01',
});

/**
 * Supporting Families on the six headings (national April 2021 to 2 October 2022), with the wording of Knowsley's page
 * and the indicators of published outcome plans, as far as the partners' feeds can answer them.
 */
export const supportingFamiliesSixHeadings = ruleSetSchema.parse({
  id: 'supporting-families-six-headings',
  version: '2021-04-01',
  title: 'Supporting Families, six headings',
  headings: [
    { id: 'H1', title: 'Staying safe in the community' },
    { id: 'H2', title: 'Good education and skills for life' },
    { id: 'H3', title: 'Improving children’s life chances' },
    { id: 'H4', title: 'Improving living standards' },
    { id: 'H5', title: 'Staying safe in relationships' },
    { id: 'H6', title: 'Living well: physical and mental health and wellbeing' },
  ],
  headingsNeeded: { count: 2, citation: hansard2017 },
  dependentChild: { below: 16, inEducationOrUnemployedBelow: 19, unbornCounts: false, citation: surreyPlan },
  headingsFromParentElsewhere: { atMost: 1, citation: surreyPlan },
  daysBehindAllowed: {
    days: {
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
    },
    citation: { source: 'Council decision to be signed off: one reporting cycle of each feed and a margin', confidence: 'unconfirmed' },
  },
  criteria: [
    ...crimeAndLivingStandards,
    ...educationAndChildren,
    ...relationshipsAndHealth,
    nomination('P2.H1.5', 'H1', 'crime, exploitation, gangs or antisocial behaviour'),
    nomination('P2.H2.6', 'H2', 'a child without suitable full-time education'),
    nomination('P2.H3.5', 'H3', 'a child who needs help'),
    nomination('P2.H4.4', 'H4', 'work, money or housing problems'),
    nomination('P2.H5.4', 'H5', 'domestic abuse'),
    nomination('P2.H6.4', 'H6', 'physical or mental health problems'),
  ],
  notAsked: [
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
      id: 'P2.H2.5',
      heading: 'H2',
      question: 'Is a child neither on a school roll nor educated otherwise?',
      why: 'The roll alone cannot tell home education from missing education.',
      citation: derbyPlan,
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
  ],
  period: {
    effectiveFrom: '2021-04-01',
    because:
      'The national programme used these headings until 2 October 2022. The council has kept them for its own programme since, so the end is left open until it decides otherwise.',
    citation: knowsleyPage,
  },
});
