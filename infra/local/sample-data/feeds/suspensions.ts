import { addDays, ageInYears, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import type { Evidence } from '../evidence.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import { backgroundRates as background } from '../rates.ts';
import { completedSchoolTerms, type SchoolTerm } from '../school-terms.ts';
import { agency, agreement, localAuthority, pupilsOf, schoolOf, termsSent } from './pupils.ts';

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
