import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';
import type { GivenLink } from '#infra/local/demo/send-partner-file.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openPortal } from '../../support/portal-page.ts';
import { useSystem } from '../../support/system.ts';

const shots = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'portal-screenshots');
const { files, truth } = generateSampleData({ families: 12, seed: 4 });
const attendance = files.find(({ feed }) => feed === 'school-attendance');
if (!attendance) throw new Error('the sample has no attendance file');
const refused = truth.files.find(({ file }) => file === attendance.file)?.refused ?? [];

describe('the partner’s page in front of the whole system', () => {
  const system = useSystem();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    await mkdir(shots, { recursive: true });
  });
  afterAll(() => browser.close());

  const openLink = async ({ url, code }: GivenLink) => {
    const portal = await openPortal(browser, url);
    await portal.enterCode(code);
    return portal;
  };

  const newLink = () => {
    const { agency, feed, periodStart, periodEnd } = attendance;
    return system().issueLink({ agency, feed, periodStart, periodEnd });
  };

  it('takes a file from choice to counts and refused rows, under the policy the distribution sends', async () => {
    const link = await newLink();
    const portal = await openLink(link);
    await portal.waitFor('choose-file');
    await portal.choose('attendance.csv', Buffer.from(attendance.bytes));
    await portal.check();
    await portal.waitFor('check-problems');
    // Before anything has left the machine the page finds the very rows that the sample spoilt.
    const rows = `${String(attendance.rows)} rows`;
    expect(await portal.page.locator('h1').innerText()).toMatch(new RegExp(`^${String(refused.length)} of ${rows} needs? correcting$`));
    const table = portal.page.locator('table', { hasText: 'The rows in your sheet that need correcting' });
    const shown = await table.locator('tbody tr td:first-child').allInnerTexts();
    expect(new Set(shown.map((text) => Number.parseInt(text, 10) - 1))).toEqual(new Set(refused.map(({ row }) => row)));
    expect(portal.requests.filter((address) => address.includes('grants'))).toEqual([]);

    const sendGoodRows = portal.page.getByRole('button', { name: /^Send the / });
    await sendGoodRows.click();
    await portal.waitFor('completed');
    expect(await portal.page.locator('h1').innerText()).toBe('All rows accepted');
    expect(await portal.page.locator('main').innerText()).toContain(String(attendance.rows - refused.length));
    expect(portal.complaints).toEqual([]);
    expect(await portal.violations()).toEqual([]);
    for (const address of portal.requests) expect(address.split('#')[0]).not.toContain(link.token);
    await portal.page.screenshot({ path: join(shots, 'system-completed.png'), fullPage: true });

    await portal.page.getByRole('button', { name: 'Send another file' }).click();
    await portal.waitFor('choose-file');
    await portal.choose('attendance.csv', Buffer.from(attendance.bytes));
    await portal.check();
    await sendGoodRows.click();
    await portal.waitFor('already-received');
    await portal.close();
  });

  it('says what is wrong with a file that was spoilt by hand, and what to do', async () => {
    const portal = await openLink(await newLink());
    await portal.waitFor('choose-file');
    await portal.choose('spoilt.csv', 'name,colour\nSomebody,green\n');
    await portal.check();
    await portal.waitFor('choose-file-error');
    expect(await portal.page.locator('.govuk-error-summary__list').innerText()).toContain('Download the template');
    expect(portal.requests.filter((address) => address.includes('grants'))).toEqual([]);
    await portal.page.screenshot({ path: join(shots, 'system-refused.png'), fullPage: true });
    await portal.close();
  });

  it('says that a link does not work, whatever is wrong with it', async () => {
    const portal = await openLink({ url: `${system().host.portalUrl}/#not-a-token`, code: '4821 9034' });
    await portal.waitFor('enter-code-error');
    expect(portal.complaints).toEqual([]);
    await portal.close();
  });
});
