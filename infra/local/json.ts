/** A value of a template, an event or a request body. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isJson = (_value: unknown): _value is Json => true;

/** `JSON.parse`, whose result is by definition JSON. */
export const parseJson = (text: string): Json => {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new TypeError('Not JSON');
  return value;
};

/** The value under a path of names; undefined as soon as one is missing. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((current, name) => (isJsonObject(current) ? current[name] : undefined), value);

export const textAt = (value: Json | undefined, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
};

/** What a value looks like after it went through JSON. */
export const asJson = (value: unknown): Json => parseJson(JSON.stringify(value ?? null));

/** A value written out: text as it is, anything else as JSON. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const numberAt = (value: Json | undefined, ...path: readonly string[]): number | undefined => {
  const text = textAt(value, ...path);
  return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
};

/** A list; a single value counts as a list of one, a missing one as empty. */
export const listAt = (value: Json | undefined, ...path: readonly string[]): readonly Json[] => {
  const found = at(value, ...path);
  return found === undefined || found === null ? [] : isList(found) ? found : [found];
};

export const textsAt = (value: Json | undefined, ...path: readonly string[]): readonly string[] =>
  listAt(value, ...path).filter((item) => typeof item === 'string');

export const entriesAt = (value: Json | undefined, ...path: readonly string[]): readonly (readonly [string, Json])[] => {
  const found = at(value, ...path);
  return isJsonObject(found) ? Object.entries(found) : [];
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
