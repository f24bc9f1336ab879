import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { profileItemSchema } from '#shared/store/records/profile-item.ts';
import type { TestDatabase } from './dynamodb-local.ts';

/** What people have said about people, and what came of it: the past and the judgements, not the view. */
const isPast = (pk: string, sk: string): boolean =>
  /^(JUDGEMENT|PAIR|REVIEW|OUTBOX|COVERAGE|SEEN|RULES|CONTENT)/.test(pk) || /^(LEFT|DETERMINATION|INPUTS)#/.test(sk);

/** A judgement remembered about a pair, and numbers that only say that something was written. */
const notOfTheView = new Set(['version', 'apart']);

/**
 * Everything that says who is who, which families there are and what they are determined to be, as text with sorted keys:
 * two that are equal are the same byte for byte. A key under which nobody stands is as good as none, and so is a person
 * without records.
 */
export const currentView = async ({ client, tables }: TestDatabase): Promise<readonly string[]> => {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tables.Records, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items
    .filter(({ pk, sk }) => !isPast(String(pk), String(sk)))
    .filter(
      ({ sk, persons, namedBy }) =>
        sk !== 'KEY' || (Array.isArray(persons) && Array.isArray(namedBy) && persons.length + namedBy.length > 0),
    )
    .map((item) => (item['sk'] === 'PROFILE' ? { pk: item['pk'], sk: item['sk'], ...profileItemSchema.parse(item) } : item))
    .filter((item) => !('recordCount' in item) || item['recordCount'] !== 0)
    .map((item) => JSON.stringify(sorted(item['sk'] === 'KEY' ? withoutEnd(item) : item)))
    .toSorted();
};

/** A key is kept for so long after whatever was last written under it. */
const withoutEnd = ({ expiresOn: _on, expiresAtSeconds: _at, ...item }: Record<string, unknown>) => item;

/** What stands in one view and not in the other, cut short. */
export const differences = (before: readonly string[], after: readonly string[]) => ({
  gone: before.filter((item) => !after.includes(item)).map((item) => item.slice(0, 1500)),
  added: after.filter((item) => !before.includes(item)).map((item) => item.slice(0, 1500)),
});
export const none = { gone: [], added: [] };

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !notOfTheView.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, sorted(of)]),
  );
};
