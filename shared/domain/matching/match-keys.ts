import { ageInYears, parseIsoDate } from '../calendar/calendar-date.ts';
import { addressKey } from '../identifiers/address-key.ts';
import { isNobodysHome } from '../identifiers/nobodys-home.ts';
import { foldFullName, foldName, foldSurname } from '../names/fold-name.ts';
import { splitFullName } from '../names/split-full-name.ts';
import type { KeyedHash } from '../people/keyed-hash.ts';
import type { Address, PersonDetails } from '../people/person-details.ts';
import type { PersonIdentifier, PersonName, ProfileView } from '../people/person-profile.ts';
import { isHeldKey } from './match-key-entry.ts';
import { standUnder, storedLadders, type Ladder } from './keys/stored-blocks.ts';
import { rowsOfPacked } from './person/packed-rows.ts';
import type { MatchRow } from './rows/match-row.ts';
import { rowOfDetails, withoutAddress } from './rows/row-of-details.ts';
import { isDefaultBirthDate, isPlaceholderName, isPseudoPostcode } from './placeholders.ts';

/**
 * `NHS`, `UPN`, `NINO`: the identifier · `BLOCK`: a blocking key of the matching engine · `HOUSEHOLD`: surname and home,
 * `SURNAME_AT_UPRN` where the home is a UPRN (compared, never stored) ·
 * `SHARED_HOME`: a home with a UPRN, whatever the surnames · `NAME_AT_ADDRESS`: full name and postcode, or a home without one · `PROTECTED_HOME`: a home whose address must not be known, and nobody's name. Each is followed by `#` and a keyed hash:
 * nothing personal stands in it.
 */
type MatchKeyType =
  'NHS' | 'UPN' | 'NINO' | 'BLOCK' | 'HOUSEHOLD' | 'SURNAME_AT_UPRN' | 'SHARED_HOME' | 'NAME_AT_ADDRESS' | 'PROTECTED_HOME';

/**
 * `v1.` and 16 characters, 96 bits: among a hundred million keys the chance that any two are equal by accident is below one
 * in a trillion, and profiles hold some twenty of them.
 */
const keyLength = 19;

const shortHash = (hash: KeyedHash, domain: string, ...parts: string[]): string => hash.hash(domain, ...parts).slice(0, keyLength);

const keyOf = (hash: KeyedHash, type: MatchKeyType, ...parts: string[]): string =>
  `${type}#${shortHash(hash, `match-key/${type}`, ...parts)}`;

export const nhsKey = (hash: KeyedHash, nhsNumber: string): string => keyOf(hash, 'NHS', nhsNumber);
export const upnKey = (hash: KeyedHash, upn: string): string => keyOf(hash, 'UPN', upn);
export const ninoKey = (hash: KeyedHash, nino: string): string => keyOf(hash, 'NINO', nino);

const householdKeys = (hash: KeyedHash, surname: string, address: Address, homes = homesOf(address)): string[] =>
  isPlaceholderName(surname)
    ? []
    : homes.map((home) => keyOf(hash, isUprn(home) ? 'SURNAME_AT_UPRN' : 'HOUSEHOLD', foldSurname(surname), home));

const isUprn = (home: string): boolean => home.startsWith('uprn:');

/** Only of a UPRN: a number and a postcode may be a house of flats. */
const sharedHomeKeys = (hash: KeyedHash, { uprn }: Address): string[] => (uprn === undefined ? [] : [keyOf(hash, 'SHARED_HOME', uprn)]);

/** Whether the key stands for a home alone: people under it need something else in common to be a household. */
export const isSharedHomeKey = (key: string): boolean => key.startsWith('SHARED_HOME#');

/** `fullName` folded by `foldFullName`. A whole name says so much that the postcode stands for the home (`postcode:L36 9GL`). */
const nameAtAddressKeys = (hash: KeyedHash, fullName: string, places: readonly string[]): string[] =>
  places.map((place) => keyOf(hash, 'NAME_AT_ADDRESS', fullName, place));

const postcodeOf = ({ postcode }: Address): string[] =>
  postcode === undefined || isPseudoPostcode(postcode) ? [] : [`postcode:${postcode}`];

/** Where a whole name stands for somebody: the postcode, or the home where there is none. */
const placesOf = (address: Address): readonly string[] => {
  const postcode = postcodeOf(address);
  return postcode.length > 0 ? postcode : homesOf(address).slice(0, 1);
};

/** A home has a key with its UPRN and one without, so that files with and without UPRNs meet. */
const homesOf = (address: Address): readonly string[] => {
  if (address.postcode !== undefined && isPseudoPostcode(address.postcode)) return [];
  const { uprn: _, ...withoutUprn } = address;
  return [...new Set([addressKey(address), addressKey(withoutUprn)])].filter((home) => home !== undefined);
};

