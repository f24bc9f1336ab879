import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { close, listen } from '#infra/local/listen.ts';
import { readReceiptText } from '#shared/contracts/receipts/read-receipt-text.ts';
import { launchBrowser } from '../../support/browser.ts';
import { formClient, formIn, sealIn, sendByForm } from '../../support/form-client.ts';
import { openFormDoor, type FormDoor } from '../../support/form-door.ts';
import { dayFromNow, useSystem, type IssuedLink } from '../../support/system.ts';

const shots = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'portal-screenshots');
const header = 'upn,category,start_date,surname,sessions,notes';
const written = (days: number): string => dayFromNow(days).split('-').toReversed().join('/');
const row = (days: number): string => `J340123425001,SUSP,${written(days)},Example,4,a private matter`;
const toStore = (action: string): boolean => !action.startsWith('/');

describe('the door without scripts, in front of the whole system', () => {
  const system = useSystem();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    await mkdir(shots, { recursive: true });
  });
  afterAll(() => browser.close());

  const newLink = (agency: string): Promise<IssuedLink> => system().issueLink({ agency, feed: 'suspensions' });
  const send = async (door: FormDoor, content: string): Promise<string> => {
    await door.waitFor('send');
    const uploadId = new URL(door.page.url()).pathname.split('/').at(-1) ?? '';
    await door.choose('suspensions.csv', content);
    await door.press('Send the file');
    await door.waitFor('sent');
    await door.press('Continue');
    await system().host.drained(60);
    await door.until('completed');
    return uploadId;
  };

  it('is found from the page itself, and takes a file from the typed code to its receipt', async () => {
    const link = await newLink('form-academy');
    const door = await openFormDoor(browser, link.url);
    await door.press('Send a file without JavaScript');
    await door.open(link.typedCode.toLowerCase().replaceAll('-', ' '), link.code);
    await door.waitFor('link');
    expect(await door.violations()).toEqual([]);
    await door.press('Choose a file to send');
    const first = await send(door, `${header}\n${row(-30)}\n${row(-29).replace(written(-29), '31/02/2026')}\n`);
    expect(await door.page.locator('h1').innerText()).toBe('1 row accepted, 1 not');
    const faults = await door.page.locator('table', { hasText: 'Rows that were not accepted' }).locator('tbody tr').allInnerTexts();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/3\s+start_date\s+There is no such date/);
    expect(await door.violations()).toEqual([]);
    await door.screenshot(shots, 'system-form-completed');

    const [download] = await Promise.all([
      door.page.waitForEvent('download'),
      door.page.getByRole('button', { name: 'Download the signed receipt' }).click(),
    ]);
    const receipt = readReceiptText(await readFile(await download.path(), 'utf8'));
    const upload = await system().upload(first);
    expect(receipt).toMatchObject({
      isAsSigned: true,
      signed: { receipt: { uploadId: first, reference: upload.reference, file: { size: upload.size } } },
    });

    // A corrected file in its place undoes it.
    await door.press('Send a corrected file in its place');
    await send(door, `${header}\n${row(-30)}\n${row(-29)}\n`);
    expect(await door.page.locator('h1').innerText()).toBe('All rows accepted');
    await system().host.drained(60);
    expect((await system().upload(first)).state).toBe('withdrawn');

    await door.press('Close this link on this computer');
    await door.waitFor('open');
    await door.page.goto(`${system().host.portalUrl}/form/link`);
    await door.waitFor('open-error');

    // Addresses hold ids; nowhere does one page tell the next where somebody came from.
    for (const { url, referrer } of door.requests.slice(1)) {
      const address = decodeURIComponent(url);
      for (const secret of [link.token, link.typedCode, link.code, link.code.replace(' ', '')]) expect(address).not.toContain(secret);
      expect([address, referrer]).toEqual([address, '']);
    }
    const kept = JSON.stringify([await system().items('Uploads'), await system().items('Records'), system().host.logs()]);
    expect(kept).not.toContain('private matter');
    for (const secret of [link.token, link.typedCode]) expect(kept).not.toContain(secret);
    await door.close();
  });

  it('stores nothing but one file of the right length, as the form says it', async () => {
    const link = await newLink('strict-academy');
    const door = formClient(system().host.portalUrl);
    await door.open(link.typedCode, link.code);
    const { text, uploadId } = await door.start();
    const form = formIn(text, toStore);
    const bent = (change: (field: readonly [string, string]) => readonly [string, string]) => ({
      ...form,
      fields: form.fields.map(change),
    });
    const other = form.fields.find(([name]) => name === 'key')?.[1].replace('f/', 'q/') ?? '';
    const refused = [
      sendByForm(form, ''),
      sendByForm(
        bent(([name, value]) => [name, name === 'key' ? other : value]),
        'x',
      ),
      sendByForm(
        bent(([name, value]) => [name, name === 'success_action_redirect' ? 'https://elsewhere.example/' : value]),
        'x',
      ),
      sendByForm({ ...form, fields: [...form.fields, ['acl', 'public-read']] }, 'x'),
      sendByForm({ ...form, fields: form.fields.filter(([name]) => name !== 'policy') }, 'x'),
    ];
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([400, 403, 403, 403, 403]);
    // What stands in the policy is signed: a longer life or length is another policy.
    const longer = bent(([name, value]) => [
      name,
      name === 'policy' ? Buffer.from(Buffer.from(value, 'base64').toString().replace('104857600', '904857600')).toString('base64') : value,
    ]);
    expect((await sendByForm(longer, 'x')).status).toBe(403);
    expect((await sendByForm(form, `${header}\n${row(-9)}\n`)).status).toBe(303);
    await system().host.drained(60);
    expect((await system().upload(uploadId)).state).toBe('completed');
    // The form is still good for some minutes; what came first is what counts.
    await sendByForm(form, `${header}\n${row(-8)}\n`);
    await system().host.drained(60);
    expect((await system().upload(uploadId)).counts).toMatchObject({ rows: 1, added: 1 });
    expect((await door.get(`/form/files/${uploadId}`)).text).not.toContain('Send the file');
  });

  it('takes nothing from a page of another site, though the browser has the session', async () => {
    const link = await newLink('elsewhere-academy');
    const door = await openFormDoor(browser, `${system().host.portalUrl}/form`);
    await door.open(link.typedCode, link.code);
    await door.waitFor('link');
    const seal = sealIn(await door.page.content());
    const evil = await listen('another-site', 0);
    evil.server.on('request', (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<form method="post" action="${system().host.portalUrl}/form/nothing"><input name="seal" value="${seal}"><button>Win</button></form>`,
      );
    });
    await door.page.goto(evil.url);
    await door.page.getByRole('button', { name: 'Win' }).click();
    await door.waitFor('problem');
    expect(await door.page.locator('h1').innerText()).toBe('This form was not sent from this site');
    expect((await system().items('Uploads')).filter(({ linkId, nil }) => linkId === link.linkId && nil === true)).toEqual([]);
    await close(evil.server);
    await door.close();
  });
});
