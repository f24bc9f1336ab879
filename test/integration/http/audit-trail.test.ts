import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { defineRoute } from '#shared/contracts/http/route.ts';
import { handle } from '#shared/platform/http/handle.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { newId } from '#shared/platform/ids.ts';
import type { AuditEntry } from '#shared/services/audit/audit-trail.ts';
import { auditShards, dynamoAuditTrail } from '#shared/store/audit/dynamo-audit-trail.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import * as z from 'zod';
import { callApi } from '../../support/api-call.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';

const database = useDynamoDb();
const trail = (name?: string) => {
  const { client, tables } = database();
  return dynamoAuditTrail(new DocumentTable(client, name ?? tables.Audit), newId);
};

const anEntry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: '2024-02-29T12:00:00.000Z',
  actorKind: 'staff',
  actorId: '5f0c7a52-9c1d-4a86-a1d2-7c1b2e0d9f11',
  roles: ['programme-officer'],
  action: 'readFamily',
  subjects: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  purpose: 'support-a-family',
  result: 'shown',
  correlationId: '01BX5ZZKBKACTAV9WEVGEMMVRZ',
  ...over,
});

const entriesOf = async (date: string): Promise<Record<string, unknown>[]> => {
  const { client, tables } = database();
  const shards = Array.from({ length: auditShards }, (_, shard) =>
    client.send(
      new QueryCommand({
        TableName: tables.Audit,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `AUDIT#${date}#${String(shard)}` },
      }),
    ),
  );
  return (await Promise.all(shards)).flatMap(({ Items }) => Items ?? []).toSorted((a, b) => String(a['sk']).localeCompare(String(b['sk'])));
};

describe('the audit trail', () => {
  it('keeps an entry under its day for seven years, a leap day until the last of February', async () => {
    await trail().record(anEntry());
    expect(await entriesOf('2024-02-29')).toEqual([
      {
        ...anEntry(),
        pk: expect.stringMatching(/^AUDIT#2024-02-29#[0-7]$/) as string,
        sk: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
        schemaVersion: 1,
        expiresOn: '2031-02-28',
        // 2031-02-28T00:00:00Z
        expiresAtSeconds: 1_930_003_200,
      },
    ]);
  });

  it('keeps each of many, spread over the shards, in order of time', async () => {
    const at = '2025-06-01T00:00:00.000Z';
    for (let i = 0; i < 200; i += 1) await trail().record(anEntry({ at, correlationId: String(i) }));
    const entries = await entriesOf('2025-06-01');
    expect(entries.map((entry) => entry['correlationId'])).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
    expect(new Set(entries.map((entry) => entry['pk'])).size).toBe(auditShards);
  });

  it('never writes over an entry', async () => {
    const { client, tables } = database();
    const sameId = dynamoAuditTrail(new DocumentTable(client, tables.Audit), () => '01BX5ZZKBKACTAV9WEVGEMMVS0');
    await sameId.record(anEntry({ at: '2025-07-01T00:00:00.000Z' }));
    await expect(sameId.record(anEntry({ at: '2025-07-01T00:00:00.000Z', result: 'refused' }))).rejects.toThrow();
    expect(await entriesOf('2025-07-01')).toMatchObject([{ result: 'shown' }]);
  });

  it('takes no entry that is not one: no free text as a purpose, no page of subjects without end', async () => {
    const entry = { ...anEntry(), purpose: 'looking up Aoife Example' };
    await expect(trail().record(entry as AuditEntry)).rejects.toThrow();
    await expect(trail().record(anEntry({ subjects: Array.from({ length: 501 }, newId) }))).rejects.toThrow();
  });
});

describe('an API whose audit table is gone', () => {
  const route = defineRoute({
    operationId: 'readSecret',
    function: 'people-api',
    method: 'GET',
    path: '/v1/secret',
    access: { kind: 'staff', roles: ['auditor'] },
    summary: 'Read a secret',
    request: {},
    response: { status: 200, body: z.object({ secret: z.string() }) },
    problems: [],
  });
  const handler = (table?: string) =>
    httpHandler([handle(route, () => Promise.resolve({ body: { secret: 'the secret' }, subjects: ['x'] }))], { audit: trail(table) });

  it('withholds the answer with 503 and says when to come back', async () => {
    await capturedOutput(async () => {
      const result = await callApi(handler('no-such-table'), { path: '/v1/secret', roles: ['auditor'] });
      expect(result.status).toBe(503);
      expect(result.json).toMatchObject({ code: 'audit-unavailable' });
      expect(result.headers['retry-after']).toBe('30');
      expect(result.text).not.toContain('the secret');
      expect(result.text).not.toContain('no-such-table');
    });
  });

  it('withholds even a refusal', async () => {
    await capturedOutput(async () => {
      expect((await callApi(handler('no-such-table'), { path: '/v1/secret', roles: ['data-officer'] })).status).toBe(503);
    });
  });

  it('answers again when it is back, with one entry for what is shown', async () => {
    await capturedOutput(async () => {
      const { status, headers } = await callApi(handler(), { path: '/v1/secret', roles: ['auditor'] });
      expect(status).toBe(200);
      const { client, tables } = database();
      const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.Audit }));
      expect(Items.filter((item) => item['correlationId'] === headers['x-request-id'])).toMatchObject([
        { action: 'readSecret', result: 'shown' },
      ]);
    });
  });
});
