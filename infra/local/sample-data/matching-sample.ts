import { ageInYears, parseIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';
import { generateSampleData, type SampleFile } from './generate-sample-data.ts';
import { writtenOtherwise } from './naming-variants.ts';
import { seededRandom, type Random } from './random.ts';
import type { Truth } from './truth.ts';

/** What one row of one partner's file says about one person, and who that is. */
interface SampleRow {
  readonly cells: Readonly<Record<string, string>>;
  /** Person id of the truth. */
  readonly entity: string;
  /** What to compare quality by: the culture of the names, sex, age band and what the row lacks. */
  readonly slices: Readonly<Record<string, string>>;
}

/** How `match cluster` reads the rows. */
export const matchingSampleMap = {
  id: 'id',
  source: { column: 'source' },
  fields: {
    forename: 'forename',
    middleNames: 'middle_names',
    surname: 'surname',
    previousSurname: 'previous_surname',
    birthDate: { column: 'birth_date', format: 'YYYY-MM-DD' },
    sex: 'sex',
    addressLine: 'address',
    locality: 'town',
    postcode: 'postcode',
    uprn: 'uprn',
  },
  identifiers: {
    'nhs-number': { column: 'nhs_number' },
    upn: { column: 'upn' },
    nino: { column: 'nino' },
    'agency-id': { column: 'agency_id' },
  },
};

interface SampleOptions {
  readonly families: number;
  readonly seed: number;
  /** Share of rows whose name is written as its culture's names often are by people who don't know them. */
  readonly variants: number;
}

/** The rows of all twelve feeds of an invented borough, read by the feeds' own contracts; rows they refuse are left out. */
export const matchingSample = async ({ families, seed, variants }: SampleOptions): Promise<readonly SampleRow[]> => {
  const { files, truth } = generateSampleData({ families, seed });
  const random = seededRandom(`${String(seed)}/names written otherwise`);
  const rows: SampleRow[] = [];
  for (const file of files) rows.push(...(await rowsOf(file, truth, variants, random.fork(file.file))));
  return rows;
};

const rowsOf = async (file: SampleFile, truth: Truth, variants: number, random: Random): Promise<SampleRow[]> => {
  const feed = feeds[file.feed];
  const mentions = truth.files.find((each) => each.file === file.file)?.mentions ?? [];
  const entities = new Map(mentions.map(([row, subject, personId]) => [`${String(row)} ${subject}`, personId]));
  const persons = new Map(truth.persons.map((person) => [person.personId, person]));
  const asOf = parseIsoDate(truth.asOf);
  const rows: SampleRow[] = [];
  for await (const event of readFile(feed, whole(file.bytes))) {
    if (event.kind !== 'row') continue;
    const reading = feed.readRow(event.cells, { start: file.periodStart, end: file.periodEnd });
    if (!reading.ok) continue;
    for (const { subject, details } of reading.mentions) {
      const entity = entities.get(`${String(event.row)} ${subject}`);
      const person = persons.get(entity ?? '');
      if (entity === undefined || person === undefined) continue;
      const name = random.chance(variants) ? writtenOtherwise(details, person.community, random) : details;
      const born = parseIsoDate(person.birthDate ?? '');
      rows.push({
        cells: cellsOf(`${file.feed}-${String(event.row)}-${subject}`, file.agency, { ...details, ...name }),
        entity,
        slices: {
          names: person.community,
          sex: person.sex,
          age: born === undefined || asOf === undefined ? 'not born' : ageBand(ageInYears(born, asOf)),
          lacks: lacksOf(details),
        },
      });
    }
  }
  return rows;
};

const whole = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(bytes);
};

const cellsOf = (id: string, source: string, details: PersonDetails): Readonly<Record<string, string>> => ({
  id,
  source,
  forename: details.forename ?? '',
  middle_names: details.middleNames ?? '',
  surname: details.surname ?? '',
  previous_surname: details.previousSurname ?? '',
  birth_date: details.birthDate ?? '',
  sex: details.sex ?? '',
  address: details.address?.lines.join(', ') ?? '',
  town: details.address?.town ?? '',
  postcode: details.address?.postcode ?? '',
  uprn: details.address?.uprn ?? '',
  nhs_number: details.nhsNumber ?? '',
  upn: details.upn ?? '',
  nino: details.nino ?? '',
  agency_id: details.agencyPersonId === undefined ? '' : `${source} ${details.agencyPersonId}`,
});

const ageBand = (age: number): string =>
  age < 5 ? '0 to 4' : age < 16 ? '5 to 15' : age < 25 ? '16 to 24' : age < 65 ? '25 to 64' : '65 and over';

/** The strongest evidence that a row has none of. */
const lacksOf = ({ nhsNumber, upn, nino, birthDate, address }: PersonDetails): string => {
  const lacking = [
    ...([nhsNumber, upn, nino].every((value) => value === undefined) ? ['identifier'] : []),
    ...(birthDate === undefined ? ['birth date'] : []),
    ...(address === undefined ? ['address'] : []),
  ];
  return lacking.length === 0 ? 'nothing' : lacking.join(' and ');
};
