import { dayAfter } from '../calendar/date-text.ts';
import { addressKey } from '../identifiers/address-key.ts';
import { joinPacked, noRows, packRow } from '../matching/person/packed-rows.ts';
import { rowOfDetails } from '../matching/rows/row-of-details.ts';
import { foldName, foldSurname } from '../names/fold-name.ts';
import type { Address, PersonDetails } from './person-details.ts';
import type { AddressSighting, IdentifierType, PersonIdentifier, PersonName, ProfileView } from './person-profile.ts';
import type { PersonRecord } from './person-record.ts';

/** More than a person has; bounds the item whatever the files say. */
const mostPerList = 12;

export const emptyView = (expiresOn: string): ProfileView => ({
  recordCount: 0,
  names: [],
  birthDates: [],
  expectedBirthDates: [],
  sexes: [],
  ethnicities: [],
  identifiers: [],
  addresses: [],
  contacts: [],
  addressProtected: false,
  matchRows: noRows,
  reviews: [],
  identityKeys: [],
  expiresOn,
});

/** The view with one record more, without its keys. In whatever order records are added, the result is the same. */
export const withRecord = (view: ProfileView, record: PersonRecord): ProfileView => combine(view, viewOf(record));

/**
 * The view built anew from everything held: current and ended records count in full; a superseded one tells only where the
 * person lived until the change, provided that time passed between the two files (otherwise it was a mistake put right) and
 * that the record is still about this person.
 */
export const assembleView = (records: readonly PersonRecord[], expiresOn: string): ProfileView => {
  const counting = new Set(records.flatMap((record) => (record.status === 'superseded' ? [] : [recordText(record)])));
  return records
    .filter((record) => counting.has(recordText(record)))
    .map((record) => viewOf(record))
    .reduce(combine, emptyView(expiresOn));
};

const recordText = ({ rowId, subject }: PersonRecord): string => `${rowId} ${subject}`;

const viewOf = (record: PersonRecord): ProfileView => {
  const { details, periodEnd: lastSeenOn } = record;
  const addresses = sightings(record);
  if (record.status === 'superseded') return { ...emptyView(record.expiresOn), addresses };
  return {
    recordCount: 1,
    ...identityOf(details, record),
    expectedBirthDates: details.expectedBirthDate === undefined ? [] : [{ date: details.expectedBirthDate, lastSeenOn }],
    sexes: details.sex === undefined ? [] : [{ sex: details.sex, lastSeenOn }],
    ethnicities: details.ethnicity === undefined ? [] : [{ code: details.ethnicity, lastSeenOn }],
    addresses,
    contacts: record.contacts.map((contact) => ({
      ...contact,
      agency: record.agency,
      feed: record.feed,
      namesAtAddress: [],
      lastSeenOn,
    })),
    addressProtected: details.addressProtected === true,
    matchRows: packRow(rowOfDetails(details, record), lastSeenOn),
    reviews: record.review === undefined ? [] : [record.review],
    identityKeys: [],
    expiresOn: record.expiresOn,
  };
};

/** What somebody's details can be matched by. */
export const identityOf = (
  details: PersonDetails,
  source: Pick<PersonRecord, 'agency' | 'feed' | 'periodEnd'>,
): Pick<ProfileView, 'names' | 'birthDates' | 'identifiers'> => ({
  names: names(details, source.periodEnd),
  birthDates:
    details.birthDate === undefined
      ? []
      : [{ date: details.birthDate, estimated: details.birthDateEstimated === true, lastSeenOn: source.periodEnd }],
  identifiers: identifiers(details, source),
});

const names = (details: PersonDetails, lastSeenOn: string): PersonName[] => {
  const { forename, middleNames, surname, previousSurname } = details;
  if (forename === undefined && surname === undefined && previousSurname === undefined) return [];
  const given = { ...(forename !== undefined && { forename }), ...(middleNames !== undefined && { middleNames }) };
  return [
    ...(forename === undefined && surname === undefined ? [] : [{ ...given, ...(surname !== undefined && { surname }), lastSeenOn }]),
    ...(previousSurname === undefined ? [] : [{ ...given, surname: previousSurname, former: true, lastSeenOn }]),
  ];
};

const identifiers = (
  details: PersonDetails,
  { agency, feed, periodEnd: lastSeenOn }: Pick<PersonRecord, 'agency' | 'feed' | 'periodEnd'>,
): PersonIdentifier[] => {
  const values: readonly (readonly [IdentifierType, string | undefined])[] = [
    ['nhs-number', details.nhsNumber],
    ['upn', details.upn],
    ['former-upn', details.formerUpn],
    ['nino', details.nino],
    ['pnc-id', details.pncId],
    ['agency-person-id', details.agencyPersonId],
  ];
  return values.flatMap(([type, value]) => (value === undefined ? [] : [{ type, value, agency, feed, lastSeenOn }]));
};

