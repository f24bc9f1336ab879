import { dayAfter } from '../../domain/calendar/date-text.ts';
import { date, reference } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nino } from './identifier-cells.ts';
import { checkOrder, checkTouchesPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';
import { present } from './present.ts';

const personRole = oneOf(
  'person role',
  {
    applicant: ['Applicant', 'Main applicant'],
    partner: ['Partner', 'Joint applicant'],
    child: ['Child'],
    other: ['Other', 'Other household member'],
  },
  { example: 'Applicant' },
);

/** Housing Act 1996 part 7: prevention (s.195), relief (s.189B), main duty (s.193). */
const duty = oneOf(
  'duty',
  { prevention: ['Prevention'], relief: ['Relief'], main: ['Main', 'Main duty', 'Final duty'], other: ['Other'] },
  { example: 'Prevention' },
);

export const homelessness = defineFeed({
  id: 'homelessness',
  version: 1,
  title: 'Homelessness',
  rowMeaning:
    'One person of a household to which the council owes a homelessness duty. Each member of the household is a row with the same case.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H4'],
  columns: {
    case_id: required(reference('HML-24-0456'), 'The case’s reference.'),
    partner_person_id: required(reference('HP-00789'), 'The person’s reference on your system.'),
    person_role: required(personRole, 'The person’s place in the household that applied.'),
    ...nameColumns,
    ...sexColumn,
    nino: optional(nino, 'National Insurance number, if you hold it.'),
    ...addressColumns,
    duty_owed: required(duty, 'The duty that is owed.'),
    duty_start: required(date('18/09/2024'), 'The first day of the duty.'),
    duty_end: optional(date('12/11/2024'), 'The last day of the duty, if it has ended.'),
  },
  exampleRow: { dob: '17/08/1986', duty_end: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nino'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    const start = { column: 'duty_start', value: row.duty_start } as const;
    const end = { column: 'duty_end', value: row.duty_end } as const;
    checkOrder(start, end, report);
    checkTouchesPeriod({ start, end }, report, period);
  },
  recordKey: ['case_id', 'partner_person_id', 'duty_owed'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => [
    {
      subject: row.person_role,
      details: personDetails(row),
      contacts: [],
      relations: [],
      facts: [
        {
          kind: 'homelessness-duty',
          from: row.duty_start,
          duty: row.duty_owed,
          ...present({ to: row.duty_end === undefined ? undefined : dayAfter(row.duty_end) }),
        },
      ],
    },
  ],
});
