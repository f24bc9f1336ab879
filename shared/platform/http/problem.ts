import type { FieldError, ProblemCode } from '../../contracts/http/problems.ts';

export interface ProblemDetails {
  /** Instead of the catalogue's sentence. Must not hold anything that was sent. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown in a handler: becomes an RFC 9457 answer. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.detail = details.detail;
    this.errors = details.errors ?? [];
    this.headers = details.headers ?? {};
  }
}