const sightings = (record: PersonRecord): AddressSighting[] => {
  const { address, addressProtected } = record.details;
  if (address === undefined) return [];
  const to = record.endedOn ?? (record.standing ? undefined : dayAfter(record.periodEnd));
  if (record.status === 'superseded' && (to === undefined || to <= record.periodStart)) return [];
  return [
    {
      address,
      from: record.periodStart,
      ...(to !== undefined && { to }),
      // What a record no longer says protects nothing any more.
      protected: addressProtected === true && record.status !== 'superseded',
      sightings: 1,
      ...noKeys,
      lastSeenOn: record.periodEnd,
    },
  ];
};

/** The keys are made of the whole, by `withKeys`. */
const noKeys = { homes: [], households: [], namesAtAddress: [], protectedHomes: [] };

const combine = (a: ProfileView, b: ProfileView): ProfileView => ({
  recordCount: a.recordCount + b.recordCount,
  names: newestFirst([...a.names, ...b.names], nameText, newer),
  birthDates: newestFirst([...a.birthDates, ...b.birthDates], ({ date, estimated }) => `${date} ${String(estimated)}`, newer),
  expectedBirthDates: newestFirst([...a.expectedBirthDates, ...b.expectedBirthDates], ({ date }) => date, newer),
  sexes: newestFirst([...a.sexes, ...b.sexes], ({ sex }) => sex, newer),
  ethnicities: newestFirst([...a.ethnicities, ...b.ethnicities], ({ code }) => code, newer),
  identifiers: newestFirst([...a.identifiers, ...b.identifiers], identifierText, newer),
  addresses: newestFirst([...a.addresses, ...b.addresses], ({ address }) => addressText(address), joined),
  contacts: newestFirst([...a.contacts, ...b.contacts], ({ name, agency }) => `${agency} ${foldName(name)}`, newer),
  addressProtected: a.addressProtected || b.addressProtected,
  matchRows: joinPacked(a.matchRows, b.matchRows),
  reviews: [...new Set([...a.reviews, ...b.reviews])].toSorted(),
  identityKeys: [],
  expiresOn: a.expiresOn > b.expiresOn ? a.expiresOn : b.expiresOn,
});

interface Seen {
  readonly lastSeenOn: string;
}

/** One entry per text; of two files from one day the one whose writing sorts first, so that order decides nothing. */
const newestFirst = <Entry extends Seen>(
  entries: readonly Entry[],
  text: (entry: Entry) => string,
  merge: (a: Entry, b: Entry) => Entry,
) => {
  const byText = new Map<string, Entry>();
  for (const entry of entries) {
    const key = text(entry);
    const known = byText.get(key);
    byText.set(key, known === undefined ? entry : merge(known, entry));
  }
  return [...byText]
    .toSorted(([textA, a], [textB, b]) => compare(b.lastSeenOn, a.lastSeenOn) || compare(textA, textB))
    .slice(0, mostPerList)
    .map(([, entry]) => entry);
};

const newer = <Entry extends Seen>(a: Entry, b: Entry): Entry =>
  (compare(a.lastSeenOn, b.lastSeenOn) || compare(writing(b), writing(a))) >= 0 ? a : b;

const joined = (a: AddressSighting, b: AddressSighting): AddressSighting => {
  const { address, lastSeenOn } = newer(a, b);
  const to = a.to === undefined || b.to === undefined ? undefined : a.to > b.to ? a.to : b.to;
  return {
    address,
    from: a.from < b.from ? a.from : b.from,
    ...(to !== undefined && { to }),
    protected: a.protected || b.protected,
    sightings: a.sightings + b.sightings,
    ...noKeys,
    lastSeenOn,
  };
};

/** What an entry says, keys aside: they are made later and may be there on one side only. */
const writing = (entry: object): string => JSON.stringify({ ...entry, namesAtAddress: [], households: [], homes: [], protectedHomes: [] });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nameText = ({ forename = '', middleNames = '', surname = '', former }: PersonName): string =>
  [foldName(forename), foldName(middleNames), foldSurname(surname), former === true ? 'former' : ''].join(' ');

const identifierText = ({ type, value, agency }: PersonIdentifier): string =>
  // An agency's own number means nothing elsewhere; the others are the same whoever sends them.
  type === 'agency-person-id' ? `${type} ${agency} ${value}` : `${type} ${value}`;

const addressText = (address: Address): string =>
  addressKey(address) ?? JSON.stringify([address.lines.map(foldName), foldName(address.town ?? ''), address.postcode]);
