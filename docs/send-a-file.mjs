// Sends a file without the page:  SF_CODE='4821 9034' node send-a-file.mjs LINK FILE
// FILE is .csv, .tsv, .txt or .xlsx. LINK is the address that the council sent; the code comes by another channel. Node 20 or newer, nothing to install.
// Ends with 0 where every row was taken, with 2 where rows were refused, and with 1 where the file was, waits for a person or never came.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [link = '', file = ''] = process.argv.slice(2);
const { origin, hash } = new URL(link);

const stop = (message) => {
  console.error(message);
  process.exit(1);
};

const ask = async (path, body) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/api/v1/portal/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) stop([answer.title, answer.detail, ...(answer.errors ?? []).map(({ message, fix }) => `${message} ${fix}`)].join('\n'));
  return answer;
};

const { session } = await ask('link', { token: hash.slice(1), code: process.env.SF_CODE });
const bytes = await readFile(file);
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const contentType = { '.tsv': 'text/tab-separated-values', '.xlsx': workbook }[extname(file).toLowerCase()] ?? 'text/csv';
const sha256 = createHash('sha256').update(bytes).digest('base64');
const grant = await ask('grants', { session, sha256, size: bytes.length, contentType });
const put = await fetch(grant.url, { method: grant.method, headers: grant.headers, body: bytes });
// 412: it is there already, from an attempt whose answer was lost.
if (!put.ok && put.status !== 412) stop(`The file store answered ${put.status}. Run this again.`);

for (;;) {
  const { items } = await ask('uploads', { session });
  const { state, counts, refusal } = items.find(({ uploadId }) => uploadId === grant.uploadId) ?? {};
  if (['completed', 'held', 'refused', 'expired', 'withdrawn'].includes(state)) {
    console.log(JSON.stringify({ reference: grant.reference, state, counts, refusal }));
    process.exit(state !== 'completed' ? 1 : counts.refused > 0 ? 2 : 0);
  }
  await pause(3000);
}
