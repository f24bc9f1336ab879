import type { FoundPerson, SearchCriteria, SearchResult } from '../../contracts/http/people-routes.ts';
import { isWithin, visibilityOf, type Role, type Visibility } from '../../domain/access/access.ts';
import { ageInYears, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import { everybodyEverIn, familySeen, type Family } from '../../domain/families/family.ts';
import { keysToLookUnder, type Ladder } from '../../domain/matching/keys/stored-blocks.ts';
import type { MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { Clock } from '../clock.ts';
import type { RecordStore } from '../ingest/record-store.ts';
import type { FamilyRepository } from '../families/family-repository.ts';
import { findProtectedHomes, hasProtectedAddress } from '../families/protected-homes.ts';
import { inParallel } from '../in-parallel.ts';
import { readCriteria, type SearchPlan } from './read-criteria.ts';

export interface SearchPorts {
  readonly records: Pick<RecordStore, 'readKeys' | 'readProfiles' | 'readRecords'>;
  readonly families: Pick<FamilyRepository, 'listFamilyIdsOfPerson' | 'findFamilies'>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
}

/** Nobody shares an identifier, few a name and a birth date; more than this is a question too wide. */
const mostPeople = 10;

export interface SearchOutcome {
  readonly result: SearchResult;
  /** Everybody looked at who is meant, restricted or not: for the audit record. */
  readonly personIds: readonly string[];
}

/**
 * "Do we know this person?" Answers just that: who, how old, who else knows them, which family. No addresses, no
 * evidence.
 *
 * The question is answered out of the records that the asker's role may see, and out of those only: what a hidden record
 * alone would confirm (a domestic abuse case, a benefit, a family) is not confirmed.
 */
export const searchPeople = async (
  ports: SearchPorts,
  { criteria, roles }: { readonly criteria: SearchCriteria; readonly roles: readonly Role[] },
): Promise<SearchOutcome> => {
  const plan = readCriteria(ports.hash, criteria);
  const profiles = await ports.records.readProfiles(await standingOn(ports.records, plan.ladders));
  const inOrder = profiles.filter(plan.isMeant).toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
  const found = await inParallel(inOrder, (profile) => show(ports, plan, profile, visibilityOf(roles)));
  // Counted after looking: people who are not shown take nobody's place.
  const shown = found.flatMap((person) => person ?? []).slice(0, mostPeople);
  return { result: { items: shown.map(({ person }) => person) }, personIds: shown.map(({ personId }) => personId) };
};

/** Everybody on these ladders, as far as they are full and on the first rung that is not. */
const standingOn = async ({ readKeys }: Pick<RecordStore, 'readKeys'>, ladders: readonly Ladder[]): Promise<readonly string[]> => {
  const read = new Map<string, MatchKeyEntry | undefined>();
  const toRead = (): readonly string[] => [
    ...new Set(
      ladders.flatMap((ladder) => keysToLookUnder(ladder, (key) => read.get(key)?.crowded ?? false)).filter((key) => !read.has(key)),
    ),
  ];
  for (let keys = toRead(); keys.length > 0; keys = toRead()) {
    const found = new Map((await readKeys(keys)).map((entry) => [entry.key, entry]));
    for (const key of keys) read.set(key, found.get(key));
  }
  return [...new Set([...read.values()].flatMap((entry) => entry?.persons ?? []))];
};

const show = async (
  { records: store, families, clock }: SearchPorts,
  plan: SearchPlan,
  profile: PersonProfile,
  visibility: Visibility,
): Promise<{ readonly personId: string; readonly person: FoundPerson } | undefined> => {
  const { personId, expiresOn, restriction } = profile;
  const records = (await store.readRecords(personId)).filter(({ accessClass }) => isWithin(visibility, accessClass));
  const view = assembleView(records, expiresOn);
  if (!plan.isMeant(view)) return undefined;
  if (restriction) return { personId, person: restricted };
  const [name] = view.names.filter(({ former }) => former !== true);
  const birthDate = view.birthDates[0]?.date;
  const belongsTo = await families.findFamilies(await families.listFamilyIdsOfPerson(personId));
  const familyIds = belongsTo.filter((family) => isKnownIn(family, personId, visibility)).map(({ familyId }) => familyId);
  const isWithheld = visibility === 'limited' && (await isPlaceProtected(store, profile, belongsTo));
  const age = birthDate === undefined ? undefined : ageOn(birthDate, clock.today());
  return {
    personId,
    person: {
      access: 'shown',
      personId,
      ...(name?.forename === undefined ? {} : { forename: name.forename }),
      ...(name?.middleNames === undefined ? {} : { middleNames: name.middleNames }),
      ...(name?.surname === undefined ? {} : { surname: name.surname }),
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(age === undefined ? {} : { age }),
      ...(isWithheld ? { knownTo: [], knownToWithheld } : { knownTo: knownTo(records) }),
      familyIds: familyIds.toSorted(),
    },
  };
};

const isKnownIn = (family: Family, personId: string, visibility: Visibility): boolean => {
  const seen = familySeen(family, visibility);
  return seen?.state === 'current' && seen.members.some((member) => member.personId === personId);
};

/** Which school or landlord knows somebody says where they are: of them, and of everybody in a family of theirs. */
const isPlaceProtected = async (store: SearchPorts['records'], profile: PersonProfile, belongsTo: readonly Family[]): Promise<boolean> => {
  const others = await store.readProfiles([...new Set(belongsTo.flatMap(everybodyEverIn))].filter((id) => id !== profile.personId));
  const protectedHomes = await findProtectedHomes(store, [profile, ...others]);
  return [profile, ...others].some((each) => hasProtectedAddress(each, protectedHomes));
};

const knownToWithheld =
  'Somebody in this person’s family has an address that must not be known, so it is not said which school, landlord or other agency knows this person. Ask the programme team if you need it.';

const restricted: FoundPerson = {
  access: 'restricted',
  detail: 'There is a restriction on this person’s data. Ask your data protection officer.',
};

const ageOn = (birthDate: string, today: string): number | undefined => {
  const [born, on] = [parseIsoDate(birthDate), parseIsoDate(today)];
  return born === undefined || on === undefined || born > on ? undefined : ageInYears(born, on);
};

const knownTo = (records: readonly { readonly agency: string; readonly feed: string }[]): { agency: string; feed: string }[] => {
  const byText = new Map(records.map(({ agency, feed }) => [`${agency} ${feed}`, { agency, feed }]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
};
