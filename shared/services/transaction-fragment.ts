declare const fragment: unique symbol;

/**
 * Writes that a repository contributes to somebody else's transaction. Opaque to use cases: they collect fragments and
 * hand them to `Transactions.commit`, which makes them all or none.
 */
export interface TransactionFragment {
  readonly [fragment]: true;
}

export type CommitResult =
  | { readonly ok: true }
  /** A condition failed or another transaction was in the way: read again, decide again. */
  | { readonly ok: false; readonly reason: 'conflict' };

export interface Transactions {
  /** How many single writes the fragments hold; a transaction takes at most 100. */
  readonly size: (fragments: readonly TransactionFragment[]) => number;
  readonly commit: (fragments: readonly TransactionFragment[]) => Promise<CommitResult>;
}
