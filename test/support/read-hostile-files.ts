import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { openFile } from '#shared/contracts/files/opening/open-file.ts';
import type { FileSource } from '#shared/contracts/files/opening/file-source.ts';
import { UnreadableFile } from '#shared/contracts/files/opening/unreadable-file.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { findAgreedPart, writeAgreedPart } from '#shared/services/screening/agreed-part.ts';

/**
 * A process of its own that reads every file of a folder, and the good one after each, and prints what came of them and the
 * most memory that the process ever had. Whoever made the files is another process, so that only reading is measured.
 */
const [folder = '', good = '', door = 'page'] = process.argv.slice(2);
const feed = feeds.suspensions;
const period = { start: '2026-09-01', end: '2026-12-18' };

const agreed = feed.columns.map(({ name }) => name);

/** The file as the page reads it, or what screening keeps of one that came through another door. */
const csvOf = async (source: FileSource): Promise<AsyncIterable<Uint8Array>> => {
  if (door === 'page') return (await openFile(feed, source)).csv();
  const part = await findAgreedPart(feed, agreed, source);
  if (part.kind === 'refused') throw new UnreadableFile(part.refusal);
  return part.kind === 'whole' ? source.read(0, source.size) : writeAgreedPart(feed, part, source);
};

const outcomeOf = async (source: FileSource): Promise<{ codes: string[]; rows: number }> => {
  const codes = new Set<string>();
  let rows = 0;
  try {
    for await (const event of readFile(feed, await csvOf(source))) {
      if (event.kind === 'refused') codes.add(event.refusal.code);
      if (event.kind === 'bad-row') codes.add(event.problem.code);
      if (event.kind !== 'row') continue;
      const reading = feed.readRow(event.cells, period);
      if (reading.ok) rows += 1;
      else for (const { code } of reading.problems) codes.add(code);
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    codes.add(error.refusal.code);
  }
  return { codes: [...codes], rows };
};

const readFrom = async (path: string): Promise<{ codes: string[]; rows: number }> => {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    return await outcomeOf({
      size,
      read: async function* (from, to) {
        for (let at = from; at < to;) {
          const { bytesRead, buffer } = await handle.read(new Uint8Array(Math.min(65_536, to - at)), 0, null, at);
          if (bytesRead === 0) return;
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      },
    });
  } finally {
    await handle.close();
  }
};

for (const name of await readdir(folder)) {
  const start = performance.now();
  const outcome = await readFrom(join(folder, name));
  const seconds = (performance.now() - start) / 1000;
  const next = await readFrom(good);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ name, ...outcome, seconds, next, peakMegabytes })}\n`);
}
