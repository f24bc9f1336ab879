import { yearGroupOf } from '#infra/local/sample-data/child-ages.ts';
import type { SampleAddress, SamplePerson } from '#infra/local/sample-data/model.ts';
import { planFamilies } from '#infra/local/sample-data/planned-family.ts';
import { seededRandom } from '#infra/local/sample-data/random.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { ageInYears, formatIsoDate, parseIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';

/** The day before the harness's own today. */
const asOfText = '2026-01-09';
export const filePeriod = { periodStart: '2025-12-01', periodEnd: asOfText } as const;

/** One family of the borough: who is in it, as their rows need it. */
export interface BoroughFamily {
  readonly people: readonly SamplePerson[];
}

/** A file as a partner sends it. */
export interface BoroughFile {
  readonly feed: FeedId;
  readonly csv: string;
  readonly rows: number;
}

export interface Borough {
  /** People with a birth date: those who can be held. */
  readonly families: readonly BoroughFamily[];
  /** One row for each person: pupils on the school roll, younger children in health visiting, adults as tenants. */
  readonly filesAbout: (families: readonly BoroughFamily[]) => readonly BoroughFile[];
  /** One police incident for each person, with name, birth date and address: another feed's view of them. */
  readonly incidentsAbout: (people: readonly SamplePerson[], prefix: string) => BoroughFile;
}

/** The sample generator's people and homes, as many families as asked for, without the mess of its files. */
export const makeBorough = (families: number, seed: number): Borough => {
  const asOf = parseIsoDate(asOfText) ?? 0;
  return boroughOf(families, seed, asOf as DayNumber);
};

const boroughOf = (wanted: number, seed: number, asOf: DayNumber): Borough => {
  const planned = planFamilies(seededRandom(`bench/${String(seed)}`), wanted, asOf);
  // A parent with a second household is in two families; the first one writes the row.
  const met = new Set<string>();
  const families = planned.map(({ family }) => ({
    people: family.members.flatMap(({ person }) => {
      if (person.unborn || met.has(person.personId)) return [];
      met.add(person.personId);
      return [person];
    }),
  }));
  return {
    families,
    filesAbout: (some) => {
      const rows: Record<'roll' | 'visits' | 'tenants', string[]> = { roll: [], visits: [], tenants: [] };
      for (const { people } of some) {
        const parents = people.filter((person) => ageInYears(person.birthDate, asOf) >= 18);
        for (const person of people) {
          const year = yearGroupOf(person.birthDate, asOf);
          if (ageInYears(person.birthDate, asOf) >= 18 || year > 13) rows.tenants.push(tenantRow(person));
          else if (year < 0) rows.visits.push(visitRow(person));
          else rows.roll.push(pupilRow(person, parents, year));
        }
      }
      return [
        file('school-roll', rollHeader, rows.roll),
        file('health-visiting', visitHeader, rows.visits),
        file('housing-arrears', tenantHeader, rows.tenants),
      ];
    },
    incidentsAbout: (people, prefix) =>
      file(
        'police-incidents',
        incidentHeader,
        people.map((person, index) => incidentRow(person, `${prefix}-${String(index).padStart(6, '0')}`)),
      ),
  };
};

const file = (feed: FeedId, header: string, rows: readonly string[]): BoroughFile => ({
  feed,
  csv: [header, ...rows, ''].join('\n'),
  rows: rows.length,
});

const line = (...cells: readonly string[]): string =>
  cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');

const addressHeader = 'address_line_1,town,postcode,uprn,sensitive_address_flag';
const addressCells = ({ lines, town, postcode, uprn, kind }: SampleAddress): readonly string[] => [
  lines.join(', '),
  town,
  postcode,
  uprn,
  kind === 'refuge' ? 'Y' : 'N',
];
const nameCells = ({ surname, forename, birthDate }: SamplePerson): readonly string[] => [surname, forename, formatIsoDate(birthDate)];
const fullName = ({ forename, surname }: SamplePerson): string => `${forename} ${surname}`;
const sexCell = ({ sex }: SamplePerson): string => (sex === 'male' ? 'M' : 'F');

const rollHeader = `estab_no,partner_person_id,upn,surname,forename,dob,sex,${addressHeader},year_group,enrol_status,entry_date,parent1_name,parent2_name`;
const pupilRow = (person: SamplePerson, [first, second]: readonly SamplePerson[], year: number): string =>
  line(
    '3404001',
    person.personId,
    person.upn,
    ...nameCells(person),
    sexCell(person),
    ...addressCells(person.address),
    String(year),
    'C',
    '2025-09-01',
    first === undefined ? '' : fullName(first),
    second === undefined ? '' : fullName(second),
  );

const visitHeader = `review_id,nhs_number,surname,forename,dob,sex,${addressHeader},review_type,review_date,concern`;
const visitRow = (person: SamplePerson): string =>
  line(
    `HV-${person.personId}`,
    person.nhsNumber,
    ...nameCells(person),
    sexCell(person),
    ...addressCells(person.address),
    '1 year',
    '2025-12-20',
    'None',
  );

const tenantHeader = `tenancy_ref,partner_person_id,surname,forename,dob,nino,${addressHeader},arrears_status,nosp_status,eviction_status`;
const tenantRow = (person: SamplePerson): string =>
  line(`T-${person.personId}`, person.personId, ...nameCells(person), person.nino, ...addressCells(person.address), 'None', 'None', 'None');

const incidentHeader = `incident_no,partner_person_id,incident_date,role,asb_flag,da_flag,child_present_flag,surname,forename,dob,sex,${addressHeader}`;
const incidentRow = (person: SamplePerson, number: string): string =>
  line(
    number,
    person.personId,
    '2025-12-15',
    'Victim',
    'Y',
    'N',
    'N',
    ...nameCells(person),
    sexCell(person),
    ...addressCells(person.address),
  );
