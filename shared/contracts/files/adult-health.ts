import { dayAfter } from '../../domain/calendar/date-text.ts';
import type { Fact } from '../../domain/people/fact.ts';
import { date, reference, text } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nhsNumber } from './identifier-cells.ts';
import { checkOrder, checkTouchesPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';
import { present } from './present.ts';

const need = oneOf(
  'need',
  {
    'mental-health': ['Mental health'],
    alcohol: ['Alcohol'],
    drugs: ['Drugs'],
    'drugs-and-alcohol': ['Drugs and alcohol', 'Alcohol and drugs'],
  },
  { example: 'Mental health' },
);

export const adultHealth = defineFeed({
  id: 'adult-health',
  version: 1,
  title: 'Adult mental health and substance misuse',
  rowMeaning: 'One accepted referral of one adult to a mental health or substance misuse service, from referral to discharge.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H6'],
  columns: {
    referral_id: required(reference('RF-0034567'), 'The referral’s reference on your system.'),
    partner_person_id: optional(reference('C-0005678'), 'The person’s reference on your system.'),
    nhs_number: optional(nhsNumber, 'NHS number.'),
    ...nameColumns,
    ...sexColumn,
    ...addressColumns,
    need: required(need, 'What the service is for.'),
    service: optional(text('Community mental health team'), 'The team that the person was referred to. No diagnosis, no notes.'),
    referral_date: required(date('01/08/2024'), 'The day of the referral.'),
    discharge_date: optional(date('20/12/2024'), 'The day of the discharge, if there was one.'),
  },
  exampleRow: { dob: '17/08/1986', discharge_date: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nhs_number'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    const start = { column: 'referral_date', value: row.referral_date } as const;
    const end = { column: 'discharge_date', value: row.discharge_date } as const;
    checkOrder(start, end, report);
    checkTouchesPeriod({ start, end }, report, period);
  },
  recordKey: ['referral_id'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => {
    const span = {
      from: row.referral_date,
      ...present({ to: row.discharge_date === undefined ? undefined : dayAfter(row.discharge_date) }),
    };
    const fact: Fact =
      row.need === 'mental-health'
        ? { kind: 'mental-health-need', ...span, ...present({ service: row.service }) }
        : { kind: 'substance-misuse-need', ...span, substance: row.need };
    return [{ subject: 'adult', details: personDetails(row), contacts: [], relations: [], facts: [fact] }];
  },
});
