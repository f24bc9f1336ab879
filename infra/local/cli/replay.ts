import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { determinationRecordSchema } from '#shared/domain/eligibility/replay/determination-record.ts';
import { replayDetermination } from '#shared/domain/eligibility/replay/replay-determination.ts';
import { describeReplay } from './replay/describe-replay.ts';

/**
 * `npm run replay -- FILE`: makes a determination again from the record in the file and says whether every byte is the same.
 * Ends with 0 where it is (or where only erased rows stand in the way), 1 where it is not, 2 where the file is no such record.
 */
const [file = ''] = process.argv.slice(2);

const readRecord = async (path: string) => {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  return determinationRecordSchema.parse(parsed);
};

if (file === '') {
  console.error('Say which determination: npm run replay -- FILE. FILE is a determination record, as JSON.');
  process.exitCode = 2;
} else {
  const record = await readRecord(file).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (record instanceof Error) {
    console.error(`${file} is no determination record that can be read: ${record.message.split('\n')[0] ?? ''}`);
    process.exitCode = 2;
  } else {
    const replay = replayDetermination(record, (text) => createHash('sha256').update(text, 'utf8').digest('hex'));
    console.log(describeReplay(record, replay).join('\n'));
    process.exitCode = replay.verdict === 'identical' || replay.verdict === 'verified-with-erasures' ? 0 : 1;
  }
}
