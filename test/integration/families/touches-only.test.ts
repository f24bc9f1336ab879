import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { assessHarness } from '../../support/assess-harness.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { recordHolder } from '../../support/hold-records.ts';

const today = '2026-11-23';
const database = useDynamoDb();

it('one row more about one person has their family held against the rules again, and no other', async () => {
  const { ports } = assessHarness(database(), today);
  const hold = recordHolder(database(), today);
  const children = Array.from({ length: 8 }, (_, index) => {
    const letter = 'abcdefgh'.charAt(index);
    const address = { lines: [`${String(index + 1)} Mill Lane`], postcode: 'L36 9GL' };
    return { personId: ulid(), details: { forename: `Sam${letter}`, surname: `Sample${letter}`, birthDate: '2012-03-09', address } };
  });
  for (const { personId, details } of children) await hold(personId, { details });
  expect(
    await assessPeople(
      ports,
      children.map(({ personId }) => personId),
    ),
  ).toMatchObject({ families: 8, written: 8 });
  const [touched] = children;
  if (touched === undefined) throw new Error('there are eight');
  const [familyId = ''] = await ports.families.listFamilyIdsOfPerson(touched.personId);
  const ofOthers = async (): Promise<string[]> => {
    const { Items = [] } = await database().client.send(new ScanCommand({ TableName: database().tables.Records, ConsistentRead: true }));
    return Items.filter(({ pk }) => String(pk).startsWith('FAMILY#') && pk !== `FAMILY#${familyId}`)
      .map((item) => JSON.stringify(item))
      .toSorted();
  };
  const before = await ofOthers();
  expect(before.length).toBeGreaterThan(7 * 4);
  await hold(touched.personId, {
    feed: 'youth-justice',
    agency: 'yjs',
    subject: 'young-person',
    details: touched.details,
    facts: [{ kind: 'proven-offence', from: '2026-08-01' }],
  });
  expect(await assessPeople(ports, [touched.personId])).toMatchObject({ families: 1, written: 1 });
  expect(await ofOthers()).toEqual(before);
  expect((await ports.families.findDeterminations([familyId]))[0]).toMatchObject({ version: 2 });
});
