import { ageInYears } from '#shared/domain/calendar/calendar-date.ts';
import { hostels, towerBlocks } from './data/places.ts';
import { drawEldestAge, drawMotherAge, kinMaker, member } from './kin.ts';
import type { FamilyStructure, SampleAddress, SampleFamily, SampleMember, SamplePerson } from './model.ts';
import type { Random } from './random.ts';
import { populationRates as rates } from './rates.ts';
import { bornAged, drawCommunity, drawForename, drawSurname, surnameFor, type World } from './world.ts';

/** People under one shared address before the next one is opened. */
const sharedAddressSize = 11;

interface HouseholdBuilder {
  /** One more family; sometimes two, where the parent who lives elsewhere has a household of their own. */
  readonly next: (random: Random) => readonly SampleFamily[];
}

export const householdBuilder = (world: World): HouseholdBuilder => {
  const { asOf, newAddress, newPerson } = world;
  const { makeCouple, makeChildren, makeExtras, childSurname, communityOfPartner } = kinMaker(world);
  let families = 0;
  let shared: { readonly address: SampleAddress; left: number; readonly surname: string } | undefined;
  let namesake: Pick<SamplePerson, 'sex' | 'birthDate' | 'community' | 'forename' | 'surname'> | undefined;
  let refuge: { readonly address: SampleAddress; left: number } | undefined;

  const family = (structure: FamilyStructure, address: SampleAddress, members: readonly SampleMember[]): SampleFamily => {
    families += 1;
    return { familyId: `F${String(families).padStart(6, '0')}`, structure, address, members };
  };

  const move = (random: Random, people: readonly SamplePerson[]): void => {
    if (!random.chance(rates.moved)) return;
    const before = newAddress(random);
    for (const person of people) person.otherAddress = before;
  };

  const withChildren = (random: Random, structure: 'couple' | 'lone-parent' | 'separated-parents' | 'refuge'): SampleFamily[] => {
    const community = drawCommunity(random);
    let address = newAddress(random);
    if (structure === 'refuge') {
      refuge ??= { address: newAddress(random, { kind: 'refuge', firstLine: 'Harbour House' }), left: 5 };
      address = refuge.address;
      refuge.left -= 1;
      if (refuge.left === 0) refuge = undefined;
    }
    const count = random.draw(rates.childCount);
    const eldestAge = drawEldestAge(random);
    const motherAge = drawMotherAge(random, eldestAge);
    const { father, mother } = makeCouple(random, community, address, motherAge);
    // One lone parent in eight is the father; where nobody is named as father the children have the mother's name.
    const fatherAlone = structure === 'lone-parent' && random.chance(0.12);
    const named = structure !== 'lone-parent' || fatherAlone || random.chance(0.55);
    const surname = childSurname(random, named ? father : undefined, mother);
    const children = makeChildren(random, { count, eldestAge, father: named ? father : undefined, mother, address, surname });
    const members: SampleMember[] = children.map((child) => member(child, 'child'));
    if (structure === 'couple' || fatherAlone) members.push(member(father, 'parent'));
    if (!fatherAlone) members.push(member(mother, 'parent'), ...makeExtras(random, mother, surname, motherAge, eldestAge));
    if (structure === 'refuge') {
      const before = newAddress(random);
      for (const { person } of members) person.otherAddress = before;
      father.address = before;
      return [family(structure, address, [...members, member(father, 'non-resident-parent', false)])];
    }
    move(
      random,
      members.map(({ person }) => person),
    );
    if (structure !== 'separated-parents') return [family(structure, address, members)];
    // The other parent lives alone, or with someone new, nearby; the children stay there at weekends.
    father.address = newAddress(random);
    if (random.chance(rates.childWithTwoHomes)) for (const child of children) child.otherAddress = father.address;
    const first = family(structure, address, [...members, member(father, 'non-resident-parent', false)]);
    if (!random.chance(0.35)) return [first];
    const partnerCommunity = communityOfPartner(random, father.community);
    const partner = newPerson(random, {
      sex: 'female',
      birthDate: bornAged(random, asOf, ageInYears(father.birthDate, asOf) - random.int(-2, 6)),
      community: partnerCommunity,
      address: father.address,
    });
    return [first, family('no-children', father.address, [member(father, 'adult'), member(partner, 'adult')])];
  };

  const stepFamily = (random: Random): SampleFamily[] => {
    const address = newAddress(random);
    const community = drawCommunity(random);
    const eldestAge = random.int(4, 16);
    const motherAge = drawMotherAge(random, eldestAge);
    const { father: stepFather, mother } = makeCouple(random, community, address, motherAge);
    const formerSurname = random.chance(0.7) ? drawSurname(random, community, 'male') : (mother.previousSurname ?? mother.surname);
    const first = makeChildren(random, { count: random.int(1, 2), eldestAge, mother, address, surname: formerSurname });
    const together = random.chance(0.55)
      ? makeChildren(random, { count: 1, eldestAge: random.int(0, 4), father: stepFather, mother, address, surname: stepFather.surname })
      : [];
    const members = [
      ...[...first, ...together].map((child) => member(child, 'child')),
      member(mother, 'parent'),
      member(stepFather, 'step-parent'),
      ...makeExtras(random, mother, stepFather.surname, motherAge, eldestAge),
    ];
    move(
      random,
      members.map(({ person }) => person),
    );
    return [family('step-family', address, members)];
  };

  const kinship = (random: Random): SampleFamily[] => {
    const address = newAddress(random);
    const community = drawCommunity(random);
    const eldestAge = random.int(2, 15);
    const parentAge = eldestAge + random.int(17, 28);
    const grandmotherAge = parentAge + random.int(18, 28);
    const { father: grandfather, mother: grandmother } = makeCouple(random, community, address, grandmotherAge);
    // A daughter who married, or a son: the grandchildren share the surname only in the second case.
    const sex = random.chance(0.6) ? 'female' : 'male';
    const parent = newPerson(random, {
      sex,
      birthDate: bornAged(random, asOf, parentAge),
      community,
      address: newAddress(random),
      surname: sex === 'male' || random.chance(0.5) ? surnameFor(grandfather.surname, community, sex) : drawSurname(random, community, sex),
    });
    const children = makeChildren(random, { count: random.int(1, 3), eldestAge, mother: parent, address, surname: parent.surname });
    const members = [
      ...children.map((child) => member(child, 'child')),
      member(grandmother, 'carer'),
      member(parent, 'non-resident-parent', false),
    ];
    if (random.chance(0.6)) members.push(member(grandfather, 'carer'));
    return [family('kinship-carers', address, members)];
  };

  /** A child whose adoption order gave a new name and new numbers: two identities, which nothing may join again. */
  const adoptive = (random: Random): SampleFamily[] => {
    const address = newAddress(random);
    const community = drawCommunity(random);
    const eldestAge = random.int(4, 12);
    const { father, mother } = makeCouple(random, community, address, eldestAge + random.int(28, 40));
    const [child, ...others] = makeChildren(random, {
      count: random.int(1, 2),
      eldestAge,
      father,
      mother,
      address,
      surname: father.surname,
    });
    if (!child) return [];
    const birthSurname = drawSurname(random, community, child.sex);
    const before = newPerson(random, {
      sex: child.sex,
      birthDate: child.birthDate,
      community,
      address: newAddress(random),
      surname: birthSurname,
      forename: random.chance(0.6) ? child.forename : drawForename(random, community, child.sex, child.birthDate),
      ethnicity: child.ethnicity,
    });
    const members = [
      member(child, 'child'),
      ...others.map((other) => member(other, 'child')),
      member(mother, 'parent'),
      member(father, 'parent'),
    ];
    return [
      family('adoptive', address, members),
      { ...family('sealed-identity', before.address, [member(before, 'child')]), sealedFrom: child.personId },
    ];
  };

  const noChildren = (random: Random): SampleFamily[] => {
    const address = newAddress(random);
    const community = drawCommunity(random);
    const age = random.int(19, 78);
    if (random.chance(0.4)) {
      const sex = random.chance(0.5) ? 'male' : 'female';
      // Another person who happens to have the same name and day of birth: only the address and the numbers tell them apart.
      const twinOfChance = namesake && random.chance(rates.namesake) ? namesake : undefined;
      const single = twinOfChance
        ? newPerson(random, { ...twinOfChance, address })
        : newPerson(random, { sex, birthDate: bornAged(random, asOf, age), community, address });
      namesake = {
        sex: single.sex,
        birthDate: single.birthDate,
        community: single.community,
        forename: single.forename,
        surname: single.surname,
      };
      return [family('no-children', address, [member(single, 'adult')])];
    }
    const { father, mother } = makeCouple(random, community, address, Math.max(age, 20));
    const members = [member(father, 'adult'), member(mother, 'adult')];
    if (age > 45 && random.chance(0.3)) {
      const sex = random.chance(0.5) ? 'male' : 'female';
      // Half the grown sons at home bear the father's whole name: the classic false match.
      const forename = sex === 'male' && random.chance(0.5) ? { forename: father.forename } : {};
      const grown = newPerson(random, {
        sex,
        birthDate: bornAged(random, asOf, age - random.int(20, 26)),
        community,
        address,
        surname: surnameFor(father.surname, father.community, sex),
        ...forename,
      });
      members.push(member(grown, 'adult-child'));
    }
    move(
      random,
      members.map(({ person }) => person),
    );
    return [family('no-children', address, members)];
  };

  /** Single adults who have nothing in common but the address; two in seven even share a surname. */
  const sharedAddress = (random: Random): SampleFamily[] => {
    if (shared === undefined || shared.left === 0) {
      const firstLine = random.chance(0.5) ? random.pick(towerBlocks) : random.pick(hostels);
      shared = {
        address: newAddress(random, { kind: 'shared', firstLine }),
        left: sharedAddressSize,
        surname: drawSurname(random, 'english', 'male'),
      };
    }
    shared.left -= 1;
    const community = drawCommunity(random);
    const surname = random.chance(0.28) ? { surname: shared.surname } : {};
    const person = newPerson(random, {
      sex: random.chance(0.62) ? 'male' : 'female',
      birthDate: bornAged(random, asOf, random.int(19, 64)),
      community,
      address: shared.address,
      ...surname,
    });
    return [family('shared-address', shared.address, [member(person, 'adult')])];
  };

  return {
    next: (random) => {
      const structure = random.draw(rates.structures);
      switch (structure) {
        case 'couple':
        case 'lone-parent':
        case 'separated-parents':
        case 'refuge':
          return withChildren(random, structure);
        case 'step-family':
          return stepFamily(random);
        case 'kinship-carers':
          return kinship(random);
        case 'adoptive':
          return adoptive(random);
        case 'shared-address':
          return sharedAddress(random);
        case 'no-children':
        case 'sealed-identity':
          return noChildren(random);
      }
    },
  };
};
