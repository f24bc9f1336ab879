import { expect, it } from 'vitest';
import { mostPerKey } from '#shared/domain/matching/match-key-entry.ts';
import { seedFile } from '#test/bench/seed-borough.ts';
import { costPer, RequestMeter, type Cost } from '#test/bench/request-meter.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { campaign } from '#test/support/campaigns.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const autumn = { periodStart: '2025-12-01', periodEnd: '2026-01-09' };

const syllables = ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru', 'sa', 'te', 'vi', 'wo', 'zu', 'he'];

/** A name that sounds like no other. */
const nameOf = (number: number): string =>
  Array.from(((number * 0x9e3779b1) >>> 8).toString(16).padStart(6, '0'), (digit) => syllables[Number.parseInt(digit, 16)]).join('');

/** Children of one surname and of one default birthday: the day that says least, in a town where the surname says nothing. */
const kin = (from: number, count: number): Pupil[] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return {
      number: `K${String(n)}`,
      surname: 'Khan',
      forename: nameOf(n),
      dob: '01/01/2015',
      line: `${String(n)} ${nameOf(n + 70_000)} Road`,
      postcode: `L3${String(n % 7)} ${String(Math.floor(n / 7) % 9)}${'ABDEFGHJLN'.charAt(Math.floor(n / 63) % 10)}${'PQRSTUWXYZ'.charAt(Math.floor(n / 630) % 10)}`,
    };
  });

const hold = async (h: IngestHarness, from: number, count: number): Promise<void> => {
  const pupils = kin(from, count);
  for (let at = 0; at < pupils.length; at += 500)
    await seedFile(database(), h.ports, 'held', { feed: 'school-roll', csv: schoolRollCsv(pupils.slice(at, at + 500)), rows: 500 });
};

/** Another school has these pupils as well: who they are taken to be, and what a row costs. */
const another = async (h: IngestHarness, meter: RequestMeter, pupils: readonly Pupil[], school: string) => {
  const { uploadId } = await h.receive('school-roll', schoolRollCsv(pupils), { ...autumn, agency: school });
  meter.take();
  expect((await h.ingest(uploadId)).kind).toBe('completed');
  return costPer(meter.take(), pupils.length);
};

const rows = 20;
/** Thousands with `npm run campaign -- crowded-blocks`. */
const sizes = { few: 150, many: campaign('crowded-blocks').runs };

it('thousands of one surname and one birthday are found by what else is known of them, and cost no more than a few hundred', async () => {
  const meter = new RequestMeter();
  const h = ingestHarness(database(), meter);
  const costs: { readonly known: Cost; readonly newcomers: Cost }[] = [];
  let held = 0;
  for (const size of [sizes.few, sizes.many]) {
    await hold(h, held, size - held);
    held = size;
    const name = size === sizes.few ? 'few' : 'many';
    // The first comers, who stand under the broadest key, and the last ones, who do not.
    const known = [...kin(20, rows / 2), ...kin(size - rows / 2, rows / 2)];
    costs.push({
      known: await another(h, meter, known, `again-${name}`),
      newcomers: await another(h, meter, kin(10_000 + size, rows), `new-${name}`),
    });
  }
  const { records, keys, profiles } = await heldRecords(database());
  const personOf = (agency: string) =>
    new Map(records.filter((record) => record.agency === agency).map(({ details, personId }) => [details.forename, personId]));
  const before = personOf('held');
  for (const school of ['again-few', 'again-many'])
    for (const [forename, personId] of personOf(school)) expect(personId).toBe(before.get(forename));
  expect(profiles).toHaveLength(sizes.many + 2 * rows);
  expect(keys.filter(({ persons }) => persons.length > mostPerKey)).toEqual([]);
  expect(keys.some(({ key, crowded }) => crowded && key.startsWith('BLOCK#'))).toBe(true);
  const [few, many] = costs;
  for (const kind of ['known', 'newcomers'] as const) {
    expect(many![kind].readUnits / few![kind].readUnits).toBeLessThanOrEqual(1.1);
    expect(many![kind].writeUnits / few![kind].writeUnits).toBeLessThanOrEqual(1.1);
  }
  // What a file writes once, shared by few rows, is in it.
  expect(many!.known.writeUnits).toBeLessThanOrEqual(8.1);
  expect(many!.newcomers.readUnits).toBeLessThanOrEqual(20);
  expect(many!.newcomers.writeUnits).toBeLessThanOrEqual(22);
}, 120_000);

/** Just more than one key holds. */
const pupilsAtOnce = mostPerKey + 8;
const workers = 8;

it('eight workers who fill the same key at once lose nobody and make nobody twice', async () => {
  const pupils = Array.from({ length: pupilsAtOnce }, (_, n): Pupil => {
    const [pupil] = kin(30_000 + n, 1);
    return { ...pupil!, surname: 'Begum' };
  });
  const harnesses = Array.from({ length: workers }, () => ingestHarness(database()));
  await Promise.all(
    harnesses.map(async (h, index) => {
      const turned = [...pupils.slice(index * 9), ...pupils.slice(0, index * 9)];
      const { uploadId } = await h.receive('school-roll', schoolRollCsv(turned), { ...autumn, agency: `eight-${String(index)}` });
      for (;;) {
        // Too many conflicts: the message comes back.
        const outcome = await h.ingest(uploadId, { owner: `message-${String(index)}` }).catch(() => undefined);
        if (outcome !== undefined) return;
      }
    }),
  );
  const held = await heldRecords(database());
  const ours = held.records.filter(({ agency }) => agency.startsWith('eight-'));
  expect(ours).toHaveLength(workers * pupilsAtOnce);
  expect(new Set(ours.map(({ personId }) => personId)).size).toBe(pupilsAtOnce);
  for (const { forename } of pupils)
    expect(new Set(ours.filter(({ details }) => details.forename === forename).map(({ personId }) => personId)).size).toBe(1);
  const standing = new Map(held.keys.map(({ key, persons }) => [key, persons]));
  const people = new Set(ours.map(({ personId }) => personId));
  const astray = held.profiles
    .filter(({ personId }) => people.has(personId))
    .flatMap(({ personId, identityKeys }) => identityKeys.filter((key) => standing.get(key)?.includes(personId) !== true));
  expect(astray).toEqual([]);
  expect(held.keys.filter(({ persons }) => persons.length > mostPerKey)).toEqual([]);
}, 120_000);
