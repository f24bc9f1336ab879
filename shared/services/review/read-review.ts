import type { JudgementView, ReviewSummaryView, ReviewView } from '../../contracts/http/review-routes.ts';
import type { Role } from '../../domain/access/access.ts';
import { everybodyEverIn } from '../../domain/families/family.ts';
import { compareRecords } from '../../domain/people/compare-records.ts';
import { isSameRow } from '../../domain/people/departure.ts';
import { risksOfMerging, risksOfMoving } from '../../domain/people/judgement-risks.ts';
import type { Judgement } from '../../domain/people/judgement.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { AskedBecause, Review, ReviewState } from '../../domain/people/review.ts';
import { waterfallOf, waterfallSays } from '../../domain/people/waterfall.ts';
import type { FamilyRepository } from '../families/family-repository.ts';
import { findProtectedHomes, hasProtectedAddress } from '../families/protected-homes.ts';
import type { RecordStore } from '../ingest/record-store.ts';
import type { JudgementRepository, PersonWithPast } from '../judgements/judgement-repository.ts';
import { findPerson } from '../judgements/split-person.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import { findReview } from './decide-review.ts';
import type { ReviewRepository } from './review-repository.ts';
import { restrictedDetail, visibleTo } from './visible-records.ts';

export interface ReadReviewPorts {
  readonly reviews: ReviewRepository;
  readonly judgements: JudgementRepository;
  readonly records: Pick<RecordStore, 'readKeys' | 'readProfiles'>;
  readonly families: Pick<FamilyRepository, 'findFamilies' | 'listFamilyIdsOfPerson'>;
}

export const reviewSummaryView = ({ reviewId, because, state, effect, people, createdAt, updatedAt }: Review): ReviewSummaryView => ({
  reviewId,
  because,
  state,
  effect,
  people,
  createdAt,
  updatedAt,
});

export const judgementView = ({
  judgementId,
  kind,
  status,
  people,
  reviewId,
  undoes,
  undoneBy,
  risks,
  decided,
  second,
  moved,
  appliedAt,
}: Judgement): JudgementView => ({
  judgementId,
  kind,
  status,
  people,
  ...(reviewId !== undefined && { reviewId }),
  ...(undoes !== undefined && { undoes }),
  ...(undoneBy !== undefined && { undoneBy }),
  risks,
  decided: { staffId: decided.staffId, at: decided.at, reason: decided.reason },
  ...(second !== undefined && { second: { staffId: second.staffId, at: second.at, reason: second.reason, answer: second.answer } }),
  rowsMoved: moved,
  ...(appliedAt !== undefined && { appliedAt }),
});

export const listReviews = async (
  { reviews }: Pick<ReadReviewPorts, 'reviews'>,
  { state, reason, ...page }: PageRequest & { readonly state: ReviewState; readonly reason?: AskedBecause | undefined },
): Promise<Page<ReviewSummaryView>> => {
  const { items, ...rest } = await reviews.listReviews({ state, because: reason }, page);
  return { items: items.map(reviewSummaryView), ...rest };
};

/** One of the two sides: a person, or of one person the rows in question against the others. */
interface Side {
  readonly person: PersonWithPast;
  readonly records: readonly PersonRecord[];
}

