import { problems, problemType, type FieldError, type ProblemBody, type ProblemCode } from '../../contracts/http/problems.ts';
import { Refusal } from '../../services/refusal.ts';
import { Problem } from './problem.ts';
import { refusalProblems } from './refusal-problems.ts';

/** An error as the caller may know it. */
export interface ErrorAnswer {
  readonly code: ProblemCode;
  readonly detail?: string | undefined;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  /** Ids the refusal is about. */
  readonly about: readonly string[];
}

const plain = (code: ProblemCode): ErrorAnswer => ({ code, errors: [], headers: {}, about: [] });

/** Errors of the SDK that mean "later", after its own retries. */
const busy = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'SlowDown',
  'TimeoutError',
  'TransactionInProgressException',
]);

/** Every error is one of the catalogue's problems; what is none is our bug, `internal-error`. */
export const errorAnswer = (error: unknown): ErrorAnswer => {
  if (error instanceof Problem) return { code: error.code, detail: error.detail, errors: error.errors, headers: error.headers, about: [] };
  if (error instanceof Refusal) return { code: refusalProblems[error.code], errors: error.errors, headers: {}, about: error.about };
  if (error instanceof Error && busy.has(error.name)) return plain('try-again');
  if (isBodyParserError(error)) return plain(error.statusCode === 415 ? 'unsupported-media-type' : 'malformed-body');
  return plain('internal-error');
};

/** What `@middy/http-json-body-parser` throws: 415 for the content type, 422 for text that is not JSON or sets a prototype. */
const isBodyParserError = (error: unknown): error is { statusCode: number } =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.cause === 'object' &&
  error.cause !== null &&
  'package' in error.cause &&
  error.cause.package === '@middy/http-json-body-parser';

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export const problemAnswer = (answer: ErrorAnswer, correlationId: string): HttpAnswer => {
  const kind = problems[answer.code];
  const body: ProblemBody = {
    type: problemType(answer.code),
    title: kind.title,
    status: kind.status,
    detail: answer.detail ?? kind.detail,
    code: answer.code,
    correlationId,
    ...(answer.errors.length > 0 ? { errors: [...answer.errors] } : {}),
  };
  return {
    statusCode: kind.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...('retryAfter' in kind ? { 'Retry-After': String(kind.retryAfter) } : {}),
      ...(kind.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...answer.headers,
    },
    body: JSON.stringify(body),
  };
};
