import type { AskedBecause, Pair, Review, ReviewState } from '../../domain/people/review.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';

export interface ReviewRepository {
  readonly findReview: (reviewId: string) => Promise<Review | undefined>;
  /** Those first whose answer would change what a family is; of equals the oldest. */
  readonly listReviews: (
    filter: { readonly state: ReviewState; readonly because?: AskedBecause | undefined },
    page: PageRequest,
  ) => Promise<Page<Review>>;
  readonly findPairs: (pairIds: readonly string[]) => Promise<readonly Pair[]>;
  /** Two writes, with the version that the review gets. */
  readonly reviewFragment: (review: Review) => TransactionFragment;
  /** One write, with the version that the pair gets. */
  readonly pairFragment: (pair: Pair) => TransactionFragment;
}
