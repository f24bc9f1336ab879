import fc from 'fast-check';
import { ulid } from 'ulid';
import { expect, it, describe } from 'vitest';
import { withdrawUpload } from '#shared/services/withdrawals/withdraw-upload.ts';
import { campaign } from '#test/support/campaigns.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords, inconsistencies, type HeldRecords } from '#test/support/held-records.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const { runs, seed } = campaign('withdraw');
const pupils = manyPupils(7);

/** Two files of one feed: who is in each and where they live. Whichever period they are about, B is sent after A. */
const twoFiles = fc.record({
  rolls: fc.tuple(
    fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 7 }),
    fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 7 }),
  ),
  moved: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 7 }),
  isSamePeriod: fc.boolean(),
  withdrawn: fc.constantFrom(0, 1),
  kind: fc.constantFrom('snapshot' as const, 'increment' as const),
});

const periods = [
  { periodStart: '2025-09-01', periodEnd: '2025-12-19' },
  { periodStart: '2026-01-05', periodEnd: '2026-03-27' },
] as const;

const incidents = (numbers: readonly number[], changed: (n: number) => boolean, name: string): string =>
  [
    'incident_no,partner_person_id,incident_date,role,asb_flag,da_flag,surname,forename,dob,postcode',
    ...numbers.map((n) => {
      const { number, surname, forename, dob } = pupils[n]!;
      return [
        `I-${String(n)}`,
        number,
        '03/11/2025',
        changed(n) ? 'Witness' : 'Victim',
        'N',
        'N',
        `${surname}${name}`,
        forename,
        dob,
        'L36 9GL',
      ].join(',');
    }),
    '',
  ].join('\r\n');

/** What stands there, with people named by what is held about them and nothing of how it came about. */
const view = ({ ledgers, records, superseded, profiles, keys }: HeldRecords, agency: string, uploadNames: ReadonlyMap<string, string>) => {
  const own = records.filter((record) => record.agency === agency);
  const nameOf = new Map<string, string>();
  for (const record of own.toSorted((a, b) => ((a.details.agencyPersonId ?? '') < (b.details.agencyPersonId ?? '') ? -1 : 1))) {
    if (!nameOf.has(record.personId))
      nameOf.set(record.personId, `${record.subject} ${record.details.agencyPersonId ?? ''} ${record.details.surname ?? ''}`);
  }
  const readable = (value: unknown): unknown => {
    if (typeof value === 'string') return nameOf.get(value) ?? uploadNames.get(value) ?? value;
    if (Array.isArray(value)) return value.map(readable);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        // How often something was written, and when a key that is kept anyway runs out.
        .filter(([name]) => !['version', 'contentVersion', 'rowId', 'because', 'decision', 'schemaVersion'].includes(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, of]) => [name, readable(of)]),
    );
  };
  const people = new Set(own.map(({ personId }) => personId));
  const lines = (items: readonly unknown[]) => items.map((item) => JSON.stringify(readable(item))).toSorted();
  return {
    ledgers: lines(ledgers.filter((ledger) => ledger.agency === agency).map(({ contentHash: _contentHash, ...ledger }) => ledger)),
    records: lines(own),
    superseded: lines(superseded.filter((record) => record.agency === agency)),
    profiles: lines(profiles.filter(({ personId }) => people.has(personId)).map(({ identityKeys: _identityKeys, ...profile }) => profile)),
    keys: lines(
      keys
        .map(({ key, persons, namedBy }) => ({
          key: key.replace(/#v1\..*$/, ''),
          persons: persons.filter((id) => people.has(id)),
          namedBy: namedBy.filter((id) => people.has(id)),
        }))
        .filter(({ persons, namedBy }) => persons.length + namedBy.length > 0),
    ),
  };
};

const turn = { remainingMs: () => 900_000 };

