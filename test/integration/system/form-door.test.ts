import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { openFormDoor, type FormDoor } from '../../support/form-door.ts';
import { useSystem, type IssuedLink } from '../../support/system.ts';

const shots = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'portal-screenshots');

describe('the door without scripts, in front of the whole system', () => {
  const system = useSystem();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    await mkdir(shots, { recursive: true });
  });
  afterAll(() => browser.close());

  const look = async (door: FormDoor, name: string): Promise<void> => {
    expect(await door.violations(), name).toEqual([]);
    await door.screenshot(shots, `form-${name}`);
  };

  const newLink = (agency: string): Promise<IssuedLink> => system().issueLink({ agency, feed: 'suspensions' });

  it('takes a file from the typed code to the refused rows', async () => {
    const link = await newLink('form-academy');
    const door = await openFormDoor(browser, `${system().host.portalUrl}/form`);
    await door.waitFor('open');
    await look(door, 'open');
    await door.open(link.typedCode.toLowerCase().replaceAll('-', ' '), link.code);
    await door.waitFor('link');
    await look(door, 'link');
    await door.press('Choose a file to send');
    await door.waitFor('send');
    await look(door, 'send');
    const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10).split('-').toReversed().join('/');
    await door.choose(
      'suspensions.csv',
      `upn,category,start_date,surname,sessions,notes\nJ340123425001,SUSP,${day},Example,4,private\nJ340123425001,SUSP,31/02/2026,Example,4,private\n`,
    );
    await door.press('Send the file');
    await door.waitFor('sent');
    await look(door, 'sent');
    await door.press('Continue');
    await look(door, 'checking');
    await system().host.drained(60);
    await door.until('completed');
    await look(door, 'completed');
    expect(await door.page.locator('h1').innerText()).toBe('1 row accepted, 1 not');
  });
});
