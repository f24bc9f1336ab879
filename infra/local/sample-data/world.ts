import { addDays, addMonths, ageInYears, civilDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { communityNames, communityShares, englishForename, type Community } from './data/names.ts';
import { districts, streets, type District } from './data/places.ts';
import { identifierMaker, type IdentifierMaker } from './identifiers.ts';
import type { Occupation, SampleAddress, SamplePerson } from './model.ts';
import type { Random } from './random.ts';

/** What making people needs: the reference date, and sources of identifiers and addresses that never repeat. */
export interface World {
  readonly asOf: DayNumber;
  readonly identifiers: IdentifierMaker;
  readonly newAddress: (random: Random, options?: { readonly kind?: SampleAddress['kind']; readonly firstLine?: string }) => SampleAddress;
  readonly newPerson: (random: Random, wishes: PersonWishes) => SamplePerson;
}

interface PersonWishes {
  readonly sex: 'male' | 'female';
  readonly birthDate: DayNumber;
  readonly community: Community;
  readonly address: SampleAddress;
  readonly surname?: string;
  readonly forename?: string;
  readonly previousSurname?: string | undefined;
  readonly ethnicity?: string;
  readonly occupation?: Occupation;
}

const postcodeLetters = 'ABDEFGHJLNPQRSTUWXYZ';

export const drawCommunity = (random: Random): Community => random.draw(communityShares);

export const drawSurname = (random: Random, community: Community, sex: 'male' | 'female'): string => {
  const names = communityNames[community];
  const surname = random.draw(names.surnames);
  return sex === 'female' && names.femaleSurname ? names.femaleSurname(surname) : surname;
};

export const surnameFor = (surname: string, community: Community, sex: 'male' | 'female'): string => {
  const { femaleSurname } = communityNames[community];
  return sex === 'female' && femaleSurname ? femaleSurname(surname) : surname;
};

export const drawForename = (random: Random, community: Community, sex: 'male' | 'female', birthDate: DayNumber): string => {
  const { year } = civilDate(birthDate);
  // Families with roots elsewhere take English names too, the more so the longer they have been here.
  const english =
    community === 'english' || ((community === 'irish' || community === 'welsh') && random.chance(0.6)) || random.chance(0.06);
  if (english) return random.draw(englishForename(sex, year));
  return random.draw(communityNames[community][sex][year < 2000 ? 'older' : 'younger']);
};

const occupationAt = (random: Random, age: number): Occupation => {
  if (age < 4) return 'pre-school';
  if (age < 16) return 'school';
  if (age < 19) return random.chance(0.84) ? 'sixth-form' : random.chance(0.5) ? 'employed' : 'unemployed';
  if (age >= 67) return 'retired';
  return random.chance(0.8) ? 'employed' : 'unemployed';
};

export const createWorld = (random: Random, asOf: DayNumber): World => {
  const identifiers = identifierMaker(random.fork('identifiers'));
  let people = 0;
  let dwellings = 0;
  const newAddress: World['newAddress'] = (draws, options = {}) => {
    const district: District = draws.draw(districts);
    dwellings += 1;
    const letter = () => postcodeLetters.charAt(draws.int(0, postcodeLetters.length - 1));
    const street = `${draws.draw(streets.names)} ${draws.draw(streets.kinds)}`;
    const number = String(draws.int(1, 148));
    const flat = draws.chance(0.12) ? `Flat ${String(draws.int(1, 24))}` : undefined;
    const firstLine = options.firstLine ?? `${number} ${street}`;
    return {
      lines:
        flat !== undefined && options.firstLine === undefined
          ? [flat, firstLine]
          : options.firstLine === undefined
            ? [firstLine]
            : [firstLine, street],
      town: district.town,
      postcode: `${district.outward} ${String(draws.int(0, 9))}${letter()}${letter()}`,
      uprn: String(99_900_000_000 + dwellings * 37 + draws.int(0, 36)),
      outward: district.outward,
      kind: options.kind ?? 'home',
    };
  };
  const newPerson: World['newPerson'] = (draws, wishes) => {
    people += 1;
    const { sex, birthDate, community } = wishes;
    const unborn = birthDate > asOf;
    const age = ageInYears(birthDate, asOf);
    return {
      personId: `P${String(people).padStart(6, '0')}`,
      sex,
      forename: wishes.forename ?? drawForename(draws, community, sex, birthDate),
      middleName: draws.chance(0.4) ? drawForename(draws, community, sex, birthDate) : undefined,
      surname: wishes.surname ?? drawSurname(draws, community, sex),
      previousSurname: wishes.previousSurname,
      birthDate,
      unborn,
      community,
      ethnicity: unborn ? 'NOBT' : (wishes.ethnicity ?? draws.draw(communityNames[community].ethnicity)),
      nhsNumber: identifiers.nhsNumber(),
      upn: identifiers.upn(Math.min(Math.max(civilDate(birthDate).year + 4, 1998), civilDate(asOf).year)),
      temporaryUpn: draws.chance(0.03) ? identifiers.temporaryUpn(civilDate(asOf).year) : undefined,
      nino: identifiers.nino(),
      pncId: identifiers.pncId(civilDate(birthDate).year + Math.max(12, Math.min(age, draws.int(12, 30)))),
      occupation: wishes.occupation ?? occupationAt(draws, age),
      address: wishes.address,
      otherAddress: undefined,
    };
  };
  return { asOf, identifiers, newAddress, newPerson };
};

/** A birth date at which the person is `age` years old on `asOf`, any day of the year. */
export const bornAged = (random: Random, asOf: DayNumber, age: number): DayNumber =>
  addDays(addMonths(asOf, -12 * age), -random.int(0, 364));
