import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { at, isJsonObject, type JsonObject, numberAt, parseJson, textAt } from '../template/json.ts';
import type { Resource } from '../template/template-model.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const letters = { Lowercase: lower, Uppercase: lower.toUpperCase(), Numbers: '0123456789', Punctuation: '!#$%&()*+,-./:;<=>?@[]^_{|}~' };

/**
 * The template's secrets by ARN, generated as `GenerateSecretString` says. With a file they are kept there, readable
 * by its owner only: data keyed with them stays readable.
 */
export const openSecrets = (resources: readonly Resource[], file: string | undefined): ReadonlyMap<string, string> => {
  const kept = file === undefined ? {} : readKept(file);
  const secrets = resources.map(({ arn, properties }) => {
    const known = kept[arn];
    return [
      arn,
      typeof known === 'string' ? known : (textAt(properties, 'SecretString') ?? generate(at(properties, 'GenerateSecretString') ?? {})),
    ] as const;
  });
  if (file !== undefined) writeFileSync(file, JSON.stringify(Object.fromEntries(secrets), null, 2), { mode: 0o600 });
  return new Map(secrets);
};

const readKept = (file: string): JsonObject => {
  try {
    const kept = parseJson(readFileSync(file, 'utf8'));
    return isJsonObject(kept) ? kept : {};
  } catch {
    return {};
  }
};

const generate = (rules: Parameters<typeof textAt>[0]): string => {
  const excluded = textAt(rules, 'ExcludeCharacters') ?? '';
  const alphabet = Object.entries(letters)
    .filter(([kind]) => textAt(rules, `Exclude${kind}`) !== 'true')
    .map(([, characters]) => characters)
    .join('')
    .split('')
    .filter((character) => !excluded.includes(character));
  const length = numberAt(rules, 'PasswordLength') ?? 32;
  const password = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  const key = textAt(rules, 'GenerateStringKey');
  if (key === undefined) return password;
  const template = parseJson(textAt(rules, 'SecretStringTemplate') ?? '{}');
  return JSON.stringify({ ...(isJsonObject(template) ? template : {}), [key]: password });
};
