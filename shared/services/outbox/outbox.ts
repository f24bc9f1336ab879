import type { TransactionFragment } from '../transaction-fragment.ts';
import type { Page } from '../uploads/upload-repository.ts';

/**
 * What a commit made necessary: the families of these people (`restores`: after that judgement was undone), all families because
 * what files cover or the rules in force have changed, that an approved judgement is carried out, or that a what-if is worked out.
 */
type OutboxWork =
  | { readonly kind: 'people'; readonly personIds: readonly string[]; readonly restores?: string | undefined }
  | { readonly kind: 'coverage'; readonly epoch: number }
  | { readonly kind: 'rules' }
  | { readonly kind: 'what-if'; readonly whatIfId: string }
  | { readonly kind: 'judgement'; readonly judgementId: string };

/** `uploadId`: of work that a file made necessary, which stands with that file's other work. */
export interface OutboxName {
  readonly outboxId: string;
  readonly uploadId?: string | undefined;
}

/** Stays from the commit that made the work necessary until the work is done. */
export interface OutboxEntry extends OutboxName {
  readonly work: OutboxWork;
  readonly createdAt: string;
}

export interface Outbox {
  /** One write, part of the transaction that makes the work necessary. */
  readonly addFragment: (entry: OutboxEntry) => TransactionFragment;
  /** Those of the names whose work is not done yet. */
  readonly findAll: (names: readonly OutboxName[]) => Promise<readonly OutboxEntry[]>;
  /** The work is done. Also when it was done before. */
  readonly remove: (...names: readonly OutboxName[]) => Promise<void>;
  /** Whether any work that a file made necessary is still to be done. */
  readonly isWorkLeft: (uploadId: string) => Promise<boolean>;
  /** Oldest first: entries made before `before` that are still there. */
  readonly listStale: (before: string, page: { limit: number; cursor?: string }) => Promise<Page<OutboxEntry>>;
}
