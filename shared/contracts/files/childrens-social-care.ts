import { dayAfter } from '../../domain/calendar/date-text.ts';
import type { Fact } from '../../domain/people/fact.ts';
import { date, reference } from './cells.ts';
import { oneOf, oneOfCodes } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nhsNumber, upn } from './identifier-cells.ts';
import { checkOrder, checkTouchesPeriod } from './period-checks.ts';
import {
  addressColumns,
  checkBirthDate,
  checkIdentity,
  estimatedBirthColumn,
  nameColumns,
  personDetails,
  sexColumn,
} from './person-columns.ts';
import { present } from './present.ts';

const episodeType = oneOf(
  'episode type',
  {
    'early-help': ['EH', 'Early help'],
    'child-in-need': ['CIN', 'Child in need'],
    'child-protection': ['CP', 'CPP', 'Child protection', 'Child protection plan'],
  },
  { example: 'CIN' },
);

/** Children in need census, primary need at assessment. */
const primaryNeed = oneOfCodes('primary need', ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N0']);

/** Children in need census, category of abuse. */
const planCategory = oneOfCodes('category', ['NEG', 'PHY', 'SAB', 'EMO', 'MUL']);

export const childrensSocialCare = defineFeed({
  id: 'childrens-social-care',
  version: 1,
  title: 'Early help and children’s social care',
  rowMeaning: 'One episode of early help, child in need or child protection of one child, born or expected.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H3'],
  columns: {
    episode_id: required(reference('EP-0045678'), 'The episode’s reference on your system.'),
    partner_person_id: required(reference('LCS0012345'), 'The child’s reference on your system.'),
    upn: optional(upn, 'Unique pupil number.'),
    nhs_number: optional(nhsNumber, 'NHS number.'),
    ...nameColumns,
    ...estimatedBirthColumn,
    expected_birth_date: optional(date('15/03/2025'), 'For a child not yet born: the day the birth is expected. Leave dob empty then.'),
    ...sexColumn,
    ...addressColumns,
    episode_type: required(episodeType, 'EH early help, CIN child in need, CP child protection plan.'),
    start_date: required(date('09/09/2024'), 'The first day of the episode.'),
    end_date: optional(date('29/11/2024'), 'The last day of the episode, if it has ended.'),
    primary_need: optional(primaryNeed, 'For a child in need: the primary need code.'),
    cp_category: optional(planCategory, 'For a child protection plan: the latest category of abuse.'),
  },
  exampleRow: { expected_birth_date: '', end_date: '', cp_category: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'expected_birth_date', 'upn', 'nhs_number'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    if (row.dob !== undefined && row.expected_birth_date !== undefined) {
      report({
        columns: ['expected_birth_date', 'dob'],
        code: 'born-and-expected',
        message: 'The row has a date of birth and an expected date',
        fix: 'Once the child is born leave expected_birth_date empty.',
      });
    }
    const start = { column: 'start_date', value: row.start_date } as const;
    const end = { column: 'end_date', value: row.end_date } as const;
    checkOrder(start, end, report);
    checkTouchesPeriod({ start, end }, report, period);
  },
  recordKey: ['episode_type', 'episode_id', 'partner_person_id'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => {
    const span = { from: row.start_date, ...present({ to: row.end_date === undefined ? undefined : dayAfter(row.end_date) }) };
    const facts: Record<typeof row.episode_type, Fact> = {
      'early-help': { kind: 'early-help-episode', ...span },
      'child-in-need': { kind: 'child-in-need', ...span, ...present({ primaryNeed: row.primary_need }) },
      'child-protection': { kind: 'child-protection-plan', ...span, ...present({ category: row.cp_category }) },
    };
    return [{ subject: 'child', details: personDetails(row), contacts: [], relations: [], facts: [facts[row.episode_type]] }];
  },
});
