import { foldName, foldSurname } from '../names/fold-name.ts';
import type { PersonDetails } from '../people/person-details.ts';
import type { IdentifierType, PersonProfile, ProfileView } from '../people/person-profile.ts';
import { mostReviewedWith, type AssignmentReason, type ReviewReason } from '../people/person-record.ts';
import { isDefaultBirthDate, isPlaceholderName, isPseudoPostcode } from './placeholders.ts';

/** Somebody already held who shares a key with the row. */
export type Candidate = Pick<PersonProfile, 'personId' | 'apart'> & Pick<ProfileView, 'names' | 'birthDates' | 'addresses' | 'identifiers'>;

interface Asking {
  readonly review?: ReviewReason;
  /** Whom the row could be about as well. */
  readonly reviewWith?: readonly string[];
}

export type Assignment =
  | ({ readonly kind: 'link'; readonly personId: string; readonly because: AssignmentReason } & Asking)
  | ({ readonly kind: 'new'; readonly because: AssignmentReason } & Asking);

interface Judgement {
  readonly personId: string;
  readonly because: Extract<Assignment, { kind: 'link' }>['because'];
  /** Identifiers that agree. */
  readonly agreeing: number;
  /** An identifier of a type that both have differs. */
  readonly conflicting: boolean;
}

/**
 * The seam of matching: whether a row is about somebody held already. The first rule: an identifier with the birth date or
 * a surname agreeing, or exact full name, birth date and postcode. Nothing that is blank, a placeholder or estimated
 * agrees with anything. The order of the candidates decides nothing. People who were judged to be apart are no question.
 */
export const decideAssignment = (details: PersonDetails, candidates: readonly Candidate[]): Assignment => {
  const links: Judgement[] = [];
  const unsupported: string[] = [];
  for (const candidate of candidates) {
    const judgement = judge(details, candidate);
    if (judgement === 'identifier-not-supported') unsupported.push(candidate.personId);
    else if (judgement !== 'no-match') links.push(judgement);
  }
  const [best, ...others] = links.toSorted(strongestFirst);
  if (best === undefined) {
    if (unsupported.length > 0) {
      return {
        kind: 'new',
        because: 'identifier-not-supported',
        review: 'identifier-conflict',
        reviewWith: nearest(unsupported.toSorted()),
      };
    }
    return { kind: 'new', because: hasIdentity(details) ? 'no-match' : 'no-identity' };
  }
  const link = { kind: 'link', personId: best.personId, because: best.because } as const;
  if (best.conflicting) return { ...link, review: 'identifier-conflict' };
  const rivals = others.map(({ personId }) => personId).filter((personId) => !areApart(candidates, best.personId, personId));
  return rivals.length === 0 ? link : { ...link, review: 'several-people', reviewWith: nearest(rivals) };
};

const nearest = (personIds: readonly string[]): readonly string[] => personIds.slice(0, mostReviewedWith);

/** Judged to be two people: that a row fits both is nothing new. */
const areApart = (candidates: readonly Candidate[], a: string, b: string): boolean =>
  candidates.some(
    ({ personId, apart = [] }) =>
      (personId === a && apart.some((other) => other.personId === b)) || (personId === b && apart.some((other) => other.personId === a)),
  );

const judge = (details: PersonDetails, candidate: Candidate): Judgement | 'identifier-not-supported' | 'no-match' => {
  const { agreeing, conflicting } = compareIdentifiers(details, candidate);
  const about = { personId: candidate.personId, agreeing, conflicting };
  const sameBirthDate = birthDateAgrees(details, candidate);
  if (agreeing > 0) {
    if (sameBirthDate) return { ...about, because: 'identifier-and-birth-date' };
    if (surnameAgrees(details, candidate) && !isSomebodyElseOfThatName(details, candidate))
      return { ...about, because: 'identifier-and-surname' };
  }
  if (sameBirthDate && fullNameAgrees(details, candidate) && postcodeAgrees(details, candidate)) {
    return { ...about, because: 'name-birth-date-and-postcode' };
  }
  return agreeing > 0 ? 'identifier-not-supported' : 'no-match';
};

const reasonsByStrength: readonly AssignmentReason[] = [
  'identifier-and-birth-date',
  'name-birth-date-and-postcode',
  'identifier-and-surname',
];

