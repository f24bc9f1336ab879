import type { TransactionFragment } from '../transaction-fragment.ts';

/** One use of an `Idempotency-Key`. */
export interface IdempotentRequest {
  /** The route's operationId: the same key may serve another operation. */
  readonly operation: string;
  /** The issuer's subject: nobody can use somebody else's key. */
  readonly actorId: string;
  readonly key: string;
  /** What was asked for, as text that is equal for equal requests. */
  readonly request: string;
}

type IdempotencyOutcome =
  | { readonly kind: 'new' }
  /** Asked before, word for word: this came of it. */
  | { readonly kind: 'replay'; readonly resourceId: string }
  /** The key was used for something else. */
  | { readonly kind: 'mismatch' };

export interface Idempotency {
  readonly begin: (request: IdempotentRequest) => Promise<IdempotencyOutcome>;
  /** Part of the transaction that makes the resource; a conflict where the key has been used in the meantime. */
  readonly fragment: (request: IdempotentRequest, made: { readonly resourceId: string; readonly at: string }) => TransactionFragment;
}
