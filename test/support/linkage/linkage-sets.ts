import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { dayOf, twinsOf } from './twins.ts';

/** A labelled set as the command line takes it: files, a map for each and the truth. */
export interface LinkageSet {
  readonly name: string;
  readonly files: readonly string[];
  readonly maps: readonly unknown[];
  /** The link threshold that it is measured at. */
  readonly threshold: number;
  readonly truth: () => readonly TruthRow[];
}

export interface TruthRow {
  readonly id: string;
  readonly source: string;
  readonly entity: string;
  readonly home?: string;
  /** Who was born together with whom: the same text for each of them, blank for everybody else. */
  readonly twins?: string;
}

export const febrlColumns = {
  id: 'rec_id',
  source: 'febrl',
  fields: {
    forename: 'given_name',
    surname: 'surname',
    birthDate: { column: 'date_of_birth', format: 'YYYYMMDD' },
    addressLine: ['street_number', 'address_1'],
    locality: 'suburb',
    postcode: 'postcode',
  },
  identifiers: { soc_sec_id: { column: 'soc_sec_id' } },
  other: { address_2: { column: 'address_2' }, state: { column: 'state' } },
};

export const fakeColumns = {
  id: 'unique_id',
  source: 'fake',
  fields: {
    forename: 'first_name',
    surname: 'surname',
    birthDate: { column: 'dob', format: 'YYYY-MM-DD' },
    locality: 'city',
    email: 'email',
  },
};

const agencyFormats: Readonly<Record<string, string>> = {
  census_2020: 'MM/DD/YYYY',
  census_2030: 'MM/DD/YYYY',
  wic_2020: 'MMDDYYYY',
  wic_2021_2029: 'MMDDYYYY',
  ssa_to_2020: 'YYYYMMDD',
  cps_all: 'MM/DD/YYYY',
  acs_all: 'MM/DD/YYYY',
};

const agencyMap = (source: string, format: string) => ({
  id: 'record_id',
  source,
  fields: {
    forename: 'first_name',
    middleNames: source.startsWith('ssa') ? 'middle_name' : 'middle_initial',
    surname: 'last_name',
    birthDate: { column: 'date_of_birth', format },
    sex: 'sex',
    addressLine: ['street_number', 'street_name', 'unit_number'],
    locality: 'city',
    postcode: 'zipcode',
  },
  identifiers: { ssn: { column: 'ssn' } },
});

/** Those that the project itself keeps. */
export const keptSets = join(import.meta.dirname, '..', 'linkage-data');

/** The sets of a folder that has them as `keptSets` has, or in `febrl`, `splink` and `pseudopeople/NOISE` below it; those that are not there are left out. */
export const linkageSets = (folder: string): LinkageSet[] => {
  const sets: LinkageSet[] = [];
  for (const number of [1, 2, 3]) {
    const file = firstThere(join(folder, 'febrl', `dataset${String(number)}.csv`), join(folder, `febrl${String(number)}.csv`));
    const truth = (): TruthRow[] => columnOf(file, 'rec_id').map((id) => ({ id, source: 'febrl', entity: id.split('-')[1] ?? id }));
    sets.push({ name: `febrl${String(number)}`, files: [file], maps: [febrlColumns], threshold: 0.9, truth });
  }
  const fake = firstThere(join(folder, 'splink', 'fake_1000.csv'), join(folder, 'fake_1000.csv'));
  sets.push({
    name: 'fake_1000',
    files: [fake],
    maps: [fakeColumns],
    threshold: 0.5,
    truth: () => recordsOf(fake).map((row) => ({ id: row['unique_id'] ?? '', source: 'fake', entity: row['cluster'] ?? '' })),
  });
  for (const noise of ['default', 'raised']) {
    const agencies = Object.entries(agencyFormats);
    const files = agencies.map(([agency]) => join(folder, 'pseudopeople', noise, `${agency}.csv`));
    const truth = (): TruthRow[] => {
      const records = agencies.flatMap(([source, format], at) => recordsOf(files[at] ?? '').map((row) => ({ source, format, row })));
      const twins = twinsOf(
        records.map(({ format, row }) => ({
          entity: row['simulant_id'] ?? '',
          home: row['household_id'] ?? '',
          surname: row['last_name'] ?? '',
          day: dayOf(row['date_of_birth'] ?? '', format),
        })),
      );
      return records.map(({ source, row }) => ({
        id: row['record_id'] ?? '',
        source,
        entity: row['simulant_id'] ?? '',
        home: row['household_id'] ?? '',
        twins: twins.get(row['simulant_id'] ?? '') ?? '',
      }));
    };
    sets.push({
      name: `agencies-${noise}`,
      files,
      maps: agencies.map(([source, format]) => agencyMap(source, format)),
      threshold: 0.95,
      truth,
    });
  }
  return sets.filter(({ files }) => files.every((file) => existsSync(file)));
};

/** Writes `NAME.map.json` and `NAME.truth.csv` for the command line. */
export const writeMaps = (sets: readonly LinkageSet[], out: string): void => {
  mkdirSync(out, { recursive: true });
  for (const { name, maps, truth } of sets) {
    writeFileSync(join(out, `${name}.map.json`), JSON.stringify(maps, undefined, 2));
    const lines = truth().map(({ id, source, entity, home = '', twins = '' }) => [id, source, entity, home, twins].join(','));
    writeFileSync(join(out, `${name}.truth.csv`), `${['id,source,entity,home,twins', ...lines].join('\n')}\n`);
  }
};

const firstThere = (path: string, other: string): string => (existsSync(path) ? path : other);

const recordSchema = z.array(z.record(z.string(), z.string()));

const recordsOf = (file: string): Record<string, string>[] =>
  recordSchema.parse(
    parse(readFileSync(file, 'utf8'), { columns: (header: string[]) => header.map((name) => name.trim()), ltrim: true, bom: true }),
  );

const columnOf = (file: string, column: string): string[] => recordsOf(file).map((row) => row[column] ?? '');
