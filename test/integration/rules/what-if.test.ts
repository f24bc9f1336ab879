import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { workOutWhatIf } from '#shared/services/what-if/work-out-what-if.ts';
import { assessHarness, type AssessHarness } from '../../support/assess-harness.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { recordHolder } from '../../support/hold-records.ts';
import { fourSuspensions, problemOf, rulesWorld, type RulesWorld } from '../../support/rules-world.ts';

const today = '2026-11-23';
const whatIfSchema = z.object({ whatIfId: z.string(), state: z.string(), result: z.unknown().optional() });

describe('A what-if', () => {
  const database = useDynamoDb();
  let rules: RulesWorld;
  let harness: AssessHarness;
  /** Seven children who were each suspended three times in the school year, and three who were not. */
  beforeAll(async () => {
    rules = rulesWorld(database(), () => today);
    harness = assessHarness(database(), today);
    const hold = recordHolder(database(), today);
    const children = Array.from({ length: 10 }, () => ulid());
    for (const [index, personId] of children.entries()) {
      const details = {
        forename: `Sam${'abcdefghij'.charAt(index)}`,
        surname: `Sample${'abcdefghij'.charAt(index)}`,
        birthDate: '2014-03-09',
        address: { lines: [`${String(index + 1)} Mill Lane`], postcode: 'L36 9GL' },
      };
      await hold(personId, { details });
      if (index >= 7) continue;
      for (const [row, from] of ['2026-01-20', '2026-02-10', '2026-05-05'].entries())
        await hold(personId, {
          feed: 'suspensions',
          agency: 'council',
          row: row + 1,
          details,
          facts: [{ kind: 'exclusion', from, category: 'suspension', sessions: 2 }],
        });
    }
    await assessPeople(harness.ports, children);
  });
  const ask = async (body: unknown, key = ulid()) =>
    rules.call({ method: 'POST', path: '/v1/what-ifs', headers: { 'Idempotency-Key': key }, body });
  const read = async (whatIfId: string) => whatIfSchema.parse((await rules.call({ path: `/v1/what-ifs/${whatIfId}` })).json);
  const itemsBut = async (prefixes: RegExp): Promise<string[]> => {
    const { Items = [] } = await database().client.send(new ScanCommand({ TableName: database().tables.Records, ConsistentRead: true }));
    return Items.filter(({ pk }) => !prefixes.test(String(pk)))
      .map((item) => JSON.stringify(item))
      .toSorted();
  };
  const own = /^(WHAT-IF|IDEMPOTENCY|OUTBOX|CONTENT)#/;

  it('of a plan counts who would gain and lose, criterion by criterion, withholds small numbers, and writes nothing else', async () => {
    const before = await itemsBut(own);
    const key = ulid();
    const asked = await ask({ kind: 'plan', plan: fourSuspensions('2027-04-01') }, key);
    expect(asked.status).toBe(202);
    const { whatIfId, state } = whatIfSchema.parse(asked.json);
    expect([state, (await read(whatIfId)).result]).toEqual(['working', undefined]);
    await harness.assess(rules.sent.filter(({ kind }) => kind === 'outbox'));
    const { state: after, result } = await read(whatIfId);
    expect(after).toBe('done');
    const none = { gain: 0, lose: 0, becomeUnknown: 0, stayUnknown: 0, becomeNot: 0, stay: 0, stayNot: 0 };
    // No file covers the suspensions: three are met now, and cannot be told to be four. The three others cannot be told either way.
    expect(result).toEqual({
      families: 10,
      eligible: { ...none, stayUnknown: 10 },
      criteria: [{ criterionId: 'P2.H2.2', met: { ...none, becomeUnknown: 'withheld', stayUnknown: 'withheld' } }],
    });
    expect(await itemsBut(own)).toEqual(before);
    expect(await itemsBut(/^(?!OUTBOX)/)).toEqual([]);
    expect(whatIfSchema.parse((await ask({ kind: 'plan', plan: fourSuspensions('2027-04-01') }, key)).json).whatIfId).toBe(whatIfId);
    expect((await ask({ kind: 'plan', plan: fourSuspensions('2027-05-01') }, key)).status).toBe(422);
  });

  it('of a draft that is there asks for one heading instead of two: those with suspensions would gain', async () => {
    const { citation } = fourSuspensions('2027-04-01').period ?? {};
    const plan = { ...fourSuspensions('2027-06-01'), changes: {}, entry: { count: 'headings', atLeast: 1, citation } };
    expect((await rules.propose({ kind: 'plan', plan })).status).toBe(201);
    const { whatIfId } = whatIfSchema.parse((await ask({ kind: 'version', id: plan.id, version: plan.version })).json);
    // No time left after the first page: the next worker goes on, and nothing is counted twice.
    const messages = rules.sent.filter(({ kind }) => kind === 'outbox').slice(-1);
    await harness.assess(messages, 1);
    await harness.assess(messages, 1);
    expect((await read(whatIfId)).result).toMatchObject({
      families: 10,
      eligible: { gain: 'withheld', stayUnknown: 'withheld' },
      criteria: [],
    });
  });

  it('handed from worker to worker after each page of three, by several at once, counts each family once', async () => {
    const { citation } = fourSuspensions('2027-04-01').period ?? {};
    const plan = { ...fourSuspensions('2027-07-01'), entry: { count: 'headings', atLeast: 1, citation } };
    const asked = async (): Promise<{ readonly whatIfId: string }> => whatIfSchema.parse((await ask({ kind: 'plan', plan })).json);
    const pace = { pageSize: 3, mostPages: 1 };
    const noTime = (): boolean => false;
    const [slow, quick] = [await asked(), await asked()];
    const turns: string[] = [];
    // Two workers are given the same message each time: one of them finds the page counted.
    for (let turn = 0; turn < 10 && turns.at(-1) !== 'done'; turn += 1) {
      const both = [1, 2].map(() => workOutWhatIf(harness.ports, slow.whatIfId, noTime, pace));
      turns.push((await Promise.all(both))[0] ?? '');
      const { families = 0 } = (await harness.ports.whatIfs.findWhatIf(slow.whatIfId)) ?? {};
      expect(families).toBeLessThanOrEqual(3 * turns.length);
    }
    expect(turns.length).toBeGreaterThanOrEqual(4);
    expect(await workOutWhatIf(harness.ports, quick.whatIfId, () => true)).toBe('done');
    const [inTurns, atOnce] = [
      await harness.ports.whatIfs.findWhatIf(slow.whatIfId),
      await harness.ports.whatIfs.findWhatIf(quick.whatIfId),
    ];
    expect(inTurns).toMatchObject({ state: 'done', families: 10, eligible: atOnce?.eligible, criteria: atOnce?.criteria });
    expect(inTurns?.cursor).toBeUndefined();
    // Another worker that comes too late changes nothing.
    expect(await workOutWhatIf(harness.ports, slow.whatIfId, () => true, pace)).toBe('done');
    expect(await harness.ports.whatIfs.findWhatIf(slow.whatIfId)).toEqual(inTurns);
  });

  it('is asked by programme officers about rules that there are', async () => {
    expect(problemOf(await ask({ kind: 'version', id: 'no-such', version: '1' })).code).toBe('rule-set-not-found');
    expect(problemOf(await rules.call({ path: `/v1/what-ifs/${ulid()}` })).code).toBe('what-if-not-found');
    expect((await rules.call({ path: `/v1/what-ifs/${ulid()}`, roles: ['lead-practitioner'] })).status).toBe(403);
  });
});
