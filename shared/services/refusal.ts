import type { FieldError } from '../contracts/http/problems.ts';

/** Why a use case says no. Expected, named, and mapped to a problem by `platform/http/refusal-problems.ts`. */
export const refusalCodes = [
  'not-found',
  'link-not-found',
  'link-expired',
  'link-revoked',
  'agreement-ended',
  'session-ended',
  'link-used-up',
  'upload-not-found',
  'receipt-not-ready',
  'family-not-found',
  'person-not-found',
  'review-not-found',
  'judgement-not-found',
  'determination-not-found',
  'rule-set-not-found',
  'rule-set-exists',
  'invalid-rule-set',
  'rules-overlap',
  'rules-in-the-past',
  'days-without-rules',
  'nothing-to-sign-off',
  'what-if-not-found',
  'claim-not-found',
  'sample-not-found',
  'determination-changed',
  'claimed-already',
  'claim-not-ready',
  'second-person-needed',
  'version-mismatch',
  'state-conflict',
  'invalid-cursor',
  'invalid-row',
  'invalid-request',
  'not-for-role',
  'idempotency-key-reused',
  'file-not-acceptable',
  'file-already-received',
  'audit-unavailable',
  'try-again',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface RefusalDetails {
  readonly errors?: readonly FieldError[];
  /** Ids (link, upload, …) that the refusal is about, for the audit record; never personal data. */
  readonly about?: readonly string[];
}

/** Thrown by use cases. Carries no submitted value. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly errors: readonly FieldError[];
  readonly about: readonly string[];

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.errors = details.errors ?? [];
    this.about = details.about ?? [];
  }
}
