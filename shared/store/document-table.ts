import { ConditionalCheckFailedException, TransactionConflictException, type ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import { groupsOf } from '../domain/groups-of.ts';
import { Refusal } from '../services/refusal.ts';
import type { Page } from '../services/uploads/upload-repository.ts';
import { backOff, retrying } from './backoff.ts';
import { meterRequest, type CapacityMeter } from './capacity-meter.ts';
import { condition, ExpressionScope, type Condition } from './condition.ts';
import { decodeCursor, encodeCursor } from '../services/paging/cursor.ts';
import type { IndexDefinition } from './table-definition.ts';
import { writeParameters, type Changes, type Item, type Key, type Write } from './write.ts';

/** `current` is the item that stood in the way, not parsed; undefined where there is none. */
export type WriteResult = { readonly ok: true; readonly item: unknown } | { readonly ok: false; readonly current: unknown };

export interface QueryPage {
  /** The partition: of the table, or of `index`. */
  readonly partition: string;
  readonly index?: IndexDefinition;
  /** Sort keys that begin so. */
  readonly beginsWith?: string;
  /** Sort keys from the first to the last, both included. */
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const largestBatchGet = 100;
const largestBatchWrite = 25;

const mayRepeat = (error: unknown): boolean => error instanceof TransactionConflictException;

/** One DynamoDB table; every read is parsed, table reads are consistent, a failed condition explains itself. */
export class DocumentTable {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #meter: CapacityMeter | undefined;

  constructor(client: DynamoDBDocumentClient, name: string, meter?: CapacityMeter) {
    this.#client = client;
    this.#name = name;
    this.#meter = meter;
  }

  async get<Schema extends z.ZodType>(key: Key, schema: Schema): Promise<z.output<Schema> | undefined> {
    const output = await this.#client.send(
      new GetCommand({ TableName: this.#name, Key: { ...key }, ConsistentRead: true, ...this.#measured() }),
    );
    meterRequest(this.#meter, 'get', 1, [output.ConsumedCapacity]);
    return output.Item === undefined ? undefined : schema.parse(output.Item);
  }

  /** Any number of items, in no order; those that do not exist are left out. */
  async batchGet<Schema extends z.ZodType>(keys: readonly Key[], schema: Schema): Promise<z.output<Schema>[]> {
    const found = await Promise.all(groupsOf(keys, largestBatchGet).map((batch) => this.#oneBatch(batch)));
    return found.flat().map((item) => schema.parse(item));
  }

  async #oneBatch(keys: readonly Key[]): Promise<unknown[]> {
    const items: unknown[] = [];
    let left: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
    for (let attempt = 1; left.length > 0; attempt++) {
      const output = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [this.#name]: { Keys: left, ConsistentRead: true } }, ...this.#measured() }),
      );
      const read = output.Responses?.[this.#name] ?? [];
      meterRequest(this.#meter, 'batch-get', left.length, output.ConsumedCapacity);
      items.push(...read);
      left = output.UnprocessedKeys?.[this.#name]?.Keys ?? [];
      // What throttling or the size limit of an answer left over; progress resets nothing, the SDK gives up before we would.
      if (left.length > 0) await backOff(attempt);
    }
    return items;
  }

  /** Deletes any number of items whatever they hold; those that are not there are no matter. */
  async deleteAll(keys: readonly Key[]): Promise<void> {
    for (const batch of groupsOf(keys, largestBatchWrite)) {
      let left: Record<string, unknown>[] = batch.map(({ pk, sk }) => ({ pk, sk }));
      for (let attempt = 1; left.length > 0; attempt++) {
        const output = await this.#client.send(
          new BatchWriteCommand({
            RequestItems: { [this.#name]: left.map((key) => ({ DeleteRequest: { Key: key } })) },
            ...this.#measured(),
          }),
        );
        const unprocessed = (output.UnprocessedItems?.[this.#name] ?? []).flatMap(({ DeleteRequest }): Record<string, unknown>[] =>
          DeleteRequest?.Key === undefined ? [] : [DeleteRequest.Key],
        );
        meterRequest(this.#meter, 'delete', left.length - unprocessed.length, output.ConsumedCapacity);
        left = unprocessed;
        if (left.length > 0) await backOff(attempt);
      }
    }
  }

  /** One page; `cursor` is there exactly when more follows. Reads of an index may lag behind the table. */
  async query<Schema extends z.ZodType>(page: QueryPage, schema: Schema): Promise<Page<z.output<Schema>>> {
    const { partitionKey, sortKey } = page.index ?? { partitionKey: 'pk', sortKey: 'sk' };
    const keyNames = page.index ? [sortKey, 'pk', 'sk'] : [sortKey];
    const scope = new ExpressionScope();
    const conditions = [scope.condition(condition.equals(partitionKey, page.partition))];
    if (page.beginsWith !== undefined) conditions.push(`begins_with(${scope.name(sortKey)}, ${scope.value(page.beginsWith)})`);
    if (page.between) conditions.push(`${scope.name(sortKey)} BETWEEN ${scope.value(page.between[0])} AND ${scope.value(page.between[1])}`);
    let from = startKey(page, partitionKey, keyNames);
    const items: Record<string, unknown>[] = [];
    // One more than asked for, so that the last page says that it is the last.
    do {
      const output = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ...(page.index ? { IndexName: page.index.name } : { ConsistentRead: true }),
          KeyConditionExpression: conditions.join(' AND '),
          ...scope.attributes(),
          ScanIndexForward: page.descending !== true,
          Limit: page.limit + 1 - items.length,
          ...(from && { ExclusiveStartKey: from }),
          ...this.#measured(),
        }),
      );
      meterRequest(this.#meter, 'query', output.Items?.length ?? 0, [output.ConsumedCapacity]);
      items.push(...(output.Items ?? []));
      from = output.LastEvaluatedKey;
    } while (from && items.length <= page.limit);
    const shown = items.slice(0, page.limit);
    const last = items.length > page.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((item) => schema.parse(item)),
      ...(last && {
        cursor: encodeCursor(
          listName(page),
          keyNames.map((name) => String(last[name])),
        ),
      }),
    };
  }

  /** How many items a list holds. Reads the list, and sends none of it. */
  async count({ partition, index }: Pick<QueryPage, 'partition' | 'index'>): Promise<number> {
    const scope = new ExpressionScope();
    const KeyConditionExpression = scope.condition(condition.equals((index ?? { partitionKey: 'pk' }).partitionKey, partition));
    let total = 0;
    let from: Record<string, unknown> | undefined;
    do {
      const output = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          ...(index ? { IndexName: index.name } : { ConsistentRead: true }),
          KeyConditionExpression,
          ...scope.attributes(),
          Select: 'COUNT',
          ...(from && { ExclusiveStartKey: from }),
          ...this.#measured(),
        }),
      );
      meterRequest(this.#meter, 'query', output.Count ?? 0, [output.ConsumedCapacity]);
      total += output.Count ?? 0;
      from = output.LastEvaluatedKey;
    } while (from);
    return total;
  }

  /** Every item of a small partition (a person's records, not a list that grows with the council). */
  async queryAll<Schema extends z.ZodType>(page: Omit<QueryPage, 'limit' | 'cursor'>, schema: Schema): Promise<z.output<Schema>[]> {
    const items: z.output<Schema>[] = [];
    let cursor: string | undefined;
    do {
      const next: Page<z.output<Schema>> = await this.query({ ...page, limit: 500, cursor }, schema);
      items.push(...next.items);
      cursor = next.cursor;
    } while (cursor !== undefined);
    return items;
  }

  async putIfAbsent(item: Item): Promise<WriteResult> {
    return this.put(item, condition.absent('pk'));
  }

  async put(item: Item, when: Condition): Promise<WriteResult> {
    return this.#write('put', async () => {
      const { ConsumedCapacity } = await this.#client.send(
        new PutCommand({ ...writeParameters(this.putWrite(item, when)), Item: { ...item }, ...explained, ...this.#measured() }),
      );
      return { item, ConsumedCapacity };
    });
  }

  /** Answers with the item as it is afterwards. */
  async update(key: Key, changes: Changes, when: Condition): Promise<WriteResult> {
    return this.#write('update', async () => {
      const { Attributes, ConsumedCapacity } = await this.#client.send(
        new UpdateCommand({
          ...writeParameters(this.updateWrite(key, changes, when)),
          Key: { ...key },
          ReturnValues: 'ALL_NEW',
          ...explained,
          ...this.#measured(),
        }),
      );
      return { item: Attributes, ConsumedCapacity };
    });
  }

  async delete(key: Key, when?: Condition): Promise<WriteResult> {
    return this.#write('delete', async () => {
      const { ConsumedCapacity } = await this.#client.send(
        new DeleteCommand({ ...writeParameters(this.deleteWrite(key, when)), Key: { ...key }, ...explained, ...this.#measured() }),
      );
      return { item: undefined, ConsumedCapacity };
    });
  }

  putWrite(item: Item, when?: Condition): Write {
    return { kind: 'put', table: this.#name, item, condition: when };
  }

  updateWrite(key: Key, changes: Changes, when?: Condition): Write {
    return { kind: 'update', table: this.#name, key, changes, condition: when };
  }

  deleteWrite(key: Key, when?: Condition): Write {
    return { kind: 'delete', table: this.#name, key, condition: when };
  }

  checkWrite(key: Key, when: Condition): Write {
    return { kind: 'check', table: this.#name, key, condition: when };
  }

  async #write(
    operation: 'put' | 'update' | 'delete',
    send: () => Promise<{ item: unknown; ConsumedCapacity: ConsumedCapacity | undefined }>,
  ): Promise<WriteResult> {
    try {
      const { item, ConsumedCapacity } = await retrying(send, mayRepeat);
      meterRequest(this.#meter, operation, 1, [ConsumedCapacity]);
      return { ok: true, item };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { ok: false, current: error.Item && unmarshall(error.Item) };
    }
  }

  #measured(): { ReturnConsumedCapacity?: 'TOTAL' } {
    return this.#meter ? { ReturnConsumedCapacity: 'TOTAL' } : {};
  }
}

const explained = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** What is paged through, whatever the range of keys that is asked for on the day. */
export const listName = ({ partition, index, beginsWith }: Pick<QueryPage, 'partition' | 'index' | 'beginsWith'>): string =>
  JSON.stringify([partition, index?.name ?? '', beginsWith ?? '']);

const startKey = (page: QueryPage, partitionKey: string, keyNames: readonly string[]): Record<string, unknown> | undefined => {
  if (page.cursor === undefined) return undefined;
  const parts = decodeCursor(listName(page), page.cursor, keyNames.length);
  const [first = ''] = parts;
  // A start outside the range asked for is a made-up cursor; DynamoDB would answer it with an error.
  if (page.beginsWith !== undefined && !first.startsWith(page.beginsWith)) throw new Refusal('invalid-cursor');
  if (page.between && (first < page.between[0] || first > page.between[1])) throw new Refusal('invalid-cursor');
  return { [partitionKey]: page.partition, ...Object.fromEntries(keyNames.map((name, index) => [name, parts[index]])) };
};
