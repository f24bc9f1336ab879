import type { ProblemCode } from '../../contracts/http/problems.ts';
import type { RefusalCode } from '../../services/refusal.ts';

/** What each refusal of a use case is over HTTP. Exhaustive: a new refusal does not compile without its problem. */
export const refusalProblems: Readonly<Record<RefusalCode, ProblemCode>> = {
  'not-found': 'not-found',
  'link-not-found': 'link-not-found',
  'link-expired': 'link-expired',
  'link-revoked': 'link-revoked',
  'link-used-up': 'link-used-up',
  'upload-not-found': 'upload-not-found',
  'family-not-found': 'family-not-found',
  'person-not-found': 'person-not-found',
  'review-not-found': 'review-not-found',
  'judgement-not-found': 'judgement-not-found',
  'second-person-needed': 'second-person-needed',
  'version-mismatch': 'version-mismatch',
  'state-conflict': 'state-conflict',
  'invalid-cursor': 'invalid-cursor',
  'invalid-row': 'invalid-row',
  'invalid-request': 'invalid-request',
  'not-for-role': 'forbidden',
  'idempotency-key-reused': 'idempotency-key-reused',
  'file-not-acceptable': 'file-not-acceptable',
  'file-already-received': 'file-already-received',
  'audit-unavailable': 'audit-unavailable',
  'try-again': 'try-again',
};
