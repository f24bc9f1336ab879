import { logFields, type LogFieldName } from '../observability-catalogue.ts';

interface ValueOf {
  readonly id: string;
  readonly code: string;
  readonly count: number;
  readonly milliseconds: number;
  readonly codes: readonly string[];
  readonly frames: readonly string[];
}
type FieldKind = keyof ValueOf;

/** The fields a log line may carry; there are no others. */
export type LogFields = { readonly [Name in LogFieldName]?: ValueOf[(typeof logFields)[Name]] };

const withheld = '[withheld]';

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const keyedHash = /^v\d+\.[\w-]{22,64}$/;
/** Our own words begin with a letter, hold no blank and never three digits in a row, as people's identifiers do. */
const code = /^(?!.*\d{3})[A-Za-z][A-Za-z0-9._-]{0,63}$/;
const frame = /^[\w./-]+\.m?[jt]s:\d+:\d+$/;

const isListOf = (value: unknown, pattern: RegExp): boolean =>
  Array.isArray(value) && value.length <= 16 && value.every((entry) => typeof entry === 'string' && pattern.test(entry));

const fits: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  id: (value) =>
    typeof value === 'string' &&
    (ulid.test(value) || uuid.test(value) || keyedHash.test(value) || value === 'unknown' || value === 'system'),
  code: (value) => typeof value === 'string' && code.test(value),
  count: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 1e9,
  milliseconds: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e9,
  codes: (value) => isListOf(value, code),
  frames: (value) => isListOf(value, frame),
};

/**
 * The catalogue's fields out of anything: unknown names are left out, values that do not look like their kind are
 * withheld. The types say the same; this holds where a type was wrong about data from outside.
 */
export const allowedFields = (fields: object): Record<string, unknown> => {
  const allowed: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(logFields)) {
    if (!Object.hasOwn(fields, name)) continue;
    const value: unknown = Reflect.get(fields, name);
    if (value === undefined) continue;
    allowed[name] = fits[kind](value) ? value : withheld;
  }
  return allowed;
};