/**
 * The keys of a protected address. Of a home: its own, and one for whoever is known to live somewhere in its postcode. Of
 * a postcode alone: one for everybody in it, since any of the homes may be meant.
 */
const keysOfProtected = (hash: KeyedHash, address: Address): string[] => {
  const homes = homesOf(address);
  const [postcode] = postcodeOf(address);
  const places = postcode === undefined ? homes : [...homes, `somewhere:${postcode}`, ...(homes.length === 0 ? [`all:${postcode}`] : [])];
  return places.map((place) => keyOf(hash, 'PROTECTED_HOME', place));
};

/** The keys under which an address may turn out to be one that somebody else's record protects. */
const keysToProtect = (hash: KeyedHash, address: Address): string[] => {
  const homes = homesOf(address);
  const [postcode] = postcodeOf(address);
  const places = postcode === undefined ? homes : [...homes, `${homes.length === 0 ? 'somewhere' : 'all'}:${postcode}`];
  return places.map((place) => keyOf(hash, 'PROTECTED_HOME', place));
};

/**
 * The newest names, homes and contacts make keys: enough for a move and a marriage, and few enough that all keys of a
 * person fit into one transaction (at most 40).
 */
const mostIdentifiers = 6;
const mostBlocks = 9;
const mostNames = 2;
const mostSurnames = 3;
/** Two homes, each with and without its UPRN. */
const mostHomeKeys = 4;
const mostPlaces = 2;
const mostContacts = 3;

/** The ladders of the row's blocking keys, as they are stored. */
const blockLadders = (hash: KeyedHash, row: MatchRow): readonly Ladder[] =>
  storedLadders(row).map((ladder) => ladder.map((rung) => keyOf(hash, 'BLOCK', rung)));

/** Whether those who stand under the key say who may be meant even when no more fit under it. */
export const isRung = (key: string): boolean => key.startsWith('BLOCK#');

/** Where a row looks for whom it may be about. */
export interface Lookup {
  readonly keys: readonly string[];
  readonly ladders: readonly Ladder[];
}

/** The ladders by which somebody of this name and birth date is found. */
export const searchLadders = (
  hash: KeyedHash,
  { forename, surname, birthDate }: { readonly forename: string; readonly surname: string; readonly birthDate: string },
): readonly Ladder[] =>
  isPlaceholderName(forename) || isPlaceholderName(surname) || isDefaultBirthDate(birthDate)
    ? []
    : blockLadders(hash, rowOfDetails({ forename, surname, birthDate }, { agency: '', feed: '' }));

/** The keys by which a row finds whom it may be about, at most some ten and three ladders. A protected address finds nobody. */
export const lookupOf = (hash: KeyedHash, details: PersonDetails, row: MatchRow): Lookup => {
  const { surname, previousSurname, address, addressProtected, nhsNumber, upn, formerUpn, nino } = details;
  const keys = new Set<string>();
  if (nhsNumber !== undefined) keys.add(nhsKey(hash, nhsNumber));
  for (const pupilNumber of [upn, formerUpn]) if (pupilNumber !== undefined) keys.add(upnKey(hash, pupilNumber));
  if (nino !== undefined) keys.add(ninoKey(hash, nino));
  if (address !== undefined && addressProtected !== true) {
    const homes = homesOf(address);
    const names = [surname, previousSurname].filter((name) => name !== undefined);
    const atHome = [...names.flatMap((name) => householdKeys(hash, name, address, homes)), ...sharedHomeKeys(hash, address)];
    for (const key of homes.length > 0 ? atHome.filter(isHeldKey) : []) keys.add(key);
  }
  return { keys: [...keys], ladders: blockLadders(hash, row) };
};

/** Where somebody stands already, and which keys are full. */
interface Standing {
  readonly stoodUnder: ReadonlySet<string>;
  readonly isFull: (key: string) => boolean;
}
const nowhere: Standing = { stoodUnder: new Set(), isFull: () => false };

/** The keys by which the engine finds a person: those of each row about them, the newest first. */
const identityKeys = (
  hash: KeyedHash,
  { matchRows, addressProtected, identifiers }: ProfileView,
  { stoodUnder, isFull }: Standing,
): string[] => {
  const keys = new Set<string>();
  for (const { type, value } of identifiers.filter(isMatchable).slice(0, mostIdentifiers)) {
    if (type === 'nhs-number') keys.add(nhsKey(hash, value));
    if (type === 'upn' || type === 'former-upn') keys.add(upnKey(hash, value));
    if (type === 'nino') keys.add(ninoKey(hash, value));
  }
  const blocks = new Set<string>();
  for (const row of rowsOfPacked(matchRows)) {
    const ladders = blockLadders(hash, addressProtected ? withoutAddress(row) : row);
    for (const key of standUnder(ladders, stoodUnder, isFull)) if (blocks.size < mostBlocks) blocks.add(key);
  }
  return [...keys, ...blocks];
};

