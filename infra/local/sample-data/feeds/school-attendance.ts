import { addDays, formatIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import { yearGroupOf } from '../child-ages.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import type { SamplePerson } from '../model.ts';
import { completedSchoolTerms, type SchoolTerm } from '../school-terms.ts';
import { agency, agreement, localAuthority, pupilsOf, schoolOf, termsSent } from './pupils.ts';

const sessionsIn = { autumn: 142, spring: 114, summer: 124 } as const;

/** Exactly a tenth of each term's sessions cannot be missed unless they divide by ten. */
const sessionsInThresholdTerm = { autumn: 140, spring: 120, summer: 120 } as const;

interface Attendance {
  readonly possible: number;
  readonly authorised: number;
  readonly unauthorised: number;
}

const attendanceIn = (
  context: FamilyContext,
  person: SamplePerson,
  term: SchoolTerm,
  isLastThree: boolean,
  isLast: boolean,
  unauthorisedShare: number,
): Attendance => {
  const { random } = context;
  const threshold = context.thresholdOf(person);
  if (isLastThree && (threshold === 'absence-exactly-ten-percent' || threshold === 'absence-one-session-over-ten-percent')) {
    const possible = sessionsInThresholdTerm[term.term];
    const over = threshold === 'absence-one-session-over-ten-percent' && isLast ? 1 : 0;
    return { possible, authorised: random.int(0, 6), unauthorised: possible / 10 + over };
  }
  const possible = sessionsIn[term.term] - random.int(0, 6);
  const unauthorised = Math.min(possible, Math.round(possible * unauthorisedShare * (0.8 + 0.4 * random.next())));
  const authorised = Math.min(possible - unauthorised, Math.round(possible * (random.chance(0.06) ? 0.15 : 0.05) * random.next()));
  return { possible, authorised, unauthorised };
};

const attendanceRows = (context: FamilyContext): DraftRow[] => {
  const { asOf, random } = context;
  const terms = completedSchoolTerms(asOf, termsSent);
  return pupilsOf(context).flatMap(({ person }) => {
    const view = context.view(person);
    if (view.upn === '') return [];
    const misses = context.has('unauthorised-absence', person);
    // Well clear of the limit of 10 % on either side; cases at the limit are placed, not left to chance.
    const share = misses ? 0.15 + 0.3 * random.next() : random.chance(0.6) ? 0 : 0.05 * random.next();
    const before = misses ? share * 0.6 : 0.07 * random.next();
    return terms.flatMap((term, index): DraftRow[] => {
      const year = yearGroupOf(person.birthDate, term.from);
      if (year < 0) return [];
      const isLastThree = index >= terms.length - 3;
      const { possible, authorised, unauthorised } = attendanceIn(
        context,
        person,
        term,
        isLastThree,
        index === terms.length - 1,
        isLastThree ? share : before,
      );
      return [
        {
          cells: {
            upn: view.upn,
            estab_no: `${localAuthority}${schoolOf(context, year).estabNo}`,
            surname: view.surname,
            forename: view.forename,
            dob: view.dob,
            academic_year: term.academicYear,
            term: term.term.charAt(0).toUpperCase() + term.term.slice(1),
            sess_possible: String(possible),
            sess_authorised: String(authorised),
            sess_unauthorised: String(unauthorised),
            sess_overall: String(authorised + unauthorised),
          },
          subjects: { pupil: person.personId },
          evidence: [{ kind: 'attendance', personId: person.personId, termEnded: term.to, possible, unauthorised }],
          // A term without figures would leave it open whether the limit is passed.
          decisive: isLastThree && (misses || context.thresholdOf(person) !== undefined),
        },
      ];
    });
  });
};

export const schoolAttendanceWriter: FeedWriter = {
  feed: 'school-attendance',
  agency,
  agreement,
  style: { ...plainStyle, totalsRow: true },
  // The attendance system keeps each pupil's present number and name: it is the school's own.
  rates: { ...usualRates, nickname: 0.02, nameTypo: 0.01, noUpn: 0 },
  columns: [
    'upn',
    'estab_no',
    'surname',
    'forename',
    'dob',
    'academic_year',
    'term',
    'sess_possible',
    'sess_authorised',
    'sess_unauthorised',
    'sess_overall',
  ],
  period: (asOf) => {
    const terms = completedSchoolTerms(asOf, termsSent);
    return { start: formatIsoDate(terms[0]?.from ?? asOf), end: formatIsoDate(addDays(terms.at(-1)?.to ?? asOf, -1)) };
  },
  rows: attendanceRows,
};
