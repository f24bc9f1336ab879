import type { AskedBecause, ReviewState } from '../../domain/people/review.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

export const judgementPartition = (judgementId: string): string => `JUDGEMENT#${judgementId}`;
export const judgementKey = (judgementId: string): Key => ({ pk: judgementPartition(judgementId), sk: 'JUDGEMENT' });

export const madePrefix = 'MOVED#';
export const madeKey = (judgementId: string, chunk: number): Key => ({
  pk: judgementPartition(judgementId),
  sk: `${madePrefix}${String(chunk).padStart(6, '0')}`,
});

export const familyNotePrefix = 'FAMILY#';
export const familyNoteKey = (judgementId: string, familyId: string): Key => ({
  pk: judgementPartition(judgementId),
  sk: `${familyNotePrefix}${familyId}`,
});

export const pairKey = (pairId: string): Key => ({ pk: `PAIR#${pairId}`, sk: 'PAIR' });

const reviewPartition = (reviewId: string): string => `REVIEW#${reviewId}`;
export const reviewKey = (reviewId: string): Key => ({ pk: reviewPartition(reviewId), sk: 'REVIEW' });
/** The same review in the list of its reason. */
export const reviewByReasonKey = (reviewId: string): Key => ({ pk: reviewPartition(reviewId), sk: 'REASON' });
export const reviewList = (state: ReviewState, because?: AskedBecause): string =>
  because === undefined ? `REVIEWS#${state}` : `REVIEWS#${state}#${because}`;
