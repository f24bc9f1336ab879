import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeReceipt } from '#infra/local/cli/verify-receipt/describe-receipt.ts';
import { portalRoutes } from '#shared/contracts/http/portal-routes.ts';
import { receiptRoutes } from '#shared/contracts/http/receipt-routes.ts';
import { uploadRoutes } from '#shared/contracts/http/upload-routes.ts';
import { aWorkbook } from '../../support/a-workbook.ts';
import { manyPupils, schoolRollCsv } from '../../support/school-roll-csv.ts';
import { useSystem } from '../../support/system.ts';

const [, , readPortalUploads, , , readPortalReceipt] = portalRoutes;
const [readReceipt, verifyReceipt, listReceiptKeys] = receiptRoutes;
const rescan = uploadRoutes[7];

/** What the scanner says about the next files, by the number of the scan; `undefined`: it looks. */
let says: readonly ('ACCESS_DENIED' | 'FAILED' | undefined)[] = [];
const system = useSystem({ scannerSays: ({ times }) => says[times - 1] });

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');

it('Each of the five outcomes of the virus check has its words for the sender, its action for staff, and only a clean one is read', async () => {
  const { issueLink, send, upload, as, portal, host } = system();
  const link = await issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
  const sheets = [{ name: 'Pupils', rows: [['UPN', eicar]] }];
  const seen = async (uploadId: string) => {
    const { items } = await portal(readPortalUploads, { body: { session: link.session } });
    const { state, waiting, refusal } = items.find((item) => item.uploadId === uploadId) ?? {};
    return { state, code: (waiting ?? refusal)?.code, fix: (waiting ?? refusal)?.fix };
  };
  const sent = async (file: Uint8Array | string) => (await send(link, file)).uploadId;

  const clean = await sent(schoolRollCsv(manyPupils(2)));
  expect(await seen(clean)).toMatchObject({ state: 'completed', code: undefined });

  // Its receipt is signed by now; staff verify it, and so does anybody with the key.
  const signed = await portal(readPortalReceipt, { body: { session: link.session, uploadId: clean } });
  const auditor = await as('auditor');
  expect(await auditor(readReceipt, { path: { uploadId: clean } })).toEqual(signed);
  expect((await auditor(verifyReceipt, { body: signed })).verdict).toBe('genuine');
  const { items: keys } = await auditor(listReceiptKeys, {});
  expect(describeReceipt({ signed, isAsSigned: true }, keys[0]?.pem).exitCode).toBe(0);

  const infected = await sent(aWorkbook({ sheets }));
  expect(await seen(infected)).toMatchObject({ state: 'refused', code: 'malware-found' });
  expect((await seen(infected)).fix).toContain('IT team');

  const locked = await sent(Buffer.concat([compound, Buffer.alloc(4000), Buffer.from('EncryptedPackage', 'utf16le'), randomBytes()]));
  expect(await seen(locked)).toMatchObject({ state: 'refused', code: 'not-scannable' });
  expect((await seen(locked)).fix).toContain('Remove the password');
  expect((await upload(locked)).action).toContain('remove the password');

  // Fails once: scanned again by itself, and read.
  says = ['FAILED'];
  const failedOnce = await sent(schoolRollCsv(manyPupils(2, 10)));
  expect(await seen(failedOnce)).toMatchObject({ state: 'completed' });

  says = ['FAILED', 'FAILED'];
  const failed = await sent(schoolRollCsv(manyPupils(2, 20)));
  expect(await seen(failed)).toMatchObject({ state: 'granted', code: 'scan-failed' });
  expect((await seen(failed)).fix).toContain('You need do nothing');

  says = ['ACCESS_DENIED'];
  const denied = await sent(schoolRollCsv(manyPupils(2, 30)));
  expect(await seen(denied)).toMatchObject({ state: 'granted', code: 'scan-not-possible' });
  expect((await upload(denied)).action).toContain('scanned again');
  expect(
    host.logs().some(({ line }) => line.includes('"message":"upload.unscreened"') && line.includes('"code":"scan-not-possible"')),
  ).toBe(true);

  // Staff put it right: the same version, its own verdict.
  says = [];
  const officer = await as('data-officer');
  for (const uploadId of [failed, denied]) expect((await officer(rescan, { path: { uploadId } })).waiting).toBeUndefined();
  await host.drained();
  for (const uploadId of [failed, denied]) expect(await seen(uploadId)).toMatchObject({ state: 'completed', code: undefined });
  expect(host.logs().filter(({ line }) => line.includes('is not allowed'))).toEqual([]);
});

/** So that no two files are the same. */
const randomBytes = (): Buffer => Buffer.from(randomUUID());
