import { HostError } from '../../host-error.ts';
import { asText, at, entriesAt, isJsonObject, type Json, listAt, textAt } from '../../json.ts';

/** Whether an event fits an EventBridge pattern: every named field, and of each field's alternatives any one. */
export const matchesEvent = (pattern: Json | undefined, event: Json): boolean =>
  entriesAt(pattern).every(([name, expected]) => {
    if (name === '$or') return listAt(expected).some((alternative) => matchesEvent(alternative, event));
    const actual = at(event, name);
    if (isJsonObject(expected)) return matchesEvent(expected, actual ?? {});
    const values = Array.isArray(actual) ? listAt(actual) : [actual];
    return listAt(expected).some((alternative) => values.some((value) => matchesValue(alternative, value)));
  });

const matchesValue = (alternative: Json, value: Json | undefined): boolean => {
  if (!isJsonObject(alternative)) return value === alternative;
  const [operator, operand] = entriesAt(alternative)[0] ?? ['', null];
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      return text?.startsWith(asText(operand)) ?? false;
    case 'suffix':
      return text?.endsWith(asText(operand)) ?? false;
    case 'equals-ignore-case':
      return text?.toLowerCase() === asText(operand).toLowerCase();
    case 'wildcard':
      return text !== undefined && new RegExp(`^${asText(operand).split('*').map(escaped).join('.*')}$`).test(text);
    case 'anything-but': {
      if (value === undefined) return false;
      const prefix = textAt(operand, 'prefix');
      return prefix === undefined ? !listAt(operand).includes(value) : text === undefined || !text.startsWith(prefix);
    }
    default:
      throw new HostError(`The local host does not know the event pattern operator ${operator}.`);
  }
};

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
