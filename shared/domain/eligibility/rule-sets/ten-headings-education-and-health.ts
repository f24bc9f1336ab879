import { fromEachPerson, fromRegister, toCriterion, type Need } from './ten-headings-needs.ts';

const threeTerms = { unit: 'terms', count: 3 } as const;
const twelveMonths = { unit: 'months', count: 12 } as const;
const current = { unit: 'current' } as const;
const ofSchoolAge = { from: 5, below: 16 };
const gone = { kind: 'gone' } as const;
const attendance = [{ kind: 'school-attendance' as const }];

/** Headings 1 to 5. */
const needs: readonly Need[] = [
  {
    id: 'SF.1.1',
    who: 'child',
    does: 'attended less than 90% of school sessions in two or more of the last three completed terms',
    question: 'Did a child attend less than 90% of school sessions in two or more of the last three completed terms?',
    shown: [
      fromEachPerson(attendance, ['school-attendance'], threeTerms, ofSchoolAge, {
        kind: 'terms-with-rate',
        sessions: 'all',
        op: 'more-than',
        percent: 10,
        atLeast: 2,
      }),
    ],
    outcome: 'The child attends 90% or more of sessions on average.',
    test: { kind: 'rate', measure: { kind: 'session-rate', reading: 'pooled', sessions: 'all', op: 'at-most', percent: 10 } },
  },
  {
    id: 'SF.1.2',
    who: 'child',
    does: 'attended less than half of school sessions over the last three completed terms',
    question: 'Did a child attend less than half of school sessions over the last three completed terms?',
    shown: [
      fromEachPerson(attendance, ['school-attendance'], threeTerms, ofSchoolAge, {
        kind: 'session-rate',
        reading: 'pooled',
        sessions: 'all',
        op: 'more-than',
        percent: 50,
      }),
    ],
    outcome: 'Attendance has improved as agreed with the school, and the improvement has lasted.',
  },
  {
    id: 'SF.1.3',
    who: 'child',
    does: 'was suspended three times or more, or permanently excluded, in the last three completed terms',
    question: 'Was a child suspended three times or more, or permanently excluded, in the last three completed terms?',
    shown: [
      fromRegister([{ kind: 'exclusion', where: { category: 'suspension' } }], ['suspensions'], threeTerms, {
        kind: 'count',
        of: 'days',
        per: 'person',
        atLeast: 3,
      }),
      fromRegister([{ kind: 'exclusion', where: { category: 'permanent' } }], ['suspensions'], threeTerms),
    ],
    outcome: 'Fewer than three suspensions and no permanent exclusion.',
    test: gone,
  },
  {
    id: 'SF.1.4',
    who: 'child',
    does: 'is not in suitable education',
    question: 'Is a child missing education, off roll, or educated at home unsuitably?',
    outcome: 'The child is in suitable education.',
  },
  {
    id: 'SF.1.5',
    who: 'child',
    does: 'has special educational needs that are not met',
    question: 'Does a child have special educational needs that are not met?',
    outcome: 'Support or a plan is in place and works.',
  },
  {
    id: 'SF.2.1',
    who: 'family-member',
    does: 'is an expectant or new parent who needs extra help',
    question: 'Is there an expectant or new parent who needs extra help?',
    outcome: 'The parent takes part in support and the need is met.',
  },
  {
    id: 'SF.2.2',
    who: 'child',
    ages: { below: 5 },
    does: 'under five has physical health needs that are not met',
    question: 'Does a child under five have physical health needs that are not met?',
    shown: [
      fromEachPerson(
        [{ kind: 'child-health-concern', where: { concern: ['growth-or-feeding', 'not-brought'] } }],
        ['health-visiting'],
        twelveMonths,
        { below: 5 },
      ),
    ],
    outcome: 'Checks and immunisations are up to date.',
  },
  {
    id: 'SF.2.3',
    who: 'child',
    ages: { below: 5 },
    does: 'under five does not develop as expected',
    question: 'Does a child under five not develop as expected: speech, language, readiness for school?',
    shown: [
      fromEachPerson([{ kind: 'child-health-concern', where: { concern: 'development' } }], ['health-visiting'], twelveMonths, {
        below: 5,
      }),
    ],
    outcome: 'A validated tool shows progress.',
  },
  {
    id: 'SF.3.1',
    who: 'child',
    does: 'needs support with their mental health',
    question: 'Does a child need support with their mental health?',
    outcome: 'A validated tool shows improvement, or the condition is managed.',
  },
  {
    id: 'SF.3.2',
    who: 'adult',
    does: 'needs support with their mental health',
    question: 'Does an adult need support with their mental health?',
    shown: [fromRegister([{ kind: 'mental-health-need' }], ['adult-health'], current)],
    outcome: 'A validated tool shows improvement, or the condition is managed.',
  },
  {
    id: 'SF.3.3',
    who: 'family-member',
    does: 'has a disability, neurodivergence or lasting illness that affects the family',
    question: 'Does a disability, neurodivergence or lasting illness affect the family?',
    outcome: 'Support is in place.',
  },
  {
    id: 'SF.4.1',
    who: 'adult',
    does: 'has a drug or alcohol problem',
    question: 'Does an adult have a drug or alcohol problem?',
    shown: [fromRegister([{ kind: 'substance-misuse-need' }], ['adult-health'], current)],
    outcome: 'Use is down or has ended, or treatment is completed.',
  },
  {
    id: 'SF.4.2',
    who: 'child',
    does: 'has a drug or alcohol problem',
    question: 'Does a child have a drug or alcohol problem?',
    outcome: 'Use is down or has ended, or treatment is completed.',
  },
  {
    id: 'SF.5.1',
    who: 'family-member',
    does: 'needs support as a parent',
    question: 'Does a parent need support with parenting?',
    outcome: 'A validated tool shows improvement.',
  },
  {
    id: 'SF.5.2',
    who: 'family-member',
    does: 'lives with harmful conflict between parents',
    question: 'Is there frequent, intense and poorly resolved conflict between parents?',
    outcome: 'Conflict is down.',
  },
  {
    id: 'SF.5.3',
    who: 'child',
    does: 'is violent or abusive at home',
    question: 'Is a child violent or abusive at home?',
    outcome: 'No incidents, or fewer.',
  },
  {
    id: 'SF.5.4',
    who: 'child',
    does: 'is a young carer without support, or has had a change of carer',
    question: 'Is a child a young carer without support, or has their carer changed?',
    outcome: 'The child is supported.',
  },
];

export const educationAndHealth = needs.map(toCriterion);
