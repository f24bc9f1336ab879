import { addDays, addMonths, ageInYears, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import { schools, type School } from '../data/places.ts';
import type { Evidence } from '../evidence.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import { yearGroupOf } from '../households.ts';
import type { SampleMember, SamplePerson } from '../model.ts';
import { completedSchoolTerms, type SchoolTerm } from '../school-terms.ts';
import { backgroundRates as background } from '../rates.ts';

const agency = 'mossbank-schools';
const agreement = 'DSA-MOSSBANK-SCHOOLS-2026';
const termsSent = 9;

const localAuthority = '340';

/** The pupils of a family, each with their year group. A child of 18 in the year after Year 13 is at a college, which sends nothing. */
const pupilsOf = ({
  members,
  family,
  asOf,
}: FamilyContext): { readonly member: SampleMember; readonly person: SamplePerson; readonly year: number }[] =>
  family.structure === 'sealed-identity'
    ? []
    : members
        .filter(
          ({ person, role }) =>
            role === 'child' && !person.unborn && (person.occupation === 'school' || person.occupation === 'sixth-form'),
        )
        .map((member) => ({ member, person: member.person, year: yearGroupOf(member.person.birthDate, asOf) }))
        .filter(({ year }) => year >= 0 && year <= 13);

/** Children of a family go to the same school of their phase, one near home if there is one. */
const schoolOf = ({ family, stable }: FamilyContext, year: number): School => {
  const phase = year <= 6 ? 'primary' : 'secondary';
  const all = schools.filter((school) => school.phase === phase);
  const near = all.filter(({ outward }) => outward === family.address.outward);
  return stable(`school-${phase}`).pick(near.length > 0 ? near : all);
};

const septemberOf = (person: SamplePerson, asOf: DayNumber, year: number, firstYear: number): DayNumber => {
  const thisYear = completedSchoolTerms(asOf, 3)[0]?.from ?? asOf;
  const current = yearGroupOf(person.birthDate, thisYear);
  return addDays(addMonths(thisYear, -12 * (current - firstYear)), 1 + (year % 3));
};

const fullName = (context: FamilyContext, person: SamplePerson): string => {
  const { forename, surname } = context.view(person);
  if (context.random.chance(0.05)) return `${person.sex === 'male' ? 'Mr' : 'Mrs'} ${forename.charAt(0)} ${surname}`;
  return `${forename} ${surname}`;
};

const relationshipOf = ({ role, person }: SampleMember): string => {
  const isMan = person.sex === 'male';
  if (role === 'step-parent') return isMan ? 'Stepfather' : 'Stepmother';
  if (role === 'carer') return isMan ? 'Grandfather' : 'Grandmother';
  return isMan ? 'Father' : 'Mother';
};

const rollRows = (context: FamilyContext): DraftRow[] => {
  const { asOf, family, random, date } = context;
  const parents = family.members.filter(({ role }) => ['parent', 'carer', 'step-parent'].includes(role));
  const elsewhere = family.members.filter(({ role }) => role === 'non-resident-parent');
  return pupilsOf(context).flatMap(({ person, year }) => {
    const view = context.view(person);
    const { estabNo } = schoolOf(context, year);
    const [first, second] = parents;
    const other = second ?? (random.chance(0.6) ? elsewhere[0] : undefined);
    const firstYear = year <= 6 ? 0 : 7;
    const base = {
      ...view,
      parent1_name: first ? fullName(context, first.person) : '',
      parent1_relationship: first ? (random.chance(0.05) ? 'Parent' : relationshipOf(first)) : '',
      parent2_name: other && random.chance(0.85) ? fullName(context, other.person) : '',
    };
    const row = (estab: string, enrolment: Readonly<Record<string, string>>): DraftRow => ({
      cells: { ...base, estab_no: `${localAuthority}${estab}`, partner_person_id: context.reference('A'), ...enrolment },
      subjects: { pupil: person.personId },
      evidence: [],
    });
    // A child who started this very September may have come some days late, never before the file was made.
    const september = septemberOf(person, asOf, year, firstYear);
    const joined = september < asOf ? september : asOf;
    const current = row(estabNo, {
      year_group: year === 0 ? 'R' : String(year),
      enrol_status: random.chance(0.97) ? 'C' : 'M',
      entry_date: date(joined),
    });
    if (year < 7 || !random.chance(background.stillListedAtPrimary)) return [current];
    // Some extracts still list the primary school that the pupil has left.
    const primary = schoolOf(context, 6);
    const started = septemberOf(person, asOf, year, 0);
    const left = row(primary.estabNo, {
      year_group: '6',
      enrol_status: 'P',
      entry_date: date(started),
      leaving_date: date(addDays(joined, -44)),
    });
    return [current, left];
  });
};

export const schoolRollWriter: FeedWriter = {
  feed: 'school-roll',
  agency,
  agreement,
  style: { ...plainStyle, dates: 'british', lineEnd: '\r\n', byteOrderMark: true },
  rates: { ...usualRates, formerName: 0.02, nickname: 0.02, noUpn: 0.03, otherAddress: 0.15, noUprn: 0.1, noPostcode: 0.01 },
  columns: [
    'upn',
    'former_upn',
    'surname',
    'forename',
    'middle_names',
    'previous_surname',
    'dob',
    'sex',
    'ethnicity',
    'estab_no',
    'partner_person_id',
    'year_group',
    'enrol_status',
    'entry_date',
    'leaving_date',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'parent1_name',
    'parent1_relationship',
    'parent2_name',
  ],
  period: (asOf) => ({ start: formatIsoDate(addDays(asOf, -29)), end: formatIsoDate(asOf) }),
  rows: rollRows,
};

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

/** Different days in the middle of terms, so that no reading of a term's exact dates moves them out. */
const daysInTerms = (context: FamilyContext, terms: readonly SchoolTerm[], count: number): DayNumber[] => {
  const days = new Set<DayNumber>();
  while (days.size < count) {
    const term = context.random.pick(terms);
    days.add(addDays(term.from, context.random.int(20, 75)));
  }
  return [...days].toSorted((a, b) => a - b);
};

const suspensionRows = (context: FamilyContext): DraftRow[] => {
  const { asOf, random } = context;
  const terms = completedSchoolTerms(asOf, termsSent);
  const lastThree = terms.slice(-3);
  const earlier = terms.slice(0, -3);
  return pupilsOf(context).flatMap(({ person, year }) => {
    const view = context.view(person);
    if (view.upn === '' || year < 3) return [];
    const threshold = context.thresholdOf(person);
    const row = (on: DayNumber, kind: 'suspension' | 'permanent-exclusion'): DraftRow => {
      const evidence: Evidence = { kind, personId: person.personId, on };
      return {
        cells: {
          upn: view.upn,
          estab_no: `${localAuthority}${schoolOf(context, year).estabNo}`,
          surname: view.surname,
          forename: view.forename,
          dob: view.dob,
          category: kind === 'suspension' ? (random.chance(0.9) ? 'SUSP' : 'Fixed term') : 'PERM',
          start_date: context.date(on),
          sessions: kind === 'suspension' ? String(random.pick([1, 2, 2, 3, 4, 4, 6, 10])) : '',
        },
        subjects: { pupil: person.personId },
        evidence: [evidence],
        decisive: threshold !== undefined,
      };
    };
    const suspended = (among: readonly SchoolTerm[], count: number) =>
      daysInTerms(context, among, count).map((day) => row(day, 'suspension'));
    if (threshold === 'three-suspensions') return suspended(lastThree, 3);
    if (threshold === 'two-suspensions') return suspended(lastThree, 2);
    if (threshold === 'third-suspension-before-the-last-three-terms')
      return [...suspended(earlier.slice(-1), 1), ...suspended(lastThree, 2)];
    if (context.has('suspensions', person)) return suspended(lastThree, random.int(3, 6));
    if (context.has('permanent-exclusion', person))
      return [
        ...suspended(lastThree, random.int(0, 2)),
        ...daysInTerms(context, lastThree, 1).map((day) => row(day, 'permanent-exclusion')),
      ];
    if (threshold !== undefined || ageInYears(person.birthDate, asOf) < 10 || !random.chance(background.suspendedTooSeldom)) return [];
    return random.chance(0.6) ? suspended(lastThree, random.int(1, 2)) : suspended(earlier, random.int(1, 4));
  });
};

export const suspensionsWriter: FeedWriter = {
  feed: 'suspensions',
  agency,
  agreement,
  style: { ...plainStyle, dates: 'british' },
  rates: { ...usualRates, nickname: 0.02, nameTypo: 0.01, noUpn: 0 },
  columns: ['upn', 'estab_no', 'surname', 'forename', 'dob', 'category', 'start_date', 'sessions'],
  period: (asOf) => ({ start: formatIsoDate(completedSchoolTerms(asOf, termsSent)[0]?.from ?? asOf), end: formatIsoDate(asOf) }),
  rows: suspensionRows,
};
