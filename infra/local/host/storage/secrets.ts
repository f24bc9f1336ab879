import { randomInt } from 'node:crypto';
import { at, type JsonObject, isJsonObject, numberAt, parseJson, textAt } from '../../json.ts';
import type { Resource } from '../../template/template-model.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const characters = { Lowercase: lower, Uppercase: lower.toUpperCase(), Numbers: '0123456789', Punctuation: '!#$%&()*+,-./:;<=>?@[]^_{|}~' };

/** The template's secrets by ARN: those known already, the others generated as `GenerateSecretString` says. */
export const openSecrets = (resources: readonly Resource[], known: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    resources.map(({ arn, properties }) => {
      const rules = at(properties, 'GenerateSecretString');
      const alphabet = Object.entries(characters)
        .filter(([kind]) => textAt(rules, `Exclude${kind}`) !== 'true')
        .flatMap(([, all]) => Array.from(all));
      const password = Array.from({ length: numberAt(rules, 'PasswordLength') ?? 32 }, () => alphabet[randomInt(alphabet.length)]).join('');
      const template = parseJson(textAt(rules, 'SecretStringTemplate') ?? '{}');
      const key = textAt(rules, 'GenerateStringKey');
      const generated = key === undefined ? password : JSON.stringify({ ...(isJsonObject(template) ? template : {}), [key]: password });
      return [arn, textAt(known, arn) ?? generated];
    }),
  );
