import { addDays, addMonths, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import { yearGroupOf } from '../child-ages.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import type { SampleMember, SamplePerson } from '../model.ts';
import { backgroundRates as background } from '../rates.ts';
import { completedSchoolTerms } from '../school-terms.ts';
import { agency, agreement, localAuthority, pupilsOf, schoolOf } from './pupils.ts';

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
