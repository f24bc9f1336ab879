import { dayAfter } from '../../domain/calendar/date-text.ts';
import { date, personName, reference, text } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { upn } from './identifier-cells.ts';
import { checkNotAfterPeriod, checkOrder } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';
import { present } from './present.ts';
import { establishment, ethnicity } from './school-cells.ts';

const relationship = oneOf(
  'relationship',
  {
    mother: ['Mother'],
    father: ['Father'],
    parent: ['Parent'],
    'step-parent': ['Step-parent', 'Stepmother', 'Stepfather', 'Step-mother', 'Step-father'],
    grandparent: ['Grandparent', 'Grandmother', 'Grandfather'],
    'foster-carer': ['Foster carer', 'Foster parent'],
    carer: ['Carer', 'Guardian'],
    other: ['Other', 'Other family', 'Other relative'],
  },
  { example: 'Mother', nothing: ['Unknown', 'Not known'] },
);

/** DfE enrolment status: C current, M main of two, S second of two, G guest, F further education; P has left. */
const enrolment = oneOf(
  'enrolment status',
  { enrolled: ['C', 'M', 'S', 'G', 'F', 'Current'], left: ['P', 'Previous', 'Left'] },
  { example: 'C' },
);

export const schoolRoll = defineFeed({
  id: 'school-roll',
  version: 1,
  title: 'School roll',
  rowMeaning: 'One pupil on the roll of one school, with the parents or carers that the school has on record.',
  kind: 'snapshot',
  accessClass: 'standard',
  headings: ['H2'],
  columns: {
    estab_no: required(establishment, 'The school’s LA and establishment number.'),
    partner_person_id: required(reference('A00123'), 'The pupil’s admission number at the school.'),
    upn: optional(upn, 'Unique pupil number. Leave empty (or use UN1 to UN7) if there is none.'),
    former_upn: optional(upn, 'An earlier or temporary UPN of the same pupil.'),
    ...nameColumns,
    middle_names: optional(personName('Jo'), 'Middle names.'),
    previous_surname: optional(personName('Sample'), 'An earlier family name.'),
    ...sexColumn,
    ethnicity: optional(ethnicity, 'DfE ethnicity code. Used only to check that the programme treats people fairly.'),
    ...addressColumns,
    year_group: optional(text('7'), 'National curriculum year group.'),
    enrol_status: required(enrolment, 'Whether the pupil is on the roll now: C, M, S, G or F, or P for a pupil who has left.'),
    entry_date: required(date('02/09/2023'), 'The day the pupil joined the school.'),
    leaving_date: optional(date('19/07/2030'), 'The last day on the roll, for a pupil who has left or is about to.'),
    parent1_name: optional(personName('Sam Example'), 'Full name of the first parent or carer.'),
    parent1_relationship: optional(relationship, 'What the first parent or carer is to the pupil.'),
    parent2_name: optional(personName('Kim Example'), 'Full name of the second parent or carer.'),
  },
  exampleRow: { former_upn: '', previous_surname: '', leaving_date: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'upn'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkNotAfterPeriod({ column: 'entry_date', value: row.entry_date }, report, period);
    checkOrder({ column: 'entry_date', value: row.entry_date }, { column: 'leaving_date', value: row.leaving_date }, report);
    if (row.enrol_status === 'left' && row.leaving_date === undefined) {
      report({
        columns: ['leaving_date', 'enrol_status'],
        code: 'leaving-date-missing',
        message: 'The pupil has left, but there is no leaving date',
        fix: 'Enter the last day on the roll, or correct the enrolment status.',
      });
    }
  },
  recordKey: ['estab_no', 'partner_person_id'],
  personNumber: { column: 'partner_person_id', within: ['estab_no'] },
  mentions: (row) => [
    {
      subject: 'pupil',
      details: personDetails(row),
      contacts: [
        ...(row.parent1_name === undefined ? [] : [{ name: row.parent1_name, ...present({ relationship: row.parent1_relationship }) }]),
        ...(row.parent2_name === undefined ? [] : [{ name: row.parent2_name }]),
      ],
      relations: [],
      facts: [
        {
          kind: 'school-enrolment',
          from: row.entry_date,
          status: row.enrol_status,
          ...present({ to: row.leaving_date === undefined ? undefined : dayAfter(row.leaving_date), yearGroup: row.year_group }),
        },
      ],
    },
  ],
});
