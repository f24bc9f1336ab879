import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sendPartnerFile } from '#infra/local/demo/send-partner-file.ts';
import { aWorkbook } from '../../support/a-workbook.ts';
import { manyPupils, schoolRollCsv, type Pupil } from '../../support/school-roll-csv.ts';
import { useSystem } from '../../support/system.ts';

const system = useSystem();

const roll = (pupils: readonly Pupil[]): string => schoolRollCsv(pupils);
const none = { added: 0, changed: 0, unchanged: 0, refused: 0, ended: 0 };
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Everything held about people, whatever else was stored beside it. */
const held = async () =>
  (await system().items('Records'))
    .filter(({ sk }) => /^(?:LEDGER|PROFILE|RECORD#)/.test(String(sk)))
    .map(({ pk, sk }) => `${String(pk)} ${String(sk)}`);

describe('What was sent before', () => {
  const pupils = manyPupils(40);

  it('is recognised: the same file, sent twice, doubles nothing', async () => {
    const { issueLink, send, portal, host } = system();
    const link = await issueLink({ agency: 'first-school', feed: 'school-roll' });
    expect(await send(link, roll(pupils))).toMatchObject({ state: 'completed', counts: { ...none, rows: 40, added: 40 } });
    const before = await held();
    await expect(sendPartnerFile(portal, link, Buffer.from(roll(pupils)))).rejects.toMatchObject({
      status: 409,
      code: 'file-already-received',
    });
    const other = await issueLink({ agency: 'first-school', feed: 'school-roll' });
    await expect(sendPartnerFile(portal, other, Buffer.from(roll(pupils)))).rejects.toMatchObject({ status: 409 });
    await host.drained();
    expect(await held()).toEqual(before);
  });

  it('is recognised row by row in another file: of the same rows in another order and one more, only that one is new', async () => {
    const { issueLink, send } = system();
    const link = await issueLink({ agency: 'first-school', feed: 'school-roll' });
    const before = await held();
    const more = manyPupils(41);
    const upload = await send(link, roll(more.toReversed()));
    expect(upload).toMatchObject({ state: 'completed', counts: { ...none, rows: 41, added: 1, unchanged: 40 } });
    const after = await held();
    expect(
      after
        .filter((key) => !before.includes(key))
        .map((key) => key.replace(/.*(LEDGER|PROFILE|RECORD#).*/, '$1'))
        .sort(),
    ).toEqual(['LEDGER', 'PROFILE', 'RECORD#']);
    expect(before.every((key) => after.includes(key))).toBe(true);
  });

  it('ends where a snapshot has it no longer, and changes where a row says something else', async () => {
    const { issueLink, send } = system();
    const link = await issueLink({ agency: 'first-school', feed: 'school-roll' });
    expect(await send(link, roll(pupils))).toMatchObject({ state: 'completed', counts: { ...none, rows: 40, unchanged: 40, ended: 1 } });
    const moved = pupils.map((pupil, index) => (index === 7 ? { ...pupil, line: '200 Mill Lane' } : pupil));
    expect(await send(link, roll(moved))).toMatchObject({ state: 'completed', counts: { ...none, rows: 40, unchanged: 39, changed: 1 } });
  });
});

describe('A file that is not what it says', () => {
  it.each<readonly [what: string, file: string | Uint8Array, code: string]>([
    ['another feed', 'upn,category,start_date,sessions,reason\r\nA000000000001,SUSP,01/09/2026,2,\r\n', 'other-feed'],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'file-is-binary'],
    ['without column names', roll(manyPupils(3)).split('\r\n').slice(1).join('\r\n'), 'header-missing'],
    ['without rows', `${roll([]).split('\r\n')[0] ?? ''}\r\n`, 'file-no-rows'],
    ['only blank', ' \r\n', 'file-empty'],
    ['a virus', `${roll(manyPupils(2))}${eicar}`, 'malware-found'],
  ])('(%s) is refused as a whole, with the reason, and nothing of it is kept', async (_, file, code) => {
    const { issueLink, send, rowErrors } = system();
    const link = await issueLink({ agency: 'second-school', feed: 'school-roll' });
    const before = await held();
    const upload = await send(link, file);
    expect(upload).toMatchObject({ state: 'refused', counts: { ...none, rows: 0 } });
    expect(upload.refusal?.code).toBe(code);
    expect(upload.refusal?.message).toMatch(/\w+ \w+/);
    expect(upload.refusal?.fix).toMatch(/\w+ \w+/);
    expect(await rowErrors(upload.uploadId)).toEqual([]);
    expect(await held()).toEqual(before);
  });

  it('(no bytes at all) is not even asked for', async () => {
    const { issueLink, portal } = system();
    const link = await issueLink({ agency: 'second-school', feed: 'school-roll' });
    await expect(sendPartnerFile(portal, link, Buffer.alloc(0))).rejects.toMatchObject({ status: 422, code: 'file-not-acceptable' });
  });
});

describe('A file sent by a machine', () => {
  it('goes the same way, by the script of the documentation', async () => {
    const { issueLink, host } = system();
    const { url, code } = await issueLink({ agency: 'third-school', feed: 'school-roll' });
    const folder = mkdtempSync(join(tmpdir(), 'send-a-file-'));
    const csv = join(folder, 'roll.csv');
    writeFileSync(csv, schoolRollCsv(manyPupils(3, 9000)));
    const workbook = join(folder, 'more.xlsx');
    const rows = schoolRollCsv(manyPupils(5, 9000)).trim().split(/\r?\n/);
    writeFileSync(workbook, aWorkbook({ sheets: [{ rows: rows.map((row) => [...row.split(','), 'not for the council']) }] }));
    const send = (givenCode: string, file = csv) =>
      promisify(execFile)(process.execPath, ['docs/send-a-file.mjs', url, file], { env: { ...process.env, SF_CODE: givenCode } });
    await expect(send('0000 0000 0')).rejects.toThrow('This link and code do not open anything');
    const { stdout } = await send(code);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'completed', counts: { rows: 3, added: 3 } });
    const again = await send(code, workbook);
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'completed', counts: { rows: 5, added: 2 } });
    await host.drained();
    rmSync(folder, { recursive: true });
  });
});
