import { foldName, foldSurname } from '../names/fold-name.ts';
import type { JudgementRisk } from './judgement.ts';
import type { IdentifierType, PersonProfile } from './person-profile.ts';
import type { PersonRecord } from './person-record.ts';

type RiskyView = Pick<PersonProfile, 'names' | 'birthDates' | 'identifiers' | 'addressProtected' | 'restriction'>;

/** More rows than somebody can have looked at. */
const manyRecords = 50;

/** Why merging two people needs a second person's word. `moving`: the rows that would move. */
export const risksOfMerging = (
  kept: { readonly profile: RiskyView; readonly records: readonly PersonRecord[] },
  gone: { readonly profile: RiskyView; readonly records: readonly PersonRecord[] },
): readonly JudgementRisk[] => {
  const rowsOfKept = new Set(kept.records.map(({ rowId }) => rowId));
  return [
    ...(areLikeTwinsOrSiblings(kept.profile, gone.profile) ? (['twins-or-siblings'] as const) : []),
    ...(haveConflictingIdentifiers(kept.profile, gone.profile) ? (['conflicting-identifiers'] as const) : []),
    ...(gone.records.some(({ rowId, status }) => status !== 'superseded' && rowsOfKept.has(rowId)) ? (['same-row'] as const) : []),
    ...risksOfMoving([kept.profile, gone.profile], gone.records.filter(({ status }) => status !== 'superseded').length),
  ];
};

export const risksOfMoving = (profiles: readonly RiskyView[], rows: number): readonly JudgementRisk[] => [
  ...(profiles.some(({ addressProtected, restriction }) => addressProtected || restriction !== undefined)
    ? (['protected-person'] as const)
    : []),
  ...(rows > manyRecords ? (['many-records'] as const) : []),
];

/** One surname and no forename in common: what matching takes for twins where the birth date agrees, and for siblings where it does not. */
const areLikeTwinsOrSiblings = (a: RiskyView, b: RiskyView): boolean => {
  const [forenamesA, forenamesB] = [a, b].map(({ names }) =>
    names.flatMap(({ forename }) => (forename === undefined ? [] : [foldName(forename)])),
  );
  const [surnamesA, surnamesB] = [a, b].map(({ names }) =>
    names.flatMap(({ surname }) => (surname === undefined ? [] : [foldSurname(surname)])),
  );
  if (!forenamesA?.length || !forenamesB?.length || forenamesA.some((name) => forenamesB.includes(name))) return false;
  return surnamesA?.some((name) => surnamesB?.includes(name)) === true;
};

const single: readonly IdentifierType[] = ['nhs-number', 'nino'];

/** Both have numbers of a kind of which one has only one, and none is the same. */
const haveConflictingIdentifiers = (a: RiskyView, b: RiskyView): boolean =>
  single.some((type) => {
    const [ofA, ofB] = [a, b].map(({ identifiers }) => identifiers.flatMap((each) => (each.type === type ? [each.value] : [])));
    return ofA !== undefined && ofB !== undefined && ofA.length > 0 && ofB.length > 0 && !ofA.some((value) => ofB.includes(value));
  });