/** Of equals the person held longest, whose id is the smallest. */
const strongestFirst = (a: Judgement, b: Judgement): number =>
  Number(a.conflicting) - Number(b.conflicting) ||
  b.agreeing - a.agreeing ||
  reasonsByStrength.indexOf(a.because) - reasonsByStrength.indexOf(b.because) ||
  (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0);

/** A UPN and a former UPN are numbers of one kind: a pupil may have several, so that two of them differ says nothing. */
const identifierKinds: readonly {
  readonly of: (details: PersonDetails) => readonly (string | undefined)[];
  readonly types: readonly IdentifierType[];
  readonly one: boolean;
}[] = [
  { of: ({ nhsNumber }) => [nhsNumber], types: ['nhs-number'], one: true },
  { of: ({ upn, formerUpn }) => [upn, formerUpn], types: ['upn', 'former-upn'], one: false },
  { of: ({ nino }) => [nino], types: ['nino'], one: true },
];

const compareIdentifiers = (details: PersonDetails, candidate: Candidate): { agreeing: number; conflicting: boolean } => {
  let agreeing = 0;
  let conflicting = false;
  for (const kind of identifierKinds) {
    const given = kind.of(details).flatMap((value) => value ?? []);
    const held = candidate.identifiers.filter(({ type }) => kind.types.includes(type)).map(({ value }) => value);
    if (given.length === 0 || held.length === 0) continue;
    if (given.some((value) => held.includes(value))) agreeing += 1;
    else if (kind.one) conflicting = true;
  }
  return { agreeing, conflicting };
};

const birthDateAgrees = ({ birthDate, birthDateEstimated }: PersonDetails, { birthDates }: Candidate): boolean =>
  birthDate !== undefined &&
  birthDateEstimated !== true &&
  !isDefaultBirthDate(birthDate) &&
  birthDates.some(({ date, estimated }) => date === birthDate && !estimated);

const surnameAgrees = ({ surname, previousSurname }: PersonDetails, { names }: Candidate): boolean => {
  const given = [surname, previousSurname].filter(isSpokenName).map(foldSurname);
  return names.some((name) => isSpokenName(name.surname) && given.includes(foldSurname(name.surname)));
};

const fullNameAgrees = ({ forename, surname, previousSurname }: PersonDetails, { names }: Candidate): boolean => {
  if (!isSpokenName(forename)) return false;
  const given = [surname, previousSurname].filter(isSpokenName).map(foldSurname);
  return names.some(
    (name) =>
      isSpokenName(name.forename) &&
      isSpokenName(name.surname) &&
      foldName(name.forename) === foldName(forename) &&
      given.includes(foldSurname(name.surname)),
  );
};

const postcodeAgrees = ({ address }: PersonDetails, { addresses }: Candidate): boolean => {
  const postcode = address?.postcode;
  return (
    postcode !== undefined && postcode !== '' && !isPseudoPostcode(postcode) && addresses.some((held) => held.address.postcode === postcode)
  );
};

/**
 * A mother's number on her baby's row: the surname is the same, but neither birth date nor forename is. Where only one of
 * the two differs it may be a slip of the pen or a name in short.
 */
const isSomebodyElseOfThatName = ({ forename, birthDate }: PersonDetails, candidate: Candidate): boolean => {
  const otherBirthDate =
    birthDate !== undefined && candidate.birthDates.length > 0 && candidate.birthDates.every(({ date }) => date !== birthDate);
  const heldForenames = candidate.names.flatMap((name) => (isSpokenName(name.forename) ? [foldName(name.forename)] : []));
  const otherForename = isSpokenName(forename) && heldForenames.length > 0 && !heldForenames.includes(foldName(forename));
  return otherBirthDate && otherForename;
};

const isSpokenName = (name: string | undefined): name is string => name !== undefined && !isPlaceholderName(name);

const hasIdentity = ({ nhsNumber, upn, formerUpn, nino, forename, surname, birthDate }: PersonDetails): boolean =>
  [nhsNumber, upn, formerUpn, nino].some((value) => value !== undefined) ||
  (isSpokenName(forename) && isSpokenName(surname) && birthDate !== undefined);
