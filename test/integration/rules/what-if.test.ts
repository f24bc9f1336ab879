import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assessPeople } from '#shared/services/families/assess-people.ts';
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

  it('is asked by programme officers about rules that there are', async () => {
    expect(problemOf(await ask({ kind: 'version', id: 'no-such', version: '1' })).code).toBe('rule-set-not-found');
    expect(problemOf(await rules.call({ path: `/v1/what-ifs/${ulid()}` })).code).toBe('what-if-not-found');
    expect((await rules.call({ path: `/v1/what-ifs/${ulid()}`, roles: ['lead-practitioner'] })).status).toBe(403);
  });
});
