import { termDates } from '../../domain/calendar/school-term.ts';
import { wholeNumber } from './cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { upn } from './identifier-cells.ts';
import { checkBirthDate, nameColumns, personDetails } from './person-columns.ts';
import { academicYear, establishment, term } from './school-cells.ts';

export const schoolAttendance = defineFeed({
  id: 'school-attendance',
  version: 1,
  title: 'School attendance',
  rowMeaning: 'One pupil’s attendance at one school in one term, in sessions (half days).',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H2'],
  columns: {
    upn: required(upn, 'Unique pupil number.'),
    estab_no: optional(establishment, 'The school’s LA and establishment number.'),
    ...nameColumns,
    academic_year: required(academicYear, 'The academic year.'),
    term: required(term, 'The term.'),
    sess_possible: required(wholeNumber({ max: 400, example: '140' }), 'Sessions that the pupil could have attended.'),
    sess_authorised: required(wholeNumber({ max: 400, example: '6' }), 'Sessions missed with the school’s leave.'),
    sess_unauthorised: required(wholeNumber({ max: 400, example: '18' }), 'Sessions missed without leave.'),
    sess_overall: optional(wholeNumber({ max: 400, example: '24' }), 'All sessions missed. If given it must be the sum of the two.'),
  },
  checkRow: (row, report, period) => {
    checkBirthDate(row.dob, 'dob', report, period);
    const { sess_possible: possible, sess_authorised: authorised, sess_unauthorised: unauthorised, sess_overall: overall } = row;
    if (possible !== undefined && authorised !== undefined && unauthorised !== undefined && authorised + unauthorised > possible) {
      report({
        columns: ['sess_possible', 'sess_authorised', 'sess_unauthorised'],
        code: 'absence-over-possible',
        message: 'The pupil missed more sessions than were possible',
        fix: 'Check the three numbers: authorised and unauthorised together cannot be more than possible.',
      });
    }
    if (overall !== undefined && authorised !== undefined && unauthorised !== undefined && authorised + unauthorised !== overall) {
      report({
        columns: ['sess_overall', 'sess_authorised', 'sess_unauthorised'],
        code: 'absence-sum',
        message: 'The overall absence is not the sum of authorised and unauthorised absence',
        fix: 'Correct the numbers, or leave sess_overall empty.',
      });
    }
    if (row.academic_year !== undefined && row.term !== undefined) {
      const dates = termDates(row.academic_year, row.term);
      if (dates.from > period.end || dates.to <= period.start) {
        report({
          columns: ['term', 'academic_year'],
          code: 'date-outside-period',
          message: 'The term is outside the period that this file covers',
          fix: 'Correct the term or the year, take the row out, or send it with a file for the period that it belongs to.',
        });
      }
    }
  },
  recordKey: ['upn', 'academic_year', 'term', 'estab_no'],
  mentions: (row) => [
    {
      subject: 'pupil',
      details: personDetails(row),
      contacts: [],
      relations: [],
      facts: [
        {
          kind: 'school-attendance',
          ...termDates(row.academic_year, row.term),
          academicYear: row.academic_year,
          term: row.term,
          sessionsPossible: row.sess_possible,
          sessionsAuthorised: row.sess_authorised,
          sessionsUnauthorised: row.sess_unauthorised,
        },
      ],
    },
  ],
});
