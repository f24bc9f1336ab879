import { createHash } from 'node:crypto';
import { ingestUpload } from '#shared/services/ingest/ingest-upload.ts';
import type { ObjectReader } from '#shared/services/uploads/object-store.ts';
import { openTestDatabase } from '#test/support/dynamodb-local.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { filePeriod, makeBorough } from './borough.ts';
import type { WorkerMemory } from './worker-memory.ts';

/**
 * The process whose memory is watched. Its file is never in memory as a whole: 250 incidents, said again and again
 * until the file is as large as asked for, so that parsing, checking, hashing, looking up and checkpoints run for each row
 * while DynamoDB Local need not hold half a million people.
 */
const run = async (endpoint: string, megabytes: number): Promise<WorkerMemory> => {
  const borough = makeBorough(100, 1);
  const people = borough.families.flatMap((family) => family.people).slice(0, 250);
  const { csv, feed } = borough.incidentsAbout(people, 'INC');
  const body = new TextEncoder().encode(csv.slice(csv.indexOf('\n') + 1));
  const header = new TextEncoder().encode(csv.slice(0, csv.indexOf('\n') + 1));
  const times = Math.max(1, Math.floor((megabytes * 1024 * 1024 - header.length) / body.length));
  const size = header.length + times * body.length;

  const stream = async function* (from: number): AsyncGenerator<Uint8Array, void, void> {
    if (from < header.length) yield await Promise.resolve(header.subarray(from));
    for (let part = Math.floor(Math.max(0, from - header.length) / body.length); part < times; part += 1) {
      const begin = Math.max(0, from - header.length - part * body.length);
      // Copies, as a network gives them: a view of one buffer would cost nothing.
      for (let start = begin; start < body.length; start += 65_536)
        yield await Promise.resolve(body.slice(start, Math.min(start + 65_536, body.length)));
    }
  };
  const digest = createHash('sha256');
  for await (const piece of stream(0)) digest.update(piece);
  const sha256 = digest.digest('base64');

  const { ports, receive } = ingestHarness(await openTestDatabase(endpoint));
  const { uploadId } = await receive(feed, '', { ...filePeriod, size, sha256 });
  const cleanFiles: ObjectReader = {
    describe: (key) => Promise.resolve({ key, versionId: 'v-1', size, sha256 }),
    read: (_, from = 0) => Promise.resolve(stream(from)),
  };
  const startMegabytes = process.memoryUsage.rss() / 1024 / 1024;
  const startedAt = performance.now();
  const outcome = await ingestUpload({ ...ports, cleanFiles }, uploadId, { owner: 'bench', remainingMs: () => 900_000 });
  if (outcome.kind !== 'completed') throw new Error(`the file is ${outcome.kind}`);
  return {
    fileMegabytes: size / 1024 / 1024,
    rows: outcome.counts.rows,
    seconds: (performance.now() - startedAt) / 1000,
    startMegabytes,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};

const [, , endpoint = '', megabytes = ''] = process.argv;
process.send?.(await run(endpoint, Number(megabytes)), undefined, undefined, () => process.exit(0));
