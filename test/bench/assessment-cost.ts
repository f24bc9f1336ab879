import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { determineAnew, readStandard } from '#shared/services/families/pass-families.ts';
import { hashOf } from '#shared/services/rules/hash-of.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { itemSize, transactionalWriteUnits } from '#shared/store/item-size.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { assessHarness } from '#test/support/assess-harness.ts';
import { openTestDatabase, type TestDatabase } from '#test/support/dynamodb-local.ts';
import { recordHolder } from '#test/support/hold-records.ts';
import { costPer, RequestMeter, type Cost } from './request-meter.ts';
import type { SampleFamilies } from './sample-families.ts';

/** What one family costs under a rule set: looked at, found to be determined otherwise than before, sealed, and its case written. */
interface RuleSetCost extends Cost {
  readonly ruleSet: RuleSet;
  /** Write units of it that are the sealed inputs. */
  readonly sealing: number;
}

export interface AssessmentCosts {
  readonly families: number;
  readonly changed: readonly RuleSetCost[];
  /** Looked at under the same rules: nothing new, no determination written. */
  readonly same: Cost;
  /** Seen in the lists by a pass that does not concern it. */
  readonly passed: Cost;
  /** Write units of one case, and how many of the families have one. */
  readonly perCase: number;
  readonly cases: number;
}

export type StoredItem = Record<string, unknown>;

export const scan = async ({ client, tables }: TestDatabase): Promise<readonly StoredItem[]> => {
  const items: StoredItem[] = [];
  let start: StoredItem | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tables.Records, ...(start && { ExclusiveStartKey: start }) }));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

/** Transactional write units of the items of a sort key, with those of the list where they stand in one. */
const unitsOf = (items: readonly StoredItem[], sortKey: RegExp): { readonly count: number; readonly units: number } => {
  const own = items.filter(({ sk }) => sortKey.test(String(sk)));
  const units = own.reduce((sum, item) => sum + transactionalWriteUnits(itemSize(item)) * ('listPk' in item ? 1.5 : 1), 0);
  return { count: own.length, units };
};

const letters = (number: number): string => String(number).replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

/** The sample's families as people with records, each family in a home of its own, and what the files cover. Gives everybody's id. */
export const holdSample = async (
  database: TestDatabase,
  { families, coverage, asAt }: SampleFamilies,
  meter: RequestMeter,
): Promise<readonly string[]> => {
  const table = new DocumentTable(database.client, database.tables.Records, meter);
  const store = dynamoCoverageStore(table);
  const { transactions } = assessHarness(database, asAt).ports;
  const uploads = new Map(coverage.map(({ uploadId }) => [uploadId, ulid()]));
  for (const [, periods] of Map.groupBy(coverage, ({ feed, agency }) => `${feed} ${agency}`)) {
    const [first] = periods;
    if (first === undefined) continue;
    const own = periods.map((period) => ({ ...period, uploadId: uploads.get(period.uploadId) ?? '' }));
    await transactions.commit([store.coverageFragment({ agency: first.agency, feed: first.feed, periods: own, version: 1 })]);
  }
  const hold = recordHolder(database, asAt);
  const people: string[] = [];
  for (const [number, { members }] of families.entries())
    for (const [index, { birthDate, records, lives }] of members.entries()) {
      const personId = ulid();
      people.push(personId);
      const home = `${String(number + 1)} ${lives === 'elsewhere' ? 'Far' : 'Mill'} Lane`;
      const details = {
        forename: `Per${letters(index)}`,
        surname: `Fam${letters(number)}`,
        ...(birthDate !== undefined && { birthDate }),
        address: { lines: [home], postcode: 'L36 9GL' },
      };
      await hold(personId, { details });
      for (const { uploadId, facts, endedOn: _, ...record } of records)
        await hold(personId, { details, ...record, uploadId: uploads.get(uploadId) ?? ulid(), facts: [...facts] });
    }
  return people;
};

/** Runs the worker's own use cases over the sample in DynamoDB Local, under one rule set after the other, and counts what is asked of the table. */
export const measureAssessmentCosts = async (sample: SampleFamilies, ruleSets: readonly RuleSet[]): Promise<AssessmentCosts> => {
  const dynamoDb = await startDynamoDbLocal();
  try {
    const database = await openTestDatabase(dynamoDb.endpoint);
    const meter = new RequestMeter();
    const people = await holdSample(database, sample, meter);
    const harness = assessHarness(database, sample.asAt, meter);
    for (let start = 0; start < people.length; start += 400) await assessPeople(harness.ports, people.slice(start, start + 400));
    const ids = (await harness.summaries()).map(({ familyId }) => familyId);
    const standard = await readStandard(harness.ports);
    const anew = async (ruleSet: RuleSet): Promise<Cost> => {
      meter.take();
      for (let start = 0; start < ids.length; start += 50)
        await determineAnew(harness.ports, ids.slice(start, start + 50), { ...standard, ruleSet, sha256: hashOf(ruleSet) });
      return costPer(meter.take(), ids.length);
    };
    const costs: Cost[] = [];
    for (const ruleSet of ruleSets) costs.push(await anew(ruleSet));
    const last = ruleSets.at(-1);
    if (last === undefined) throw new Error('there is no rule set to measure');
    const same = await anew(last);
    const items = await scan(database);
    meter.take();
    await harness.assess([{ kind: 'coverage', epoch: await harness.ports.coverage.readEpoch() }]);
    const passed = costPer(meter.take(), ids.length);
    const { count, units } = unitsOf(items, /^CASE$/);
    return {
      families: ids.length,
      // The first determination was the worker's own.
      changed: ruleSets.map((ruleSet, index) => ({
        ruleSet,
        ...(costs[index] ?? same),
        sealing: unitsOf(items, new RegExp(`^INPUTS#0*${String(index + 2)}(?:#|$)`)).units / ids.length,
      })),
      same,
      passed,
      perCase: count === 0 ? 0 : units / count,
      cases: count,
    };
  } finally {
    await dynamoDb.stop();
  }
};
