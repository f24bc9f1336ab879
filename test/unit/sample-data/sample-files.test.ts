import { describe, expect, it } from 'vitest';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { feedFacts } from '#shared/domain/eligibility/feed-facts.ts';
import { generateSampleData, type SampleFile } from '#infra/local/sample-data/generate-sample-data.ts';
import type { TruthFile } from '#infra/local/sample-data/truth.ts';

const sample = generateSampleData({ families: 400, seed: 7 });

interface Outcome {
  readonly refused: Map<number, readonly string[]>;
  readonly mentions: string[];
  readonly kinds: ReadonlySet<string>;
  readonly ignoredColumns: readonly unknown[];
  readonly rows: number;
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_000) yield await Promise.resolve(bytes.subarray(at, at + 50_000));
}

/** The file through the same reader and contract that the pipeline uses. */
const readSample = async (file: SampleFile): Promise<Outcome> => {
  const feed = feeds[file.feed];
  const refused = new Map<number, readonly string[]>();
  const mentions: string[] = [];
  const kinds = new Set<string>();
  let ignoredColumns: readonly unknown[] = [];
  let rows = 0;
  for await (const event of readFile(feed, inPieces(file.bytes))) {
    if (event.kind === 'refused') throw new Error(`${file.file} refused: ${event.refusal.message}`);
    if (event.kind === 'header') ({ ignoredColumns } = event);
    if (event.kind === 'row' || event.kind === 'bad-row') rows += 1;
    if (event.kind === 'bad-row') refused.set(event.row, ['']);
    if (event.kind !== 'row') continue;
    const reading = feed.readRow(event.cells, { start: file.periodStart, end: file.periodEnd });
    if (reading.ok)
      for (const { subject, facts } of reading.mentions) {
        mentions.push(`${String(event.row)} ${subject}`);
        for (const { kind } of facts) kinds.add(kind);
      }
    else
      refused.set(
        event.row,
        reading.problems.map(({ column }) => column ?? ''),
      );
  }
  return { refused, mentions, kinds, ignoredColumns, rows };
};

const truthOf = (file: SampleFile): TruthFile => {
  const found = sample.truth.files.find((each) => each.file === file.file);
  if (!found) throw new Error(`no truth for ${file.file}`);
  return found;
};

const cases = sample.files.map((file) => [file.feed, file] as const);

describe('every generated file, read through its feed contract', () => {
  it.each(cases)('%s has exactly the refused rows that the truth lists, each for the column it names', async (_feed, file) => {
    const { refused } = await readSample(file);
    const expected = truthOf(file).refused;
    expect([...refused.keys()]).toEqual(expected.map(({ row }) => row));
    for (const { row, column } of expected) expect(refused.get(row), `row ${String(row)}`).toContain(column ?? '');
  });

  it.each(cases)('%s mentions the people whom the truth lists, row by row', async (_feed, file) => {
    const { mentions } = await readSample(file);
    const expected = truthOf(file).mentions.map(([row, subject]) => `${String(row)} ${subject}`);
    expect(mentions.toSorted()).toEqual(expected.toSorted());
  });

  it.each([...new Set(cases.map(([feed]) => feed))])(
    'of %s show all the facts that rules may ask of the feed, and no others',
    async (feed) => {
      const read = await Promise.all(sample.files.filter((file) => file.feed === feed).map(readSample));
      expect([...new Set(read.flatMap(({ kinds }) => [...kinds]))].toSorted()).toEqual(feedFacts[feed].toSorted());
    },
  );

  it.each(cases)('%s has as many rows as its manifest says and no column that the feed does not know', async (_feed, file) => {
    const { rows, ignoredColumns } = await readSample(file);
    expect(rows).toBe(file.rows);
    expect(ignoredColumns).toEqual([]);
  });

  it.each(cases)('%s has two to three rows in a hundred refused, or one where it is short', (_feed, file) => {
    const share = truthOf(file).refused.length / file.rows;
    expect(truthOf(file).refused.length).toBeGreaterThan(0);
    if (file.rows > 100) expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(file.rows > 100 ? 0.035 : 0.15);
  });
});