/** A review with both sides beside each other, as the roles may see them. */
export const readReview = async (
  ports: ReadReviewPorts,
  { reviewId, roles }: { readonly reviewId: string; readonly roles: readonly Role[] },
): Promise<{ readonly view: ReviewView; readonly version: number; readonly subjects: readonly string[] }> => {
  const review = await findReview(ports, reviewId);
  const people = await Promise.all(review.people.map((personId) => findPerson(ports, personId)));
  const sides = sidesOf(review, people);
  const [first, second] = sides;
  const isRestricted = people.some(({ profile }) => profile.restriction !== undefined);
  const hidePlaces = await arePlacesProtected(
    ports,
    people.map(({ profile }) => profile),
  );
  const { people: _people, ...summary } = reviewSummaryView(review);
  const judgement = review.judgement && (await ports.judgements.findJudgement(review.judgement.judgementId));
  const seen = sides.map(({ records }) => visibleTo(roles, records).visible);
  const view: ReviewView = {
    ...summary,
    says: question(review),
    sides: sides.map(({ person, records }) =>
      person.profile.restriction === undefined
        ? { access: 'shown', personId: person.profile.personId, version: person.profile.version, rows: records.length }
        : { access: 'restricted', personId: person.profile.personId, detail: restrictedDetail },
    ),
    comparison: isRestricted
      ? []
      : compareRecords(seen[0] ?? [], seen[1] ?? [], { hidePlaces }).map((field) => ({
          ...field,
          first: field.first.map(({ value, sources }) => ({ value, sources: [...sources] })),
          second: field.second.map(({ value, sources }) => ({ value, sources: [...sources] })),
        })),
    arithmetic: isRestricted || hidePlaces ? [] : waterfalls(review, seen.flat()),
    risks: first === undefined || second === undefined ? [] : risks(review, first, second),
    ...(judgement && { judgement: judgementView(judgement) }),
  };
  return { view, version: review.version, subjects: [reviewId, ...review.people] };
};

const sidesOf = (review: Review, people: readonly PersonWithPast[]): readonly Side[] => {
  const counting = (person: PersonWithPast): PersonRecord[] => person.records.filter(({ status }) => status !== 'superseded');
  const [person, other] = people;
  if (person === undefined) return [];
  if (other !== undefined) return people.map((each) => ({ person: each, records: counting(each) }));
  const isAsked = (record: PersonRecord): boolean => review.rows.some((row) => isSameRow(row, record));
  return [
    { person, records: counting(person).filter(isAsked) },
    { person, records: counting(person).filter((record) => !isAsked(record)) },
  ];
};

const risks = (review: Review, first: Side, second: Side) =>
  review.people.length === 2
    ? [...risksOfMerging({ ...first.person, records: first.records }, { ...second.person, records: second.records })]
    : [...risksOfMoving([first.person.profile], review.rows.length)];

const why = {
  'identifier-conflict': 'an official number stands in the way of what else is known',
  'several-people': 'a row could be about either',
  'possible-match': 'they are alike, but not enough to be sure',
  'possible-relative': 'they are alike in what twins, brothers, sisters or a parent and child of one name share',
  proposed: 'a colleague asked for it',
} as const;

const question = ({ people, because }: Review): string =>
  people.length === 2
    ? `Are these two one person? It is asked because ${why[because]}.`
    : `Are the rows on the first side about the person on the second? It is asked because ${why[because]}.`;

/** Decisions of a model about rows in doubt between the two. */
const waterfalls = (review: Review, records: readonly PersonRecord[]): ReviewView['arithmetic'] =>
  records.flatMap(({ decision, reviewWith = [] }) =>
    decision === undefined || !reviewWith.some((personId) => review.people.includes(personId))
      ? []
      : [{ decision, lines: [...waterfallOf(decision)], says: waterfallSays(decision) }],
  );

/** Whether an address of the people, or of anybody in a family with them, must not be known. */
const arePlacesProtected = async ({ families, records }: ReadReviewPorts, profiles: readonly PersonProfile[]): Promise<boolean> => {
  const ids = await Promise.all(profiles.map(({ personId }) => families.listFamilyIdsOfPerson(personId)));
  const found = await families.findFamilies([...new Set(ids.flat())]);
  const known = new Set(profiles.map(({ personId }) => personId));
  const others = [...new Set(found.flatMap(everybodyEverIn))].filter((personId) => !known.has(personId));
  const everybody = [...profiles, ...(await records.readProfiles(others))];
  const protectedHomes = await findProtectedHomes(records, everybody);
  return everybody.some((profile) => hasProtectedAddress(profile, protectedHomes));
};
