import type { FamilyView } from '#shared/contracts/http/family-routes.ts';
import type { Truth } from '../sample-data/truth.ts';

/** How much of what was found agrees with how the sample was made. Printed beside the result; nothing is decided by it. */
export interface Comparison {
  /** People of the sample who live in a family and stand in at least one accepted row. */
  readonly people: number;
  /** Found as exactly one person, made of all of their rows and nobody else's. */
  readonly peopleRight: number;
  /** Persons found who are made of rows of several people. */
  readonly peopleMixed: number;
  /** Families of the sample with at least one person who can be known. */
  readonly families: number;
  /** Found as one family with exactly the people who live there; a parent elsewhere may be missing, since files seldom say who it is. */
  readonly familiesRight: number;
  readonly eligibleInTruth: number;
  readonly eligibleFound: number;
}

/** `uploads`: upload id → file of the sample. */
export const compareWithTruth = (truth: Truth, details: readonly FamilyView[], uploads: ReadonlyMap<string, string>): Comparison => {
  const trueRows = new Map<string, string>();
  const rowsOfPerson = new Map<string, string[]>();
  for (const { file, mentions, repeated } of truth.files) {
    const copies = new Set(repeated.map(([row]) => row));
    for (const [row, subject, personId] of mentions) {
      const key = `${file} ${String(row)} ${subject}`;
      trueRows.set(key, personId);
      // A row that repeats another is counted as known and leaves no record of its own.
      if (!copies.has(row)) rowsOfPerson.set(personId, [...(rowsOfPerson.get(personId) ?? []), key]);
    }
  }

  const rowsOf = new Map<string, Set<string>>();
  for (const { members } of details) {
    for (const member of members) {
      if (member.access !== 'shown') continue;
      const rows = rowsOf.get(member.personId) ?? new Set<string>();
      for (const { uploadId, row, subject } of member.records) rows.add(`${uploads.get(uploadId ?? '') ?? ''} ${String(row)} ${subject}`);
      rowsOf.set(member.personId, rows);
    }
  }
  const truthOf = new Map<string, Set<string>>();
  const foundAs = new Map<string, Set<string>>();
  for (const [found, rows] of rowsOf) {
    for (const row of rows) {
      const person = trueRows.get(row);
      if (person === undefined) continue;
      truthOf.set(found, (truthOf.get(found) ?? new Set()).add(person));
      foundAs.set(person, (foundAs.get(person) ?? new Set()).add(found));
    }
  }
  // An adult on their own is no family, and only people in families are read back.
  const trueFamilies = truth.families.filter(({ members, hasDependentChild }) => members.length > 1 || hasDependentChild);
  const inFamilies = new Set(trueFamilies.flatMap(({ members }) => members.map(({ personId }) => personId)));
  const known = truth.persons.filter(({ personId, mentions }) => mentions > 0 && inFamilies.has(personId));
  const isRight = (person: string): boolean => {
    const [found, ...others] = [...(foundAs.get(person) ?? [])];
    if (found === undefined || others.length > 0 || truthOf.get(found)?.size !== 1) return false;
    return (rowsOfPerson.get(person) ?? []).every((row) => rowsOf.get(found)?.has(row) === true);
  };

  const homes = details.map(({ familyId, members }) => ({
    familyId,
    people: new Set(
      members.flatMap((member) =>
        member.access === 'shown' && member.lives === 'in-the-household' ? [...(truthOf.get(member.personId) ?? [])] : [],
      ),
    ),
  }));
  const knownIds = new Set(known.map(({ personId }) => personId));
  const trueHomes = trueFamilies
    .map(
      (family) =>
        new Set(family.members.filter(({ resident, personId }) => resident && knownIds.has(personId)).map(({ personId }) => personId)),
    )
    .filter((home) => home.size > 0);
  const same = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && one.isSubsetOf(other);
  return {
    people: known.length,
    peopleRight: known.filter(({ personId }) => isRight(personId)).length,
    peopleMixed: [...truthOf.values()].filter(({ size }) => size > 1).length,
    families: trueHomes.length,
    familiesRight: trueHomes.filter((home) => homes.some(({ people }) => same(home, people))).length,
    eligibleInTruth: truth.families.filter(({ eligible }) => eligible).length,
    eligibleFound: details.filter(({ eligibility }) => eligibility?.outcome === 'eligible').length,
  };
};
