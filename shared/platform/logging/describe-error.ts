import * as z from 'zod';
import type { LogFields } from './log-fields.ts';

const ownFrame = /((?:shared|functions|infra|portal)\/[\w./-]+\.m?[jt]s|(?:index|handler)\.mjs):(\d+):(\d+)/;
const deepest = 8;

const word = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;
const asWord = (value: unknown): string | undefined => (typeof value === 'string' && word.test(value) ? value : undefined);

const property = (value: object, name: string): unknown => (name in value ? Reflect.get(value, name) : undefined);

/**
 * What may be said about an error: its name, code and HTTP status, and where in our own source it was thrown. Never its
 * message: what others wrote into it can hold the value that was wrong.
 */
export const describeError = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { errorName: 'NotAnError' };
  const code = asWord(property(error, 'code')) ?? asWord(property(error, 'Code'));
  const metadata = property(error, '$metadata');
  const status = typeof metadata === 'object' && metadata !== null ? property(metadata, 'httpStatusCode') : undefined;
  const frames = ownFrames(error.stack);
  return {
    errorName: asWord(error.name) ?? 'Error',
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