describe('A withdrawal that takes several turns', () => {
  it('goes on where the one before stopped: each row is looked at once, unless the feed has moved', async () => {
    const h = ingestHarness(database());
    const upload = await h.receive('school-roll', schoolRollCsv(manyPupils(100, 700)), { agency: 'agency-turns' });
    await h.ingest(upload.uploadId);
    await h.withdraw(upload.uploadId);
    const looked: string[] = [];
    const store = h.withdrawals.records;
    const records: typeof store = {
      ...store,
      readLedgers: (rowIds) => {
        looked.push(...rowIds);
        return store.readLedgers(rowIds);
      },
    };
    /** Enough for two steps. */
    const shortTurn = () => {
      let asked = 0;
      return () => ((asked += 1) <= 4 ? 900_000 : 0);
    };
    const take = async (from?: Parameters<typeof withdrawUpload>[2]['from'], remainingMs = shortTurn()) => {
      looked.length = 0;
      const outcome = await withdrawUpload({ ...h.withdrawals, records }, upload.uploadId, { remainingMs, from });
      const message = h.ingestQueue.sent.pop();
      const rows = 'rows' in outcome ? outcome.rows : 0;
      return { kind: outcome.kind, rows, seen: new Set(looked), from: message?.kind === 'withdraw' ? message.from : undefined };
    };
    const first = await take();
    expect([first.kind, first.from === undefined]).toEqual(['handed-over', false]);
    const second = await take(first.from, () => 900_000);
    expect(second.kind).toBe('withdrawn');
    expect(first.rows).toBeGreaterThan(0);
    expect([second.seen.size, second.rows]).toEqual([100 - first.rows, 100 - first.rows]);
    expect(inconsistencies(await heldRecords(database()))).toEqual([]);
  });

  it('looks at everything again where something of the feed has moved since', async () => {
    const h = ingestHarness(database());
    const upload = await h.receive('school-roll', schoolRollCsv(manyPupils(3, 900)), { agency: 'agency-moved' });
    await h.ingest(upload.uploadId);
    await h.withdraw(upload.uploadId);
    const from = { coverage: 0, part: 0, row: '~' };
    expect(await withdrawUpload(h.withdrawals, upload.uploadId, { ...turn, from })).toMatchObject({ kind: 'withdrawn', rows: 3 });
  });
});

describe('A file that is taken back', () => {
  it('leaves everything as it would be had only the other file been sent', async () => {
    let trial = 0;
    await fc.assert(
      fc.asyncProperty(twoFiles, async ({ rolls, moved, isSamePeriod, withdrawn, kind }) => {
        trial += 1;
        const h = ingestHarness(database());
        const feed = kind === 'snapshot' ? ('school-roll' as const) : ('police-incidents' as const);
        const name = (world: string) => `zz${world}${'x'.repeat(trial % 40)}${'y'.repeat(Math.floor(trial / 40))}`;
        const file = (which: 0 | 1, world: string): string => {
          const isMoved = (n: number) => which === 1 && moved.includes(n);
          if (kind === 'increment') return incidents(rolls[which], isMoved, name(world));
          return schoolRollCsv(
            rolls[which].map((n) => ({
              ...pupils[n]!,
              surname: `${pupils[n]!.surname}${name(world)}`,
              line: isMoved(n) ? '2 Mill Lane' : '1 Mill Lane',
            })),
          );
        };
        const uploads = [ulid(), ulid()].toSorted();
        const send = async (which: 0 | 1, world: string, uploadId: string) => {
          const agency = `agency-${world}-${String(trial)}`;
          const period = { ...periods[isSamePeriod ? 0 : which], ...(kind === 'increment' && { periodStart: '2025-09-01' }) };
          const upload = await h.receive(feed, file(which, world), { ...period, agency, uploadId });
          expect((await h.ingest(upload.uploadId)).kind).toBe('completed');
        };
        const [both, alone] = [`agency-p-${String(trial)}`, `agency-q-${String(trial)}`];
        await send(0, 'p', uploads[0] ?? '');
        await send(1, 'p', uploads[1] ?? '');
        const gone = uploads[withdrawn] ?? '';
        await h.withdraw(gone);
        // Two at once, and once more when it is done.
        const [one, other] = await Promise.all([withdrawUpload(h.withdrawals, gone, turn), withdrawUpload(h.withdrawals, gone, turn)]);
        expect([one.kind, other.kind]).toContain('withdrawn');
        expect((await withdrawUpload(h.withdrawals, gone, turn)).kind).toBe('ignored');

        const left = withdrawn === 0 ? 1 : 0;
        const onlyId = ulid();
        await send(left, 'q', onlyId);
        const held = await heldRecords(database());
        expect(inconsistencies(held)).toEqual([]);
        const names = (id: string) => new Map([[id, 'the file']]);
        const plain = (text: string): string =>
          text
            .replaceAll(/agency-[pq]-/g, 'agency-')
            .replaceAll(/zz[pq]x*y*/gi, '')
            .replaceAll(/v1\.[\w-]+/g, 'hash');
        const worldless = (of: ReturnType<typeof view>) =>
          Object.fromEntries(Object.entries(of).map(([kind, lines]) => [kind, lines.map(plain).toSorted()]));
        const [after, expected] = [view(held, both, names(uploads[left] ?? '')), view(held, alone, names(onlyId))];
        expect(worldless(after)).toEqual(worldless(expected));
        const [covered, expectedCover] = await Promise.all([both, alone].map((agency) => h.ports.coverage.readFeedCoverage(agency, feed)));
        expect(covered?.periods.map(({ from, to }) => [from, to])).toEqual(expectedCover?.periods.map(({ from, to }) => [from, to]));
        expect([covered?.head?.periodEnd, covered?.withdrawing]).toEqual([expectedCover?.head?.periodEnd, undefined]);
      }),
      { seed, numRuns: runs },
    );
  }, 3_600_000);
});
