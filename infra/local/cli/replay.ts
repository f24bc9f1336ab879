import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { determinationRecordSchema, type DeterminationRecord } from '#shared/domain/eligibility/replay/determination-record.ts';
import { replayDetermination } from '#shared/domain/eligibility/replay/replay-determination.ts';
import { describeReplay } from './replay/describe-replay.ts';
import { determinationNamed, fetchRecord } from './replay/fetch-record.ts';

/**
 * `npm run replay -- FAMILY VERSION`: reads a determination's record from the service at `API` with the bearer token `TOKEN`, makes it
 * again on this machine and says whether every byte is the same. `npm run replay -- FILE`: the same of a record in a file.
 * Ends with 0 where it is (or where only erased rows stand in the way), 1 where it is not, 2 where there is no such record to be had.
 */
const usage = [
  'Say which determination:',
  '  npm run replay -- FAMILY VERSION   from the service at $API, with the access token of a programme officer or auditor in $TOKEN',
  '  npm run replay -- FILE             a determination record, as JSON',
].join('\n');

const read = async (words: readonly string[]): Promise<DeterminationRecord> => {
  const named = determinationNamed(words);
  if (named === undefined) {
    const path = words.join(' ');
    const text = await readFile(path, 'utf8');
    try {
      return determinationRecordSchema.parse(JSON.parse(text));
    } catch {
      // Not what is wrong with it: that could repeat what the file holds.
      throw new Error(`${path} is no determination record that can be read.`);
    }
  }
  const { API: api, TOKEN: token } = process.env;
  if (api === undefined || token === undefined || token === '')
    throw new Error('Set API to the address of the service, and TOKEN to the access token of a programme officer or auditor.');
  return fetchRecord(named, { api, token });
};

const words = process.argv.slice(2).filter((word) => word !== '');
if (words.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const record = await read(words).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (record instanceof Error) {
    console.error(record.message.split('\n')[0] ?? '');
    process.exitCode = 2;
  } else {
    const replay = replayDetermination(record, (text) => createHash('sha256').update(text, 'utf8').digest('hex'));
    console.log(describeReplay(record, replay).join('\n'));
    process.exitCode = replay.verdict === 'identical' || replay.verdict === 'verified-with-erasures' ? 0 : 1;
  }
}
