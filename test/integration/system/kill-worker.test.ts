import { describe, expect, it } from 'vitest';
import { seededRandom } from '#infra/local/sample-data/random.ts';
import { campaign } from '../../support/campaigns.ts';
import { manyPupils, schoolRollCsv } from '../../support/school-roll-csv.ts';
import { useSystem, type System } from '../../support/system.ts';

const { runs: kills, seed } = campaign('kill-worker');
/** Enough rows that the worker is at work for all of the kills. */
const rows = kills > 3 ? 5000 : 1000;
/** Answers of the database to the worker between two kills, at most: a file of so many rows takes more than all of them together. */
const mostAnswersBetween = Math.floor(((rows / 1000) * 150) / kills);

const random = seededRandom(`kill-worker/${String(seed)}`);
let onAnswer: () => void = () => undefined;
/** Kills the worker after some of the database's answers, each a little later than it went out: between two calls or in the middle of one. */
const killAtRandomMoments = ({ host }: System): (() => number) => {
  let done = 0;
  let left = random.int(1, mostAnswersBetween);
  onAnswer = () => {
    if (done === kills || --left !== 0) return;
    const kill = (): void => {
      if (host.killFunction('ingest-upload')) done++;
      left = random.int(1, mostAnswersBetween);
    };
    setTimeout(kill, random.int(0, 12));
  };
  return () => done;
};

/** What is stored after a file of so many pupils who are all somebody else. */
const expectEachRowOnce = async ({ items, host }: System, uploadId: string, rows: number): Promise<void> => {
  const records = await items('Records');
  const keysOf = (sk: RegExp) => records.filter((item) => sk.test(String(item['sk'])));
  expect(keysOf(/^LEDGER$/)).toHaveLength(rows);
  expect(keysOf(/^PROFILE$/)).toHaveLength(rows);
  expect(keysOf(/^RECORD#/)).toHaveLength(rows);
  expect(keysOf(/^HISTORY#/)).toHaveLength(0);
  expect(keysOf(/^OUTBOX(#|$)/)).toEqual([]);
  // Each pupil lives alone in the file: as many families as pupils, each of them assessed.
  const people = new Set(keysOf(/^RECORD#/).map(({ pk }) => pk));
  const inFamilies = new Set(
    keysOf(/^FAMILY#/)
      .filter(({ pk }) => String(pk).startsWith('PERSON#'))
      .map(({ pk }) => pk),
  );
  expect(people.size).toBe(rows);
  expect(inFamilies).toEqual(people);
  expect(host.logs().filter(({ line }) => line.includes('is not allowed'))).toEqual([]);
  expect((await items('Uploads')).filter(({ pk, sk }) => pk === `UPLOAD#${uploadId}` && sk === 'OPEN')).toEqual([]);
};

const countsOf = (rows: number) => ({ rows, added: rows, changed: 0, unchanged: 0, refused: 0, ended: 0 });

describe('A file whose worker is killed', () => {
  const killed = useSystem({
    onCapacity: (name) => {
      if (name === 'ingest-upload') onAnswer();
    },
  });
  it(`${String(kills)} times at random moments is taken in with every row applied exactly once`, async () => {
    const system = killed();
    const link = await system.issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
    const done = killAtRandomMoments(system);
    const { uploadId } = await system.send(link, schoolRollCsv(manyPupils(rows)));
    expect(await system.finish(uploadId)).toMatchObject({ state: 'completed', counts: countsOf(rows) });
    expect(done()).toBe(kills);
    await expectEachRowOnce(system, uploadId, rows);
  }, 1_800_000);
});

describe('A file that takes longer than the worker has', () => {
  const short = useSystem({ timeouts: { 'ingest-upload': 5 } });
  it('is handed from one worker to the next with every row applied exactly once', async () => {
    const rows = 1000;
    const system = short();
    const link = await system.issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
    const upload = await system.send(link, schoolRollCsv(manyPupils(rows)));
    expect(await system.finish(upload.uploadId)).toMatchObject({ state: 'completed', counts: countsOf(rows) });
    const handedOver = system.host.logs().filter(({ line }) => line.includes('upload.handed-over'));
    expect(handedOver.length).toBeGreaterThan(0);
    await expectEachRowOnce(system, upload.uploadId, rows);
  }, 600_000);
});
