import type { FamilyView } from '#shared/contracts/http/family-routes.ts';
import type { Truth } from '../sample-data/truth.ts';

/** How much of what was found agrees with how the sample was made. Printed beside the result; nothing is decided by it. */
export interface Comparison {
  /** People of the sample who stand in at least one accepted row. */
  readonly people: number;
  /** Found as exactly one person, made of all of their rows and nobody else's. */
  readonly peopleRight: number;
  /** Persons found who are made of rows of several people. */
  readonly peopleMixed: number;
  /** Families of the sample with at least one person who can be known. */
  readonly families: number;
  /** Found as one family with exactly the people who live there; a parent elsewhere may be missing, since files seldom say who it is. */
  readonly familiesRight: number;
  /** Families whose outcome (eligible or not) is that of the sample, among those with a family found right. */
  readonly eligibleInTruth: number;
  readonly eligibleFound: number;
}

/** `uploads`: upload id → file of the sample. */
export const compareWithTruth = (truth: Truth, details: readonly FamilyView[], uploads: ReadonlyMap<string, string>): Comparison => {
  const trueRows = new Map<string, string>();
  for (const { file, mentions } of truth.files)
    for (const [row, subject, personId] of mentions) trueRows.set(`${file} ${String(row)} ${subject}`, personId);

  const rowsOf = new Map<string, Set<string>>();
  for (const { members } of details) {
    for (const member of members) {
      if (member.access !== 'shown') continue;
      const rows = rowsOf.get(member.personId) ?? new Set<string>();
      for (const { uploadId, row, subject } of member.records) rows.add(`${uploads.get(uploadId) ?? ''} ${String(row)} ${subject}`);
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
  const known = truth.persons.filter(({ mentions }) => mentions > 0);
  const isRight = (person: string): boolean => {
    const found = [...(foundAs.get(person) ?? [])];
    return found.length === 1 && truthOf.get(found[0] ?? '')?.size === 1;
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
  const trueHomes = truth.families
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
