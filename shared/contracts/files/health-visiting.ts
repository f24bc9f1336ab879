import { addDays, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import type { Fact } from '../../domain/people/fact.ts';
import { date, reference } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nhsNumber } from './identifier-cells.ts';
import { checkInPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';

/** The five reviews of the healthy child programme. */
const review = oneOf(
  'review',
  {
    antenatal: ['Antenatal'],
    'new-birth': ['New birth'],
    '6-to-8-weeks': ['6 to 8 weeks', '6-8 weeks'],
    '1-year': ['1 year', '12 months', '9 to 12 months'],
    '2-to-2-and-a-half-years': ['2 to 2.5 years', '2-2.5 years', '2 years'],
  },
  { example: '1 year' },
);

const concern = oneOf(
  'concern',
  {
    none: ['None', 'No concern'],
    development: ['Development'],
    'growth-or-feeding': ['Growth or feeding'],
    'parental-mental-health': ['Parental mental health'],
    'parent-and-child-bond': ['Parent and child bond'],
    'home-conditions': ['Home conditions'],
    'not-brought': ['Not brought', 'Did not attend'],
    other: ['Other'],
  },
  { example: 'Development' },
);

export const healthVisiting = defineFeed({
  id: 'health-visiting',
  version: 1,
  title: 'Health visiting',
  rowMeaning: 'One review of one child under five or, before the birth, of the expectant mother.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H6'],
  columns: {
    review_id: required(reference('HV-000987'), 'The review’s reference on your system.'),
    nhs_number: optional(nhsNumber, 'NHS number of the child, or of the mother for an antenatal review.'),
    ...nameColumns,
    ...sexColumn,
    ...addressColumns,
    review_type: required(review, 'Which review it is.'),
    review_date: required(date('07/11/2024'), 'The day of the review or, if it did not take place, the day it was due.'),
    concern: required(concern, 'The main concern for the family’s health that the review found. None if there was none.'),
    expected_delivery_date: optional(date('15/03/2025'), 'For an antenatal review: the day the birth is expected.'),
  },
  exampleRow: { dob: '04/11/2023', expected_delivery_date: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nhs_number'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkInPeriod({ column: 'review_date', value: row.review_date }, report, period);
    if (row.review_type === 'antenatal' && row.expected_delivery_date === undefined) {
      report({
        columns: ['expected_delivery_date', 'review_type'],
        code: 'expected-date-missing',
        message: 'An antenatal review needs the day the birth is expected',
        fix: 'Enter the expected day of delivery, or correct the review type.',
      });
    }
    if (row.review_type !== undefined && row.review_type !== 'antenatal' && row.expected_delivery_date !== undefined) {
      report({
        columns: ['expected_delivery_date', 'review_type'],
        code: 'born-and-expected',
        message: 'Only an antenatal review has an expected day of delivery',
        fix: 'Leave expected_delivery_date empty, or correct the review type.',
      });
    }
  },
  recordKey: ['review_id'],
  mentions: (row) => {
    const facts: Fact[] = [];
    if (row.concern !== 'none') facts.push({ kind: 'child-health-concern', from: row.review_date, concern: row.concern });
    if (row.review_type === 'antenatal' && row.expected_delivery_date !== undefined) {
      facts.push({ kind: 'expecting-a-child', from: row.review_date, to: latestBirth(row.expected_delivery_date, row.review_date) });
    }
    return [
      { subject: row.review_type === 'antenatal' ? 'mother' : 'child', details: personDetails(row), contacts: [], relations: [], facts },
    ];
  },
});

/** A pregnancy is over two weeks after the expected day at the latest: labour is induced by then (NICE NG207). Never before the review itself. */
const latestBirth = (expected: string, reviewed: string): string => {
  const day = parseIsoDate(expected > reviewed ? expected : reviewed);
  if (day === undefined) throw new RangeError('not an ISO date');
  return formatIsoDate(addDays(day, 15));
};
