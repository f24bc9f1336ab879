import { addDays, addMonths, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { twinNames, type Community } from './data/names.ts';
import type { MemberRole, SampleAddress, SampleMember, SamplePerson } from './model.ts';
import type { Random } from './random.ts';
import { populationRates as rates } from './rates.ts';
import { bornAged, drawCommunity, drawForename, drawSurname, surnameFor, type World } from './world.ts';

export const member = (person: SamplePerson, role: MemberRole, resident = true): SampleMember => ({ person, role, resident });

export const drawMotherAge = (random: Random, eldestAge: number): number =>
  eldestAge + random.int(0, 4) + random.int(0, 5) + random.int(0, 5) + 19;

export const drawEldestAge = (random: Random): number => (random.chance(0.08) ? random.int(16, 18) : random.int(0, 15));

interface Couple {
  readonly father: SamplePerson;
  readonly mother: SamplePerson;
}

/** Makes people who belong together: couples, their children, who else lives with them. */
export const kinMaker = ({ asOf, newPerson }: World) => {
  const communityOfPartner = (random: Random, community: Community): Community =>
    random.chance(rates.mixedCommunities) ? drawCommunity(random) : community;

  const makeCouple = (random: Random, community: Community, address: SampleAddress, motherAge: number): Couple => {
    const fatherCommunity = communityOfPartner(random, community);
    const father = newPerson(random, {
      sex: 'male',
      birthDate: bornAged(random, asOf, Math.max(18, motherAge + random.int(-3, 6))),
      community: fatherCommunity,
      address,
    });
    const ownSurname = drawSurname(random, community, 'female');
    const takesName = random.chance(rates.married) && !['pakistani', 'bangladeshi', 'arabic', 'chinese'].includes(community);
    const hyphenates = takesName && random.chance(0.07);
    const married = surnameFor(father.surname, community, 'female');
    const mother = newPerson(random, {
      sex: 'female',
      birthDate: bornAged(random, asOf, motherAge),
      community,
      address,
      surname: hyphenates ? `${ownSurname}-${married}` : takesName ? married : ownSurname,
      previousSurname: takesName ? ownSurname : undefined,
    });
    return { father, mother };
  };

  const childSurname = (random: Random, father: SamplePerson | undefined, mother: SamplePerson): string => {
    if (father === undefined || random.chance(0.14)) return mother.surname;
    const paternal = father.surname.replace(/ska$/, 'ski');
    return mother.surname !== father.surname && random.chance(0.08) ? `${mother.previousSurname ?? mother.surname}-${paternal}` : paternal;
  };

  const mixedEthnicity = (father: SamplePerson | undefined, mother: SamplePerson): string | undefined => {
    const codes = [father?.ethnicity ?? mother.ethnicity, mother.ethnicity];
    const isWhite = (code: string) => code.startsWith('W');
    if (codes.every((code) => isWhite(code) === isWhite(mother.ethnicity))) return undefined;
    const other = codes.find((code) => !isWhite(code)) ?? '';
    return other === 'BAFR' ? 'MWBA' : other === 'BCRB' ? 'MWBC' : other.startsWith('A') ? 'MWAS' : 'MOTH';
  };

  /** Children of these parents, eldest first; the eldest is `eldestAge`. All live at `address`. */
  const makeChildren = (
    random: Random,
    options: {
      readonly count: number;
      readonly eldestAge: number;
      readonly father?: SamplePerson | undefined;
      readonly mother: SamplePerson;
      readonly address: SampleAddress;
      readonly surname: string;
    },
  ): SamplePerson[] => {
    const { father, mother, address } = options;
    const community = father && random.chance(0.5) ? father.community : mother.community;
    const ethnicity = mixedEthnicity(father, mother);
    const children: SamplePerson[] = [];
    const taken = new Set<string>();
    let birthDate: DayNumber = bornAged(random, asOf, options.eldestAge);
    while (children.length < options.count && birthDate <= asOf) {
      const sex = random.chance(0.51) ? 'male' : 'female';
      const make = (forename: string, born: DayNumber, childSex: 'male' | 'female') => {
        taken.add(forename);
        const surname = surnameFor(options.surname, community, childSex);
        children.push(
          newPerson(random, { sex: childSex, birthDate: born, community, address, surname, forename, ...(ethnicity && { ethnicity }) }),
        );
      };
      if (random.chance(rates.twins) && options.count - children.length >= 2) {
        const [first, second] = random.pick(twinNames[sex]);
        make(first, birthDate, sex);
        if (random.chance(0.65)) make(second, birthDate, sex);
        else
          make(
            drawForename(random, community, sex === 'male' ? 'female' : 'male', birthDate),
            birthDate,
            sex === 'male' ? 'female' : 'male',
          );
      } else {
        let forename = drawForename(random, community, sex, birthDate);
        if (sex === 'male' && father?.community === community && random.chance(rates.sameNamedSon)) forename = father.forename;
        for (let tries = 0; taken.has(forename) && tries < 20; tries++) forename = drawForename(random, community, sex, birthDate);
        make(forename, birthDate, sex);
      }
      birthDate = addDays(addMonths(birthDate, 12 * random.int(1, 4)), random.int(0, 300));
    }
    return children;
  };

  const makeUnborn = (random: Random, mother: SamplePerson, surname: string): SamplePerson =>
    newPerson(random, {
      sex: random.chance(0.5) ? 'male' : 'female',
      birthDate: addDays(asOf, random.int(10, 190)),
      community: mother.community,
      address: mother.address,
      surname,
      forename: 'Unborn',
    });

  /** Extra people a home with children may hold: an unborn child, a grown-up child, a grandparent. */
  const makeExtras = (random: Random, mother: SamplePerson, surname: string, motherAge: number, eldestAge: number): SampleMember[] => {
    const members: SampleMember[] = [];
    const { address, community } = mother;
    if (motherAge < 42 && random.chance(rates.expectingAnother)) members.push(member(makeUnborn(random, mother, surname), 'child'));
    const grownAge = eldestAge + random.int(2, 6);
    if (grownAge >= 19 && motherAge - grownAge >= 16 && random.chance(rates.adultChildAtHome * 3)) {
      const sex = random.chance(0.55) ? 'male' : 'female';
      const grown = newPerson(random, {
        sex,
        birthDate: bornAged(random, asOf, grownAge),
        community,
        address,
        surname: surnameFor(surname, community, sex),
      });
      members.push(member(grown, 'adult-child'));
    }
    if (random.chance(rates.grandparentAtHome)) {
      const surnameThen = mother.previousSurname ?? mother.surname;
      const elder = newPerson(random, {
        sex: 'female',
        birthDate: bornAged(random, asOf, motherAge + random.int(20, 30)),
        community,
        address,
        surname: surnameThen,
      });
      members.push(member(elder, 'adult'));
    }
    return members;
  };

  return { makeCouple, makeChildren, makeExtras, childSurname, communityOfPartner };
};
