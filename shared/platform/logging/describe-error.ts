import { constants } from 'node:os';
import * as z from 'zod';
import { refusalCodes } from '../../services/refusal.ts';
import type { LogFields } from './log-fields.ts';

const ownFrame = /((?:shared|functions|infra|portal)\/[\w./-]+\.m?[jt]s|(?:index|handler)\.mjs):(\d+):(\d+)/;
const deepest = 8;

/** Names of kinds of errors. An error may be given any name; what is not built like one is not repeated. */
const kind = /^(?=.{3,60}$)[A-Z][A-Za-z0-9]*(Error|Exception|Refusal|Problem|Fault)$/;
/** Names that S3 and our own code give without such an ending. */
const otherKinds = new Set([
  'Error',
  'Refusal',
  'Problem',
  'PoisonMessage',
  'AccessDenied',
  'Forbidden',
  'InternalError',
  'InvalidRequest',
  'NoSuchBucket',
  'NoSuchKey',
  'NoSuchVersion',
  'NotFound',
  'PreconditionFailed',
  'RequestTimeout',
  'SignatureDoesNotMatch',
  'SlowDown',
]);
const asKind = (name: unknown): string | undefined =>
  typeof name === 'string' && (kind.test(name) || otherKinds.has(name)) ? name : undefined;

/** Node's own codes (`ERR_…`, `ECONNRESET`), and those of refusals. */
const codes = new Set<string>([...Object.keys(constants.errno), ...refusalCodes]);
const asCode = (code: unknown): string | undefined =>
  typeof code === 'string' && (codes.has(code) || /^ERR_[A-Z0-9_]{1,50}$/.test(code)) ? code : undefined;

const property = (value: object, name: string): unknown => (name in value ? Reflect.get(value, name) : undefined);

/**
 * What may be said about an error: its name, code and HTTP status, and where in our own source it was thrown. Never its
 * message: what others wrote into it can hold the value that was wrong.
 */
export const describeError = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { errorName: 'NotAnError' };
  const code = asCode(property(error, 'code')) ?? asKind(property(error, 'Code'));
  const metadata = property(error, '$metadata');
  const status = typeof metadata === 'object' && metadata !== null ? property(metadata, 'httpStatusCode') : undefined;
  const frames = ownFrames(error.stack);
  return {
    errorName: asKind(error.name) ?? 'Error',
    ...(code === undefined ? {} : { errorCode: code }),
    ...(typeof status === 'number' ? { errorStatus: status } : {}),
    ...(error instanceof z.ZodError ? { errorIssues: issuePlaces(error) } : {}),
    ...(frames.length === 0 ? {} : { errorFrames: frames }),
  };
};

const ownFrames = (stack: string | undefined): readonly string[] =>
  (stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .flatMap((line) => {
      const match = ownFrame.exec(line);
      return match ? [match[0]] : [];
    })
    .slice(0, deepest);

/** Codes and depths only: a path may hold a key somebody sent. */
const issuePlaces = (error: z.ZodError): readonly string[] =>
  error.issues.slice(0, deepest).map((issue) => `${issue.code}.depth-${String(issue.path.length)}`);
