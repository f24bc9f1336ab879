import { addressKey } from '../identifiers/address-key.ts';
import { foldName, foldSurname } from '../names/fold-name.ts';
import type { Address, PersonDetails } from './person-details.ts';
import type { PersonRecord } from './person-record.ts';

type Agreement = 'agrees' | 'differs' | 'not-known' | 'withheld';

interface Source {
  readonly agency: string;
  readonly feed: PersonRecord['feed'];
  readonly lastSeenOn: string;
}

/** What one side says in a field, and who says so. */
interface SaidValue {
  readonly value: string;
  readonly sources: readonly Source[];
}

export interface FieldComparison {
  readonly field: string;
  readonly agreement: Agreement;
  readonly says: string;
  readonly first: readonly SaidValue[];
  readonly second: readonly SaidValue[];
}

interface Field {
  readonly label: string;
  readonly isPlace?: boolean;
  readonly valuesOf: (record: PersonRecord) => readonly string[];
  /** Equal: the same value, however it is written. */
  readonly folded: (value: string) => string;
}

const given = (...values: readonly (string | undefined)[]): string[] =>
  values.filter((value) => value !== undefined && value !== '').map(String);
const asWritten = (value: string): string => value;
const of =
  (pick: (details: PersonDetails) => readonly (string | undefined)[]) =>
  ({ details }: PersonRecord): readonly string[] =>
    given(...pick(details));

const addressText = ({ lines, town, postcode }: Address): string => given(...lines, town, postcode).join(', ');

const fields: readonly Field[] = [
  { label: 'forename', valuesOf: of(({ forename }) => [forename]), folded: foldName },
  { label: 'middle names', valuesOf: of(({ middleNames }) => [middleNames]), folded: foldName },
  { label: 'surname', valuesOf: of(({ surname, previousSurname }) => [surname, previousSurname]), folded: foldSurname },
  {
    label: 'birth date',
    valuesOf: of(({ birthDate, birthDateEstimated }) => [birthDateEstimated === true ? undefined : birthDate]),
    folded: asWritten,
  },
  { label: 'expected birth date', valuesOf: of(({ expectedBirthDate }) => [expectedBirthDate]), folded: asWritten },
  { label: 'sex', valuesOf: of(({ sex }) => [sex]), folded: asWritten },
  { label: 'NHS number', valuesOf: of(({ nhsNumber }) => [nhsNumber]), folded: asWritten },
  { label: 'unique pupil number', valuesOf: of(({ upn, formerUpn }) => [upn, formerUpn]), folded: asWritten },
  { label: 'National Insurance number', valuesOf: of(({ nino }) => [nino]), folded: asWritten },
  { label: 'police (PNC) number', valuesOf: of(({ pncId }) => [pncId]), folded: asWritten },
  {
    label: 'address',
    isPlace: true,
    valuesOf: ({ details }) => (details.address === undefined ? [] : given(addressText(details.address))),
    folded: foldName,
  },
  { label: 'parent or carer named', valuesOf: ({ contacts }) => given(...contacts.map(({ name }) => name)), folded: foldName },
];

/**
 * Two sets of rows beside each other, field by field. Superseded contents are left out. `hidePlaces`: an address of one of
 * them must not be known, so none is shown or compared.
 */
export const compareRecords = (
  first: readonly PersonRecord[],
  second: readonly PersonRecord[],
  { hidePlaces }: { readonly hidePlaces: boolean },
): readonly FieldComparison[] =>
  fields.flatMap((field): FieldComparison[] => {
    const [a, b] = [said(first, field), said(second, field)];
    if (a.length === 0 && b.length === 0) return [];
    if (field.isPlace === true && hidePlaces) {
      return [{ field: field.label, agreement: 'withheld', says: placesHidden, first: [], second: [] }];
    }
    const agreement = agreementOf(field, first, second, a, b);
    return [{ field: field.label, agreement, says: sentence(field.label, agreement, a.length > 0), first: a, second: b }];
  });

const placesHidden = 'One of them has an address that must not be known, so addresses are not shown here.';

const sentence = (label: string, agreement: Agreement, isWithFirst: boolean): string => {
  switch (agreement) {
    case 'agrees':
      return `The ${label} agrees.`;
    case 'differs':
      return `The ${label} differs.`;
    default:
      return `The ${label} is known of the ${isWithFirst ? 'first' : 'second'} only, which says nothing either way.`;
  }
};

const agreementOf = (
  field: Field,
  first: readonly PersonRecord[],
  second: readonly PersonRecord[],
  a: readonly SaidValue[],
  b: readonly SaidValue[],
): Agreement => {
  if (a.length === 0 || b.length === 0) return 'not-known';
  const [textsA, textsB] = [a, b].map((values) => new Set(values.map(({ value }) => field.folded(value))));
  const shares = [...(textsA ?? [])].some((text) => textsB?.has(text) === true);
  return shares || (field.isPlace === true && shareHome(first, second)) ? 'agrees' : 'differs';
};

const shareHome = (first: readonly PersonRecord[], second: readonly PersonRecord[]): boolean => {
  const homes = (records: readonly PersonRecord[]): Set<string> =>
    new Set(records.flatMap(({ details }) => (details.address === undefined ? [] : (addressKey(details.address) ?? []))));
  const own = homes(first);
  return [...homes(second)].some((home) => own.has(home));
};

const said = (records: readonly PersonRecord[], field: Field): readonly SaidValue[] => {
  const byText = new Map<string, { value: string; sources: Map<string, Source> }>();
  for (const record of records) {
    if (record.status === 'superseded') continue;
    const { agency, feed, periodEnd: lastSeenOn } = record;
    for (const value of field.valuesOf(record)) {
      const text = field.folded(value);
      const known = byText.get(text) ?? { value, sources: new Map<string, Source>() };
      const before = known.sources.get(`${agency} ${feed}`);
      if (before === undefined || before.lastSeenOn < lastSeenOn) known.sources.set(`${agency} ${feed}`, { agency, feed, lastSeenOn });
      byText.set(text, known);
    }
  }
  return [...byText.values()].map(({ value, sources }) => ({ value, sources: [...sources.values()] }));
};
