import type { Criterion } from '../rule-set.ts';
import { months } from './periods.ts';
import { bathPlan, derbyPlan, hansard2017, unsourced } from './six-headings-sources.ts';

/** H1 and H4. */
export const crimeAndLivingStandards: readonly Criterion[] = [
  {
    id: 'P2.H1.1',
    heading: 'H1',
    subject: 'child',
    ages: { from: 10, below: 18 },
    question: 'Does a child have a proven offence in the last 12 months?',
    says: {
      met: 'A child aged 10 to 17 in this family has a proven offence in the last 12 months.',
      notMet: 'No child in this family has a proven offence in the last 12 months.',
      cannotTell: 'We cannot tell whether a child in this family has a proven offence.',
    },
    ways: [
      {
        facts: [{ kind: 'proven-offence' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['youth-justice'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Fewer proven offences by the children: a third fewer than before the family joined.',
      test: { kind: 'fewer', of: 'days', per: 'person', byPercent: 33, baselineMonths: 6 },
      citation: bathPlan,
    },
    sustain: months(6),
    citation: derbyPlan,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H1.2',
    heading: 'H1',
    subject: 'family-member',
    question: 'Have the police dealt with antisocial behaviour by a family member in the last 12 months?',
    says: {
      met: 'The police dealt with antisocial behaviour by a member of this family in the last 12 months.',
      notMet: 'The police have not dealt with antisocial behaviour by a member of this family in the last 12 months.',
      cannotTell: 'We cannot tell whether the police dealt with antisocial behaviour by a member of this family.',
    },
    ways: [
      {
        facts: [{ kind: 'police-incident', where: { antisocialBehaviour: true, role: 'suspect' } }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['police-incidents'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Antisocial behaviour across the family is down by 60%.',
      test: { kind: 'fewer', of: 'days', per: 'family', byPercent: 60, baselineMonths: 6 },
      citation: bathPlan,
    },
    sustain: months(6),
    citation: bathPlan,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H4.1',
    heading: 'H4',
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
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['dwp-benefits'],
        silence: { means: 'each-person', expected: { from: 18, below: 66 } },
      },
    ],
    outcome: {
      says: 'The adult is off the benefit and in work, or makes measurable progress to work.',
      test: { kind: 'gone' },
      citation: unsourced,
    },
    sustain: { unit: 'weeks', count: 26 },
    citation: hansard2017,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H4.3-rent',
    heading: 'H4',
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
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['housing-arrears'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'No arrears and no eviction action, or the arrangement is kept.',
      test: { kind: 'gone' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H4.3-home',
    heading: 'H4',
    subject: 'family-member',
    question: 'Does the council owe the family a homelessness duty?',
    says: {
      met: 'The council owes this family a homelessness duty now.',
      notMet: 'The council owes this family no homelessness duty now.',
      cannotTell: 'We cannot tell whether this family is homeless or about to be.',
    },
    ways: [
      {
        facts: [{ kind: 'homelessness-duty' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['homelessness'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'The family is housed and no duty is owed.',
      test: { kind: 'gone' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
];
