import * as z from 'zod';
import { notAnOption, type FieldError } from '../../contracts/http/problems.ts';

type Part = 'path' | 'query' | 'body' | 'header';

const most = 50;

/** What is wrong with a part of the request, in plain words: our schema's words only, never a value or name that was sent. */
export const fieldErrors = (part: Part, schema: z.ZodType, error: z.ZodError): readonly FieldError[] =>
  error.issues
    .flatMap(closest)
    .slice(0, most)
    .map((issue) => ({
      pointer: pointerTo(part, schema, issue.path),
      ...explain(issue, schema),
    }));

/** Where only one alternative has all the names that were sent, what is wrong is what is wrong with that one. */
const closest = (issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const alternatives = issue.errors.filter((issues) => !issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0));
  const [only, another] = alternatives;
  return only && !another ? only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
};

/** A JSON pointer that goes down only as far as names of our own schema lead. */
const pointerTo = (part: Part, schema: z.ZodType, path: readonly PropertyKey[]): string => {
  const steps: string[] = [part];
  let current: unknown = schema;
  for (const step of path) {
    current = alternativeWith(step, unwrap(current));
    if (current instanceof z.ZodObject && typeof step === 'string' && Object.hasOwn(current.shape, step)) {
      current = current.shape[step];
      steps.push(step);
    } else if (current instanceof z.ZodArray && typeof step === 'number') {
      current = current.element;
      steps.push(String(step));
    } else break;
  }
  return `/${steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
};

const alternativeWith = (step: PropertyKey, schema: unknown): unknown =>
  schema instanceof z.ZodUnion
    ? schema.options.find((option) => option instanceof z.ZodObject && typeof step === 'string' && Object.hasOwn(option.shape, step))
    : schema;

/** The names of each alternative of an object, as a sentence's end. */
const alternativesOf = (schema: z.ZodType): string | undefined => {
  const union = unwrap(schema);
  if (!(union instanceof z.ZodUnion)) return undefined;
  return union.options.map((option) => (option instanceof z.ZodObject ? Object.keys(option.shape).join(', ') : '…')).join('; or ');
};

const unwrap = (schema: unknown): unknown => {
  let current = schema;
  for (;;) {
    if (
      current instanceof z.ZodOptional ||
      current instanceof z.ZodNullable ||
      current instanceof z.ZodDefault ||
      current instanceof z.ZodPrefault
    )
      current = current.unwrap();
    else if (current instanceof z.ZodPipe) current = current.in;
    else return current;
  }
};

interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

const explain = (issue: z.core.$ZodIssue, schema: z.ZodType): Explanation => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? { code: 'missing', message: 'It is missing.', fix: `Give a value: ${kindOf(issue.expected)}.` }
        : { code: 'wrong-type', message: `It must be ${kindOf(issue.expected)}.`, fix: `Send ${kindOf(issue.expected)}.` };
    case 'invalid_value':
      return notAnOption(issue.values.map(String));
    case 'too_small':
      return { code: 'too-small', ...boundWords(issue.origin, 'least', issue.minimum, issue.inclusive) };
    case 'too_big':
      return { code: 'too-big', ...boundWords(issue.origin, 'most', issue.maximum, issue.inclusive) };
    case 'unrecognized_keys':
      return {
        code: 'unknown-field',
        message: 'There is a field here that we do not know.',
        fix: 'Leave out fields that the documentation does not name.',
      };
    case 'invalid_union': {
      if ('options' in issue) return notAnOption(issue.options.map(String));
      const alternatives = issue.path.length === 0 ? alternativesOf(schema) : undefined;
      return {
        code: 'no-alternative',
        message: 'It is none of the forms that we know.',
        fix: alternatives === undefined ? 'See the documentation for what is expected.' : `Send one of these: ${alternatives}.`,
      };
    }
    case 'invalid_format':
      return { code: 'wrong-format', message: formatMessage(issue.format), fix: 'See the example in the documentation.' };
    case 'custom': {
      const fix: unknown = issue.params?.['fix'];
      const code: unknown = issue.params?.['code'];
      return {
        code: typeof code === 'string' ? code : 'not-valid',
        message: sentence(issue.message),
        fix: typeof fix === 'string' ? fix : 'Correct it and send it again.',
      };
    }
    default:
      return { code: 'not-valid', message: 'It is not valid.', fix: 'See the documentation for what is expected.' };
  }
};

const boundWords = (
  origin: string,
  bound: 'least' | 'most',
  value: number | bigint,
  isInclusive = true,
): Pick<Explanation, 'message' | 'fix'> => {
  const isLeast = bound === 'least';
  switch (origin) {
    case 'string':
      return {
        message: `It is too ${isLeast ? 'short' : 'long'}.`,
        fix: value === 1 ? 'Write something here.' : `Write at ${bound} ${String(value)} characters.`,
      };
    case 'array':
    case 'set':
      return { message: `There are too ${isLeast ? 'few' : 'many'}.`, fix: `Send at ${bound} ${String(value)}.` };
    default:
      return {
        message: `It is too ${isLeast ? 'small' : 'large'}.`,
        fix: isInclusive
          ? `Send ${String(value)} or ${isLeast ? 'more' : 'less'}.`
          : `Send ${isLeast ? 'more' : 'less'} than ${String(value)}.`,
      };
  }
};

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const kindOf = (expected: string): string => kinds[expected] ?? 'a value of another kind';

const formats: Readonly<Record<string, string>> = {
  ulid: 'It must be an id of 26 letters and digits.',
  date: 'It must be a date in the form YYYY-MM-DD.',
  datetime: 'It must be a time in the form 2024-02-29T12:00:00Z.',
  email: 'It must be an email address.',
  url: 'It must be a web address.',
};
const formatMessage = (format: string): string => formats[format] ?? 'It is not in the form we expect.';

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
