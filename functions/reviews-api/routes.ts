import { reviewRoutes } from '#shared/contracts/http/review-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { approveJudgement, findJudgement } from '#shared/services/judgements/approve-judgement.ts';
import { splitPerson } from '#shared/services/judgements/split-person.ts';
import { undoJudgement } from '#shared/services/judgements/undo-judgement.ts';
import { decideReview } from '#shared/services/review/decide-review.ts';
import { explainPerson, readPersonHistory } from '#shared/services/review/person-history.ts';
import { proposeReview } from '#shared/services/review/propose-review.ts';
import { judgementView, listReviews, readReview, reviewSummaryView } from '#shared/services/review/read-review.ts';
import type { Judgement } from '#shared/domain/people/judgement.ts';
import type { ReviewPorts } from './wiring.ts';

const [list, propose, read, decide, readOne, approve, undo, split, history, explain] = reviewRoutes;

const subjectsOf = ({ judgementId, people, reviewId, undoes }: Judgement): readonly string[] =>
  [judgementId, reviewId, undoes, ...people].filter((id) => id !== undefined);

const judged = (judgement: Judgement) => ({ body: judgementView(judgement), etag: judgement.version, subjects: subjectsOf(judgement) });

export const routes = (ports: ReviewPorts): RouteHandlers => [
  handle(list, async ({ query }) => {
    const page = await listReviews(ports, query);
    return { body: page, subjects: page.items.flatMap(({ reviewId, people }) => [reviewId, ...people]) };
  }),
  handle(propose, async ({ body }) => {
    const review = await proposeReview(ports, [body.first, body.second]);
    return { body: reviewSummaryView(review), etag: review.version, subjects: [review.reviewId, ...review.people] };
  }),
  handle(read, async ({ path, principal }) => {
    const { view, version, subjects } = await readReview(ports, { reviewId: path.reviewId, roles: principal.roles });
    return { body: view, etag: version, subjects };
  }),
  handle(decide, async ({ path, body, ifMatch, principal }) => {
    const { answer, reason } = body;
    const { review, judgement } = await decideReview(ports, { reviewId: path.reviewId, ifMatch, answer, word: { by: principal, reason } });
    return {
      body: { review: reviewSummaryView(review), judgement: judgementView(judgement) },
      etag: review.version,
      location: `/v1/judgements/${judgement.judgementId}`,
      subjects: subjectsOf(judgement),
    };
  }),
  handle(readOne, async ({ path }) => judged(await findJudgement(ports, path.judgementId))),
  handle(approve, async ({ path, body, ifMatch, principal }) => {
    const word = { by: principal, reason: body.reason };
    return judged(await approveJudgement(ports, { judgementId: path.judgementId, ifMatch, answer: body.answer, word }));
  }),
  handle(undo, async ({ path, body, ifMatch, principal }) => {
    const word = { by: principal, reason: body.reason };
    const judgement = await undoJudgement(ports, { judgementId: path.judgementId, ifMatch, word });
    return { ...judged(judgement), location: `/v1/judgements/${judgement.judgementId}` };
  }),
  handle(split, async ({ path, body, ifMatch, principal }) => {
    const word = { by: principal, reason: body.reason };
    const judgement = await splitPerson(ports, { personId: path.personId, ifMatch, rows: body.rows, word });
    return { ...judged(judgement), location: `/v1/judgements/${judgement.judgementId}` };
  }),
  handle(history, async ({ path, query, principal, purpose }) => {
    const asked = { personId: path.personId, roles: principal.roles, purpose, on: query.on };
    const { view, version, subjects } = await readPersonHistory(ports, asked);
    return { body: view, etag: version, subjects };
  }),
  handle(explain, async ({ path, principal, purpose }) => {
    const { view, version, subjects } = await explainPerson(ports, { personId: path.personId, roles: principal.roles, purpose });
    return { body: view, etag: version, subjects };
  }),
];
