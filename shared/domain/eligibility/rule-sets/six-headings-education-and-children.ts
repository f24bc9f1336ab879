import type { Criterion } from '../rule-set.ts';
import { months, terms } from './periods.ts';
import { derbyPlan, devonPlan, hansard2017 } from './six-headings-sources.ts';

/** H2 and H3. */
export const educationAndChildren: readonly Criterion[] = [
  {
    id: 'P2.H2.1',
    heading: 'H2',
    subject: 'child',
    question: 'Has a child missed more than 10% of school sessions without permission over the last three completed terms?',
    says: {
      met: 'A child in this family missed more than 10% of school sessions without permission over the last three completed terms.',
      notMet: 'No child in this family missed more than 10% of school sessions without permission over the last three completed terms.',
      cannotTell: 'We cannot tell whether a child in this family misses too much school.',
    },
    ways: [
      {
        facts: [{ kind: 'school-attendance' }],
        measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'more-than', percent: 10 },
        lookBack: { unit: 'terms', count: 3 },
        feeds: ['school-attendance'],
        silence: { means: 'each-person', expected: { from: 5, below: 16 } },
      },
    ],
    outcome: {
      says: 'Less than 10% of sessions missed without permission.',
      test: {
        kind: 'rate',
        measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'less-than', percent: 10 },
      },
      citation: devonPlan,
    },
    sustain: terms(3),
    citation: derbyPlan,
    effectiveFrom: '2015-09-01',
  },
  {
    id: 'P2.H2.2',
    heading: 'H2',
    subject: 'child',
    question: 'Has a child been suspended three times or more in the last three completed terms?',
    says: {
      met: 'A child in this family was suspended three times or more in the last three completed terms.',
      notMet: 'No child in this family was suspended three times in the last three completed terms.',
      cannotTell: 'We cannot tell how often children in this family were suspended.',
    },
    ways: [
      {
        facts: [{ kind: 'exclusion', where: { category: 'suspension' } }],
        measure: { kind: 'count', of: 'days', per: 'person', atLeast: 3 },
        lookBack: { unit: 'terms', count: 3 },
        feeds: ['suspensions'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Fewer than three suspensions and no permanent exclusion.',
      test: { kind: 'gone' },
      citation: devonPlan,
    },
    sustain: terms(3),
    citation: derbyPlan,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H2.3',
    heading: 'H2',
    subject: 'child',
    question: 'Has a child been permanently excluded in the last three completed terms?',
    says: {
      met: 'A child in this family was permanently excluded from school in the last three completed terms.',
      notMet: 'No child in this family was permanently excluded in the last three completed terms.',
      cannotTell: 'We cannot tell whether a child in this family was permanently excluded.',
    },
    ways: [
      {
        facts: [{ kind: 'exclusion', where: { category: 'permanent' } }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'terms', count: 3 },
        feeds: ['suspensions'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'The child has a school place and attends.',
      test: { kind: 'recorded' },
      citation: derbyPlan,
    },
    sustain: terms(3),
    citation: derbyPlan,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H3.1',
    heading: 'H3',
    subject: 'child',
    question: 'Is a child open to early help?',
    says: {
      met: 'A child in this family is open to early help now.',
      notMet: 'No child in this family is open to early help now.',
      cannotTell: 'We cannot tell whether a child in this family is open to early help.',
    },
    ways: [
      {
        facts: [{ kind: 'early-help-episode' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['childrens-social-care'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'Early help has closed and was not opened again.',
      test: { kind: 'gone' },
      citation: devonPlan,
    },
    sustain: months(6),
    citation: devonPlan,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H3.2',
    heading: 'H3',
    subject: 'child',
    question: 'Is a child a child in need?',
    says: {
      met: 'A child in this family is a child in need now.',
      notMet: 'No child in this family is a child in need now.',
      cannotTell: 'We cannot tell whether a child in this family is a child in need.',
    },
    ways: [
      {
        facts: [{ kind: 'child-in-need' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['childrens-social-care'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'No longer a child in need.',
      test: { kind: 'gone' },
      citation: devonPlan,
    },
    sustain: months(6),
    citation: hansard2017,
    effectiveFrom: '2015-04-01',
  },
  {
    id: 'P2.H3.3',
    heading: 'H3',
    subject: 'child',
    question: 'Does a child have a child protection plan?',
    says: {
      met: 'A child in this family has a child protection plan now.',
      notMet: 'No child in this family has a child protection plan now.',
      cannotTell: 'We cannot tell whether a child in this family has a child protection plan.',
    },
    ways: [
      {
        facts: [{ kind: 'child-protection-plan' }],
        measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
        lookBack: { unit: 'current' },
        feeds: ['childrens-social-care'],
        silence: { means: 'register' },
      },
    ],
    outcome: {
      says: 'No child protection plan.',
      test: { kind: 'gone' },
      citation: devonPlan,
    },
    sustain: months(6),
    citation: hansard2017,
    effectiveFrom: '2015-04-01',
  },
];
