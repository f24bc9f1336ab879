import type { PersonProfile, ProfileView } from '../people/person-profile.ts';
import { mostReviewedWith, type AssignmentReason, type MatchDecision, type ReviewReason } from '../people/person-record.ts';
import { decideRow, type RowDecision, type Thresholds } from './decision/decide-row.ts';
import type { Guard } from './decision/guards.ts';
import { pairName } from './decision/judgements.ts';
import type { PreparedModel } from './model/prepare-model.ts';
import { addRow, type MatchPerson } from './person/match-person.ts';
import { rowsOfPacked } from './person/packed-rows.ts';
import type { MatchRow } from './rows/match-row.ts';
import { withoutAddress } from './rows/row-of-details.ts';
import { probabilityOf } from './scoring/probability.ts';

/** Somebody already held who shares a key with the row. */
export type Candidate = Pick<PersonProfile, 'personId' | 'apart'> & Pick<ProfileView, 'matchRows' | 'addressProtected'>;

/** What rows are decided by. */
export interface Matching {
  readonly model: PreparedModel;
  readonly thresholds: Thresholds;
  /** People that a row may be about, for telling how much a shared key says. */
  readonly people: number;
}

interface Reasons {
  readonly because: AssignmentReason;
  readonly review?: ReviewReason | undefined;
  /** Whom the row could be about as well. */
  readonly reviewWith?: string[] | undefined;
  readonly decision?: MatchDecision | undefined;
}

export type Assignment = (Reasons & { readonly kind: 'link'; readonly personId: string }) | (Reasons & { readonly kind: 'new' });

/**
 * The seam of matching: whether a row is about somebody held already, as the engine decides it among these candidates. Who
 * is in doubt gets a person of their own, and somebody is asked. People are never joined by a row: where it shows that two
 * are one, that is asked as well. The order of the candidates decides nothing.
 */
export const decideAssignment = (row: MatchRow, candidates: readonly Candidate[], { model, thresholds }: Matching): Assignment => {
  const people = candidates.flatMap((candidate) => personOf(candidate) ?? []);
  if (Object.keys(row.values).length === 0) return { kind: 'new', because: 'no-identity' };
  const decision = decideRow(row, people, model, thresholds, { notOnePerson: heldApart(candidates) });
  const kept = keptOf(decision);
  const { outcome, personId, sameAs, runnerUp } = decision;
  const shares = sharesIdentifier(decision);
  if (personId === undefined || (outcome !== 'link' && !(shares || (outcome === 'review' && isWorthAsking(row))))) {
    return { kind: 'new', because: saysWho(row) ? 'no-match' : 'no-identity', decision: kept };
  }
  if (outcome === 'link') {
    const doubt = sameAs.length > 0 && { review: 'several-people' as const, reviewWith: sameAs.slice(0, mostReviewedWith) };
    return { kind: 'link', personId, because: 'matched', ...doubt, decision: kept };
  }
  const rival = runnerUp !== undefined && probabilityOf(runnerUp.bits) >= thresholds.review ? [runnerUp.personId] : [];
  return {
    kind: 'new',
    because: 'in-doubt',
    review: whyInDoubt(decision, rival.length > 0),
    reviewWith: [personId, ...sameAs, ...rival].slice(0, mostReviewedWith),
    decision: kept,
  };
};

/** Undefined: nothing is known by which somebody could be told, or all of it was judged to be about somebody else. */
const personOf = ({ personId, matchRows, addressProtected }: Candidate): MatchPerson | undefined => {
  const rows = rowsOfPacked(matchRows);
  if (rows.length === 0) return undefined;
  const nobody: MatchPerson = { personId, rowCount: 0, values: {}, rows: [], sources: {} };
  const { values, rows: kept, rowCount } = rows.map((row) => (addressProtected ? withoutAddress(row) : row)).reduce(addRow, nobody);
  return { personId, rowCount, values, rows: kept, sources: {} };
};

const heldApart = (candidates: readonly Candidate[]): ReadonlySet<string> =>
  new Set(candidates.flatMap(({ personId, apart }) => (apart ?? []).map((other) => pairName(personId, other.personId))));

const ofIdentifiers: readonly Guard[] = ['identifier-conflict', 'identifier-alone'];
const ofRelatives: readonly Guard[] = ['twin-or-sibling', 'namesake-of-another-age'];

/** Somebody's number on a row that is hardly about them: a mother's on her baby's, or a slip that only people can tell. */
const sharesIdentifier = ({ fields }: RowDecision): boolean =>
  fields.some(({ field, level }) => field.startsWith('id:') && level === 'same');

const whyInDoubt = (decision: RowDecision, hasRival: boolean): ReviewReason => {
  const { guards } = decision;
  if (sharesIdentifier(decision) || guards.some((guard) => ofIdentifiers.includes(guard))) return 'identifier-conflict';
  if (guards.some((guard) => ofRelatives.includes(guard))) return 'possible-relative';
  return hasRival ? 'several-people' : 'possible-match';
};

/** The decision as it is kept with the row: bits to one decimal, because they are sums of estimates, and none about nobody likely. */
const keptOf = ({ modelVersion, thresholds, candidatesSeen, outcome, probability, fields, guards }: RowDecision): MatchDecision => ({
  modelVersion,
  thresholds,
  probability: Number(probability.toFixed(4)),
  candidatesSeen,
  fields:
    outcome === 'new'
      ? []
      : fields.map(({ field, level, bits }) => ({ field: field.replace(/^own:.*$/u, 'own-number'), level, bits: oneDecimal(bits) })),
  guards: outcome === 'new' ? [] : [...guards],
});

const oneDecimal = (bits: number): number => Math.round(bits * 10) / 10;

/** A surname or a home alone could be about too many for anybody to say. */
const isWorthAsking = ({ values }: MatchRow): boolean =>
  Object.keys(values).some((field) => field.startsWith('id:')) ||
  (values['surname'] !== undefined && (values['forename'] !== undefined || values['birthDate'] !== undefined));

/** A number that is somebody's alone, or a whole name with a birth date. */
const saysWho = ({ values }: MatchRow): boolean =>
  Object.keys(values).some((field) => field.startsWith('id:')) ||
  (values['forename'] !== undefined && values['surname'] !== undefined && values['birthDate'] !== undefined);