/**
 * The view with its keys. Somebody whose address is protected stands under no key of an address but the one that says so. Only those who may be a
 * parent (16 or older on `today`, or of unknown age) are kept by name at their address.
 */
export const withKeys = (hash: KeyedHash, view: ProfileView, today: string, standing = nowhere): ProfileView => {
  const bySurname = surnames(view.names);
  const ownNames = mayBeParent(view, today) ? fullNames(view.names) : [];
  const complete = postcodeCompleter(view.addresses);
  const open = view.addressProtected
    ? []
    : view.addresses
        .filter(({ address }) => !isNobodysHome(address.lines.join(' ')))
        .map(({ address }) => ({ address: complete(address) }));
  const homes = [...new Set(open.flatMap(({ address }) => homesOf(address)))].slice(0, mostHomeKeys);
  const places = [...new Set(open.flatMap(({ address }) => placesOf(address)))].slice(0, mostPlaces);
  const ownPlaces = (address: Address) =>
    isNobodysHome(address.lines.join(' ')) ? [] : placesOf(address).filter((place) => places.includes(place));
  const addresses = view.addresses.map((sighting) => {
    const address = complete(sighting.address);
    const protectedHomes = sighting.protected ? keysOfProtected(hash, address) : keysToProtect(hash, address);
    if (view.addressProtected) return { ...sighting, homes: [], households: [], namesAtAddress: [], protectedHomes };
    const own = isNobodysHome(address.lines.join(' ')) ? [] : homesOf(address).filter((home) => homes.includes(home));
    return {
      ...sighting,
      homes: own.map((home) => shortHash(hash, 'match-key/HOME', home)),
      households: [
        ...bySurname.flatMap((surname) => householdKeys(hash, surname, address, own)),
        ...(own.length > 0 ? sharedHomeKeys(hash, address) : []),
      ],
      namesAtAddress: ownNames.flatMap((name) => nameAtAddressKeys(hash, name, ownPlaces(address))),
      protectedHomes,
    };
  });
  const contacts = view.contacts.map((contact, index) => {
    const name = index < mostContacts ? contactName(contact.name) : undefined;
    return { ...contact, namesAtAddress: name === undefined ? [] : nameAtAddressKeys(hash, name, places) };
  });
  return { ...view, identityKeys: identityKeys(hash, view, standing), addresses, contacts };
};

/** An address without a postcode takes the person's own, where all that have one agree: otherwise it would be no home. */
const postcodeCompleter = (sightings: ProfileView['addresses']): ((address: Address) => Address) => {
  const [postcode, other] = new Set(sightings.flatMap(({ address }) => address.postcode ?? []));
  return (address) =>
    address.postcode !== undefined || postcode === undefined || other !== undefined ? address : { ...address, postcode };
};

const isMatchable = ({ type }: PersonIdentifier): boolean => type !== 'pnc-id' && type !== 'agency-person-id';

const youngestParent = 16;

const mayBeParent = ({ birthDates, expectedBirthDates }: ProfileView, today: string): boolean => {
  const on = parseIsoDate(today);
  const born = parseIsoDate(birthDates[0]?.date ?? '');
  if (born === undefined) return expectedBirthDates.length === 0;
  return on !== undefined && ageInYears(born, on) >= youngestParent;
};

/** The newest surnames; of a double one also its parts, because half a family may use only one of them. */
const surnames = (names: readonly PersonName[]): readonly string[] => {
  const given = names.flatMap(({ surname }) => surname ?? []).slice(0, mostNames);
  const parts = given.flatMap((surname) =>
    /\p{Pd}/u.test(surname) ? surname.split(/\s*\p{Pd}\s*/u).filter((part) => part.length > 2) : [],
  );
  return [...new Map([...given, ...parts].map((surname) => [foldSurname(surname), surname])).values()].slice(0, mostSurnames);
};

const fullNames = (names: readonly PersonName[]): readonly string[] => {
  const folded = names.flatMap(({ forename, surname }) =>
    forename === undefined || surname === undefined || isPlaceholderName(forename) || isPlaceholderName(surname)
      ? []
      : [foldFullName(forename, surname)],
  );
  return [...new Set(folded)].slice(0, mostNames);
};

/** A contact's name as a person's full name is folded; undefined where it is not a full name. */
const contactName = (name: string): string | undefined => {
  const split = splitFullName(name);
  if (split?.forename === undefined || isPlaceholderName(split.forename) || foldName(split.surname) === '') return undefined;
  return foldFullName(split.forename, split.surname);
};
