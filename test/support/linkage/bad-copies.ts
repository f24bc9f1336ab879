import { communityNames, nicknames } from '#infra/local/sample-data/data/names.ts';
import type { RawRow } from '#shared/domain/matching/rows/match-row.ts';
import { seededChance, slip, type Chance } from './seeded-chance.ts';

interface Original {
  readonly forename: string;
  readonly middle: string;
  readonly surname: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly place: string;
  readonly postcode: string;
  readonly sex: string;
  readonly occupation: string;
}

const beginnings =
  'ash black brad brook car chal clif cran dal dun el fair far gar green hal hamp hard har haw hol hunt kirk lang lin lock mar mil nor oak pen pres rad rams red rock sel shel staf stan stock sut thorn walk warb wat wes whit win wood wor'.split(
    ' ',
  );
const endings =
  'bourne bury by cliffe combe cott dale den don field ford gate ham hurst ington land ley low man mere more ner over ridge ton ward well wick wood worth'.split(
    ' ',
  );
const places =
  'london york bristol leeds chester durham exeter norwich oxford cambridge edinburgh glasgow dublin cardiff derby lincoln bath hull kent devon surrey essex sussex norfolk suffolk cornwall somerset dorset'.split(
    ' ',
  );
const occupations =
  'politician writer painter cricketer footballer priest soldier lawyer physician composer actor engineer botanist architect diplomat judge'.split(
    ' ',
  );

/**
 * People of several centuries with about ten bad copies each and a quarter to half of the cells missing; one in twelve has a
 * relative who shares surname, place and often forename. A stand-in for historical registers, made by the same hands as the matcher.
 */
export const badCopies = (people: number, seed: number, copies = 10): { rows: RawRow[]; entities: Map<string, string> } => {
  const chance = seededChance(seed);
  const rows: RawRow[] = [];
  const entities = new Map<string, string>();
  let before: Original | undefined;
  for (let person = 0; person < people; person += 1) {
    const own: Original = before !== undefined && chance.happens(0.08) ? relativeOf(before, chance) : anOriginal(chance);
    before = own;
    const count = Math.max(1, chance.int(Math.round(copies * 0.3), Math.round(copies * 1.7)));
    for (let copy = 0; copy < count; copy += 1) {
      const rowId = `${String(person)}-${String(copy)}`;
      rows.push(copyOf(own, rowId, chance));
      entities.set(rowId, String(person));
    }
  }
  return { rows, entities };
};

const anOriginal = (chance: Chance): Original => {
  const sex = chance.happens(0.75) ? 'male' : 'female';
  const names = communityNames.english[sex].older.values;
  const rank = Math.floor(chance.next() ** 2 * names.length);
  return {
    forename: (names[rank] ?? 'John').toLowerCase(),
    middle: chance.pick(names).toLowerCase(),
    surname: chance.happens(0.3)
      ? chance.pick(communityNames.english.surnames.values).toLowerCase()
      : chance.pick(beginnings) + chance.pick(endings),
    year: chance.int(1600, 1930),
    month: chance.int(1, 12),
    day: chance.int(1, 28),
    place: chance.pick(places),
    postcode: aPostcode(chance),
    sex,
    occupation: chance.pick(occupations),
  };
};

const relativeOf = (other: Original, chance: Chance): Original => {
  const own = anOriginal(chance);
  return {
    ...own,
    surname: other.surname,
    place: other.place,
    year: other.year + chance.int(2, 35),
    ...(chance.happens(0.3) && { forename: other.forename, sex: other.sex }),
    ...(chance.happens(0.5) && { occupation: other.occupation }),
    ...(chance.happens(0.5) && { postcode: neighbour(other.postcode, chance) }),
  };
};

const aPostcode = (chance: Chance): string =>
  `${chance.pick('BLMSWYN'.split(''))}${chance.pick('AELNRST'.split(''))}${String(chance.int(1, 30))} ${String(chance.int(1, 9))}${chance.pick('ABDEFGH'.split(''))}${chance.pick('JLNPQRS'.split(''))}`.toLowerCase();

const neighbour = (postcode: string, chance: Chance): string =>
  `${postcode.slice(0, -2)}${chance.pick('abdefgh'.split(''))}${chance.pick('jlnpqrs'.split(''))}`;

const copyOf = (own: Original, rowId: string, chance: Chance): RawRow => ({
  rowId,
  source: 'register',
  forename: forenameOf(own, chance),
  surname: chance.happens(0.12) ? undefined : chance.happens(0.15) ? slip(own.surname, chance) : own.surname,
  birthDate: dateOf(own, chance),
  sex: chance.happens(0.25) ? undefined : own.sex,
  locality: chance.happens(0.35) ? undefined : chance.happens(0.12) ? chance.pick(places) : own.place,
  postcode: chance.happens(0.3)
    ? undefined
    : chance.happens(0.3)
      ? neighbour(own.postcode, chance)
      : chance.happens(0.1)
        ? aPostcode(chance)
        : own.postcode,
  other: { occupation: chance.happens(0.45) ? undefined : chance.happens(0.1) ? chance.pick(occupations) : own.occupation },
});

const forenameOf = ({ forename, middle }: Original, chance: Chance): string | undefined => {
  if (chance.happens(0.12)) return undefined;
  const short = nicknames[forename.charAt(0).toUpperCase() + forename.slice(1)];
  if (short !== undefined && chance.happens(0.2)) return chance.pick(short).toLowerCase();
  if (chance.happens(0.05)) return middle;
  if (chance.happens(0.05)) return forename.charAt(0);
  return chance.happens(0.12) ? slip(forename, chance) : forename;
};

const dateOf = ({ year, month, day }: Original, chance: Chance): RawRow['birthDate'] => {
  if (chance.happens(0.25)) return undefined;
  const parts = { year: String(year), month: String(month), day: String(day) };
  if (chance.happens(0.08)) return { ...parts, month: '1', day: '1' };
  if (chance.happens(0.06)) return { ...parts, year: String(year + chance.int(-3, 3)) };
  if (chance.happens(0.06)) return { ...parts, day: String(chance.int(1, 28)), month: String(chance.int(1, 12)) };
  return chance.happens(0.05) ? { ...parts, month: parts.day, day: parts.month } : parts;
};
