import type { Criterion } from '../rule-set.ts';
import { months } from './periods.ts';
import { unsourced } from './six-headings-sources.ts';

/** H5 and H6. The headings are confirmed; no published text read gives their thresholds and periods. */
export const relationshipsAndHealth: readonly Criterion[] = [
  {
    id: 'P2.H5.1',
    heading: 'H5',
    subject: 'family-member',
    question: 'Has a family member been a victim of domestic abuse, or a child been affected by it, in the last 12 months?',
    says: {
      met: 'A member of this family was a victim of, or a child affected by, domestic abuse in the last 12 months.',
      notMet: 'No member of this family is known as a victim of domestic abuse in the last 12 months.',
      cannotTell: 'We cannot tell whether a member of this family has been a victim of domestic abuse.',
    },
    ways: [
      {
        facts: [
          { kind: 'domestic-abuse', where: { role: ['victim', 'child-affected'] } },
          { kind: 'police-incident', where: { domesticAbuse: true, role: 'victim' } },
        ],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['domestic-abuse-marac', 'police-incidents'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'No further incident.',
      test: { kind: 'gone' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H5.2',
    heading: 'H5',
    subject: 'family-member',
    question: 'Has a family member been named as responsible for domestic abuse in the last 12 months?',
    says: {
      met: 'A member of this family was named as responsible for domestic abuse in the last 12 months.',
      notMet: 'No member of this family is named as responsible for domestic abuse in the last 12 months.',
      cannotTell: 'We cannot tell whether a member of this family was named as responsible for domestic abuse.',
    },
    ways: [
      {
        facts: [
          { kind: 'domestic-abuse', where: { role: 'perpetrator' } },
          { kind: 'police-incident', where: { domesticAbuse: true, role: 'suspect' } },
        ],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['domestic-abuse-marac', 'police-incidents'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'A programme completed and no further incident.',
      test: { kind: 'gone' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H5.3',
    heading: 'H5',
    subject: 'family-member',
    question: 'Were the police called to domestic abuse involving the family on two days or more in the last 12 months?',
    says: {
      met: 'The police were called to domestic abuse involving this family on two days or more in the last 12 months.',
      notMet: 'The police were not called repeatedly to domestic abuse involving this family in the last 12 months.',
      cannotTell: 'We cannot tell how often the police were called to domestic abuse involving this family.',
    },
    ways: [
      {
        facts: [{ kind: 'police-incident', where: { domesticAbuse: true } }],
        measure: { kind: 'count', of: 'days', per: 'family', atLeast: 2 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['police-incidents'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Fewer calls than before the family joined.',
      test: { kind: 'fewer', of: 'days', per: 'family', byPercent: 1, baselineMonths: 6 },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H6.1',
    heading: 'H6',
    subject: 'family-member',
    question: 'Is a family member being treated for a mental health need?',
    says: {
      met: 'A member of this family is being treated for a mental health need now.',
      notMet: 'No member of this family is being treated for a mental health need now, as far as the adult service knows.',
      cannotTell: 'We cannot tell whether a member of this family is being treated for a mental health need.',
    },
    ways: [
      {
        facts: [{ kind: 'mental-health-need' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['adult-health'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'In contact with the service or discharged, and better by its measure.',
      test: { kind: 'recorded' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H6.2',
    heading: 'H6',
    subject: 'family-member',
    question: 'Is a family member being treated for a drug or alcohol problem?',
    says: {
      met: 'A member of this family is being treated for a drug or alcohol problem now.',
      notMet: 'No member of this family is being treated for a drug or alcohol problem now.',
      cannotTell: 'We cannot tell whether a member of this family is being treated for a drug or alcohol problem.',
    },
    ways: [
      {
        facts: [{ kind: 'substance-misuse-need' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['adult-health'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Treatment completed, or kept up.',
      test: { kind: 'recorded' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H6.3',
    heading: 'H6',
    subject: 'child',
    ages: { below: 5 },
    question: 'Has health visiting found a health or development concern about a child under five in the last 12 months?',
    says: {
      met: 'Health visiting found a health or development concern about a child under five in this family in the last 12 months.',
      notMet: 'Health visiting has found no concern about a child under five in this family in the last 12 months.',
      cannotTell: 'We cannot tell whether health visiting is concerned about a child under five in this family.',
    },
    ways: [
      {
        facts: [{ kind: 'child-health-concern' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'months', count: 12 },
        feeds: ['health-visiting'],
        silence: { means: 'each-person', expected: { below: 5 } },
      },
    ],
    outcome: {
      says: 'The health plan is followed.',
      test: { kind: 'recorded' },
      citation: unsourced,
    },
    sustain: months(6),
    citation: unsourced,
    effectiveFrom: '2015-04-01',
  },
];
