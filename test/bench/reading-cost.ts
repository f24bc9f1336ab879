import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';

interface ReadingCost {
  readonly feed: FeedId;
  readonly rows: number;
  readonly accepted: number;
  readonly bytes: number;
  readonly cpuMicroseconds: number;
}

interface FeedFile {
  readonly feed: FeedId;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly bytes: Uint8Array;
}

/**
 * Processor time of reading alone: bytes to rows, every cell checked and normalised, no hashes and no storage. The sample's
 * files of every feed with the faults they have, each read as often as it takes to have `rowsPerFeed` rows, after one
 * reading to warm up.
 */
export const measureReadingCost = async (families: number, rowsPerFeed: number): Promise<readonly ReadingCost[]> => {
  const files: FeedFile[] = [...generateSampleData({ families, seed: 1 }).files, referralFile()];
  for (const file of files) await readOnce(file);
  const costs: ReadingCost[] = [];
  for (const file of files) {
    let [rows, accepted, bytes] = [0, 0, 0];
    const before = process.cpuUsage();
    while (rows < rowsPerFeed) {
      const read = await readOnce(file);
      rows += read.rows;
      accepted += read.accepted;
      bytes += file.bytes.length;
    }
    const { user, system } = process.cpuUsage(before);
    costs.push({ feed: file.feed, rows, accepted, bytes, cpuMicroseconds: user + system });
  }
  return costs;
};

const readOnce = async ({ feed: id, bytes, periodStart, periodEnd }: FeedFile): Promise<{ rows: number; accepted: number }> => {
  const feed = feeds[id];
  const period = { start: periodStart, end: periodEnd };
  let [rows, accepted] = [0, 0];
  for await (const event of readFile(feed, inPieces(bytes))) {
    if (event.kind === 'refused') throw new Error(`the sample's ${id} file is refused: ${event.refusal.code}`);
    if (event.kind === 'row' && feed.readRow(event.cells, period).ok) accepted += 1;
    if (event.kind === 'row' || event.kind === 'bad-row') rows += 1;
  }
  if (rows === 0) throw new Error(`the sample's ${id} file has no rows`);
  return { rows, accepted };
};

/** In pieces of 64 KB, as an object store's stream gives them. */
const inPieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.length; start += 65_536) yield await Promise.resolve(bytes.subarray(start, start + 65_536));
};

/** Referrals come one by one and are in no sample file: the contract's example, again and again. */
const referralFile = (): FeedFile => {
  const { id, columns, exampleRow } = feeds['professional-referral'];
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const line = (cells: readonly string[]): string => cells.map(quoted).join(',');
  const row = line(columns.map(({ name }) => exampleRow[name] ?? ''));
  const csv = [line(columns.map(({ name }) => name)), ...Array.from({ length: 500 }, () => row), ''].join('\n');
  return { feed: id, periodStart: '2020-01-01', periodEnd: '2030-12-31', bytes: new TextEncoder().encode(csv) };
};
