import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord, ReviewReason } from '../../domain/people/person-record.ts';
import {
  mayAsk,
  mostRowsReviewed,
  pairOfPeople,
  pairOfRow,
  sharedIdentifiers,
  type Pair,
  type Review,
} from '../../domain/people/review.ts';
import type { Clock } from '../clock.ts';
import { inParallel } from '../in-parallel.ts';
import type { RecordStore } from '../ingest/record-store.ts';
import type { Transactions } from '../transaction-fragment.ts';
import { effectOnFamilies, type EffectPorts } from './effect-on-families.ts';
import type { ReviewRepository } from './review-repository.ts';

export interface OpenReviewsPorts extends EffectPorts {
  readonly records: Pick<RecordStore, 'readProfiles' | 'readRecords'>;
  readonly reviews: Pick<ReviewRepository, 'findPairs' | 'reviewFragment' | 'pairFragment'>;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What is to be asked: two people, or one and rows of theirs. */
interface Question {
  readonly because: ReviewReason;
  readonly people: readonly PersonProfile[];
  readonly rows: readonly Pick<PersonRecord, 'rowId' | 'subject'>[];
  readonly pairId: string;
}

/** The flags of one row lead to so many questions at most; the rest follows when these are answered. */
const mostQuestions = 40;

/**
 * Puts into the queue what matching was not sure of, once for each two people: the flags that ingest has left on records.
 * What was answered is asked again only where an identifier agrees that was not known then. Doing it twice asks once.
 */
export const openReviews = async (ports: OpenReviewsPorts, personIds: readonly string[]): Promise<number> => {
  const inDoubt = (await ports.records.readProfiles(personIds)).filter(({ reviews }) => reviews.length > 0);
  const asked = await inParallel(inDoubt, (profile) => openReviewsOf(ports, profile));
  return asked.reduce((sum, count) => sum + count, 0);
};

const openReviewsOf = async (ports: OpenReviewsPorts, profile: PersonProfile): Promise<number> => {
  const flagged = (await ports.records.readRecords(profile.personId)).filter(
    ({ review, status }) => review !== undefined && status !== 'superseded',
  );
  const others = await present(ports, [...new Set(flagged.flatMap(({ reviewWith = [] }) => reviewWith))]);
  const questions = questionsAbout(profile, flagged, others).slice(0, mostQuestions);
  const pairs = new Map((await ports.reviews.findPairs(questions.map(({ pairId }) => pairId))).map((pair) => [pair.pairId, pair]));
  let asked = 0;
  for (const question of questions) if (await ask(ports, question, pairs.get(question.pairId))) asked += 1;
  return asked;
};

const mostRedirects = 5;

/** These people as they are now: whoever was found to be somebody else, as that person, under the old id too. */
const present = async ({ records }: OpenReviewsPorts, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonProfile>> => {
  const found = new Map((await records.readProfiles(personIds)).map((profile) => [profile.personId, profile]));
  for (let step = 0; step < mostRedirects; step++) {
    const leading = [...found].flatMap(([id, { redirect }]) => (redirect === undefined ? [] : [[id, redirect.to] as const]));
    if (leading.length === 0) break;
    const next = new Map((await records.readProfiles(leading.map(([, to]) => to))).map((profile) => [profile.personId, profile]));
    for (const [id, to] of leading) {
      const profile = next.get(to);
      if (profile === undefined) found.delete(id);
      else found.set(id, profile);
    }
  }
  return found;
};

const questionsAbout = (
  profile: PersonProfile,
  flagged: readonly PersonRecord[],
  others: ReadonlyMap<string, PersonProfile>,
): readonly Question[] => {
  const byPair = new Map<string, Question>();
  for (const { rowId, subject, review, reviewWith = [] } of flagged) {
    if (review === undefined) continue;
    const row = { rowId, subject };
    const about = reviewWith.flatMap((personId) => others.get(personId) ?? []).filter(({ personId }) => personId !== profile.personId);
    const questions: Question[] =
      reviewWith.length === 0
        ? [{ because: review, people: [profile], rows: [row], pairId: pairOfRow(profile.personId, row) }]
        : about.map((other) => ({
            because: review,
            people: [profile, other],
            rows: [row],
            pairId: pairOfPeople(profile.personId, other.personId),
          }));
    for (const question of questions) {
      const known = byPair.get(question.pairId);
      byPair.set(question.pairId, known ? { ...known, rows: [...known.rows, row].slice(0, mostRowsReviewed) } : question);
    }
  }
  return [...byPair.values()];
};

const ask = async (ports: OpenReviewsPorts, { because, people, rows, pairId }: Question, pair: Pair | undefined): Promise<boolean> => {
  const [first, second] = people;
  if (first === undefined) return false;
  const shared = second === undefined ? [] : sharedIdentifiers(first.identityKeys, second.identityKeys);
  if (!mayAsk(pair, shared)) return false;
  const at = ports.clock.now();
  const review: Review = {
    reviewId: ports.newId(),
    version: 1,
    because,
    state: 'open',
    people: people.map(({ personId }) => personId),
    rows: [...rows],
    effect: second === undefined ? 'may-change' : await effectOnFamilies(ports, first.personId, second.personId),
    createdAt: at,
    updatedAt: at,
    expiresOn: people.reduce((last, { expiresOn }) => (expiresOn > last ? expiresOn : last), ''),
  };
  // Refused where another worker has asked meanwhile.
  const { ok } = await ports.transactions.commit([
    ports.reviews.reviewFragment(review),
    ports.reviews.pairFragment({
      pairId,
      version: (pair?.version ?? 0) + 1,
      state: 'open',
      reviewId: review.reviewId,
      identifiers: [...shared],
    }),
  ]);
  return ok;
};
