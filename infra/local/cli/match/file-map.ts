import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { layoutOf } from './read-date.ts';
import { UsageError } from './usage-error.ts';

const columns = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const columnEntry = z.union([
  columns.transform((names) => ({ columns: names, format: undefined })),
  z
    .object({ column: columns.optional(), columns: columns.optional(), format: z.string().optional() })
    .transform(({ column, columns: more, format }) => ({ columns: [...(column ?? []), ...(more ?? [])], format })),
]);

export const fileMapSchema = z.object({
  /** The column that names a row. */
  id: z.union([z.string(), z.object({ column: z.string() }).transform(({ column }) => column)]),
  /** The agency's name, or the column that holds it. */
  source: z.union([z.string(), z.object({ column: z.string() })]).optional(),
  fields: z.record(z.string(), columnEntry).default({}),
  identifiers: z.record(z.string(), columnEntry).default({}),
  other: z.record(z.string(), columnEntry).default({}),
});

export type FileMap = z.infer<typeof fileMapSchema>;
export type ColumnEntry = z.infer<typeof columnEntry>;

/**
 * Which columns mean what, for each of the input files: one map for all, a list with one for each in their order, an object
 * by file name, or several map files in the files' order.
 */
export const readFileMaps = (mapFiles: readonly string[], inputs: readonly string[]): FileMap[] => {
  const given = mapFiles.flatMap((file) => mapsIn(file, inputs));
  if (given.length !== 1 && given.length !== inputs.length)
    throw new UsageError(
      `${String(given.length)} maps for ${String(inputs.length)} files: give one for all, or one for each in the same order`,
    );
  return inputs.map((_, at) => given[given.length === 1 ? 0 : at] ?? fileMapSchema.parse({}));
};

const mapsIn = (file: string, inputs: readonly string[]): FileMap[] => {
  const json = readJson(file);
  if (Array.isArray(json)) return json.map((map) => parseMap(map, file));
  if (typeof json === 'object' && json !== null && !('id' in json)) {
    const byName = z.record(z.string(), z.unknown()).parse(json);
    return inputs.map((input) => {
      const name = input.split('/').at(-1) ?? input;
      const map = byName[input] ?? byName[name] ?? byName[name.replace(/\.[^.]*$/u, '')];
      if (map === undefined) throw new UsageError(`${file} says nothing about ${name}: add it, or give each map an "id"`);
      return parseMap(map, file);
    });
  }
  return [parseMap(json, file)];
};

const readJson = (file: string): unknown => {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON: check it for a missing comma or quote`);
  }
};

const parseMap = (json: unknown, file: string): FileMap => {
  const parsed = fileMapSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${file} cannot be used: ${issue?.path.join('.') || 'the map'}: ${issue?.message ?? 'not understood'}`);
  }
  const map = parsed.data;
  for (const [field, { format }] of Object.entries(map.fields))
    if (format !== undefined && layoutOf(format) === undefined)
      throw new UsageError(`${file}: ${field}: "${format}" is no date format: use YYYY, MM and DD, as in DD/MM/YYYY`);
  return map;
};
