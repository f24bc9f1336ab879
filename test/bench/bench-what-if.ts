import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cpus, loadavg } from 'node:os';
import { ulid } from 'ulid';
import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { changeKinds, noChanges } from '#shared/domain/eligibility/what-if/count-changes.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { hashOf } from '#shared/services/rules/hash-of.ts';
import { workOutWhatIf } from '#shared/services/what-if/work-out-what-if.ts';
import type { WhatIf } from '#shared/services/what-if/what-if.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { openTestDatabase, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { holdSample, scan, type StoredItem } from './assessment-cost.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';
import { RequestMeter } from './request-meter.ts';
import { readSampleFamilies } from './sample-families.ts';

/** What a what-if reads of a family and its people. */
const isRead = ({ pk, sk }: StoredItem): boolean =>
  String(pk).startsWith('FAMILY#')
    ? /^(?:FAMILY|SUMMARY|CASE)$/.test(String(sk))
    : String(pk).startsWith('PERSON#') && /^(?:FAMILY|PROFILE|RECORD#)/.test(String(sk));

const idsIn = (items: readonly StoredItem[]): readonly string[] => [
  ...new Set(items.map(({ pk }) => String(pk).replace(/^(?:FAMILY|PERSON)#/, ''))),
];

/** The same value with other ids in every text; bytes stay as they are. */
const renamedValue = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return value.replaceAll(/[0-9A-Z]{26}/g, (id) => names.get(id) ?? id);
  if (Array.isArray(value)) return value.map((each) => renamedValue(each, names));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return renamed(value, names);
};

const renamed = (item: object, names: ReadonlyMap<string, string>): StoredItem =>
  Object.fromEntries(Object.entries(item).map(([name, each]) => [name, renamedValue(each, names)]));

const writersAtOnce = 8;

/** Every family so many times more, each time under ids of its own. */
const multiply = async ({ client, tables }: TestDatabase, items: readonly StoredItem[], times: number): Promise<void> => {
  const ids = idsIn(items);
  for (let copy = 1; copy < times; copy += 1) {
    const names = new Map(ids.map((id) => [id, ulid()]));
    const batches: StoredItem[][] = [];
    for (let start = 0; start < items.length; start += 25) batches.push(items.slice(start, start + 25).map((item) => renamed(item, names)));
    for (let start = 0; start < batches.length; start += writersAtOnce)
      await Promise.all(
        batches
          .slice(start, start + writersAtOnce)
          .map((batch) =>
            client.send(new BatchWriteCommand({ RequestItems: { [tables.Records]: batch.map((Item) => ({ PutRequest: { Item } })) } })),
          ),
      );
    if (copy % 10 === 0) console.error(`${count(copy)} of ${count(times)} copies`);
  }
};

/** One heading in place of two: a draft by which many families would gain. */
const oneHeading: RuleSet = {
  ...knowsleySixHeadings,
  version: '2027-04-01',
  entry: { count: 'headings', atLeast: 1, citation: { source: 'To be measured', confidence: 'local' } },
};

const asked = async ({ ports }: AssessHarness, asAt: string): Promise<WhatIf> => {
  const named = async (ruleSet: RuleSet) => {
    const sha256 = hashOf(ruleSet);
    await ports.contents.keep(sha256, canonicalJson(ruleSet));
    return { id: ruleSet.id, version: ruleSet.version, sha256 };
  };
  const whatIf: WhatIf = {
    whatIfId: ulid(),
    state: 'working',
    draft: await named(oneHeading),
    against: await named(knowsleySixHeadings),
    asAt,
    askedBy: 'bench',
    askedAt: `${asAt}T12:00:00.000Z`,
    families: 0,
    eligible: noChanges,
    criteria: {},
    outboxId: ulid(),
    revision: 1,
    expiresOn: '2099-01-01',
  };
  await ports.transactions.commit([ports.whatIfs.whatIfFragment(whatIf)]);
  return whatIf;
};

interface Invocation {
  readonly seconds: number;
  readonly readUnits: number;
  readonly heap: number;
}

/** A what-if over some 20,000 families in DynamoDB Local, invocation by invocation as the queue gives them; false where it miscounts. */
export const benchWhatIf = async ({ quick }: { readonly quick: boolean }): Promise<boolean> => {
  const [base, times] = quick ? [40, 10] : [160, 130];
  const sample = await readSampleFamilies(base);
  const dynamoDb = await startDynamoDbLocal();
  try {
    const database = await openTestDatabase(dynamoDb.endpoint);
    const meter = new RequestMeter();
    const people = await holdSample(database, sample, meter);
    const harness = assessHarness(database, sample.asAt, meter);
    for (let start = 0; start < people.length; start += 400) await assessPeople(harness.ports, people.slice(start, start + 400));
    const single = await asked(harness, sample.asAt);
    await workOutWhatIf(harness.ports, single.whatIfId, () => true);
    const expected = await harness.ports.whatIfs.findWhatIf(single.whatIfId);
    await multiply(database, (await scan(database)).filter(isRead), times);

    const whatIf = await asked(harness, sample.asAt);
    const invocations: Invocation[] = [];
    for (let state = ''; state !== 'done';) {
      meter.take();
      const startedAt = performance.now();
      state = await workOutWhatIf(harness.ports, whatIf.whatIfId, () => true);
      const { readUnits } = meter.take();
      invocations.push({ seconds: (performance.now() - startedAt) / 1000, readUnits, heap: process.memoryUsage().heapUsed / 2 ** 20 });
    }
    const done = await harness.ports.whatIfs.findWhatIf(whatIf.whatIfId);
    const isRight =
      done?.families === (expected?.families ?? 0) * times &&
      changeKinds.every((kind) => done.eligible[kind] === (expected?.eligible[kind] ?? 0) * times);
    const seconds = invocations.map((each) => each.seconds);
    printHeading(
      'A what-if',
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${String(cpus().length)} cores, load ${decimal(loadavg()[0] ?? 0, 1)}`,
      `${count(done?.families ?? 0)} current families, 50 to a page, 20 pages to an invocation`,
    );
    printTable(
      ['', ''],
      [
        ['invocations', count(invocations.length)],
        ['seconds of an invocation, at most', decimal(Math.max(...seconds), 1)],
        [
          'seconds in all',
          decimal(
            seconds.reduce((sum, each) => sum + each, 0),
            1,
          ),
        ],
        ['read units a family', decimal(invocations.reduce((sum, each) => sum + each.readUnits, 0) / (done?.families ?? 1))],
        ['MB of heap after the first invocation', decimal(invocations[0]?.heap ?? 0, 0)],
        ['MB of heap, at most', decimal(Math.max(...invocations.map(({ heap }) => heap)), 0)],
        ['each family counted once', isRight ? 'yes' : 'NO'],
      ],
    );
    return isRight;
  } finally {
    await dynamoDb.stop();
  }
};
