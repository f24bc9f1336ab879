import type * as z from 'zod';

/**
 * The function's settings, read once at cold start. Throws one error that names every variable that is missing or wrong
 * (never its value: a setting may be an address we would not print).
 */
export const readEnvironment = <Schema extends z.ZodObject>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> => {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const wrong = new Set(result.error.issues.map((issue) => issue.path.map(String).join('.')));
  const missing = [...wrong].filter((name) => variables[name] === undefined);
  const invalid = [...wrong].filter((name) => variables[name] !== undefined);
  throw new Error(
    [
      'The function cannot start.',
      ...(missing.length > 0 ? [`Missing environment variables: ${missing.join(', ')}.`] : []),
      ...(invalid.length > 0 ? [`Not valid: ${invalid.join(', ')}.`] : []),
    ].join(' '),
  );
};
