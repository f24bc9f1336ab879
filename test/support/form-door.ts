import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { formPages, type FormPage } from '#functions/forms-api/pages/layout.ts';
import { violationsOn, type Violation } from './portal-page.ts';

/** The door without scripts in a browser that runs none. */
export interface FormDoor {
  readonly page: Page;
  /** Every address that was asked for, with the referrer that it was asked from. */
  readonly requests: { readonly url: string; readonly referrer: string }[];
  readonly waitFor: (state: FormPage) => Promise<void>;
  readonly open: (typed: string, code: string) => Promise<void>;
  readonly press: (name: string | RegExp) => Promise<void>;
  readonly choose: (name: string, content: string | Buffer) => Promise<void>;
  /** Opened again until it says something else. */
  readonly until: (state: FormPage) => Promise<void>;
  /** WCAG 2.2 A and AA, of the very markup, laid out in a second browser that runs scripts: axe is one. */
  readonly violations: () => Promise<Violation[]>;
  /** What would have to be scrolled sideways to be seen. */
  readonly tooWide: () => Promise<readonly string[]>;
  readonly screenshot: (folder: string, name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const tooWide = `[document.documentElement, ...document.querySelectorAll('main *')]
  .filter((node) => !node.closest('thead') && !node.closest('.govuk-visually-hidden') && !(node.closest('details:not([open])') && !node.closest('summary')))
  .filter((node) => node.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((node) => node.tagName + '.' + node.className)`;

const mostLooks = 200;

export const openFormDoor = async (browser: Browser, url: string, viewport = { width: 1280, height: 800 }): Promise<FormDoor> => {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false, acceptDownloads: true });
  const page = await context.newPage();
  const requests: { url: string; referrer: string }[] = [];
  page.on('request', (request) => requests.push({ url: request.url(), referrer: request.headers()['referer'] ?? '' }));
  const second = await browser.newContext({ viewport });
  const laidOut = async <Result>(look: (copy: Page) => Promise<Result>): Promise<Result> => {
    const copy = await second.newPage();
    const html = await page.content();
    const address = page.url();
    await copy.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await copy.goto(address);
    try {
      return await look(copy);
    } finally {
      await copy.close();
    }
  };
  const stateOf = async (): Promise<string | null> => page.locator('main').getAttribute('data-state');
  await page.goto(url);
  const door: FormDoor = {
    page,
    requests,
    waitFor: async (state) => {
      if (!formPages.includes(state)) throw new Error(`no such page: ${state}`);
      await page.waitForSelector(`main[data-state="${state}"]`);
    },
    open: async (typed, code) => {
      await page.getByLabel('The code of your link').fill(typed);
      await page.getByLabel('Your code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
    },
    press: async (name) => {
      await page.getByRole('button', { name }).click();
    },
    choose: (name, content) => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(content) }),
    until: async (state) => {
      for (let looks = 0; looks < mostLooks && (await stateOf()) !== state; looks += 1) {
        await page.getByRole('button', { name: 'Check again' }).click();
      }
      await door.waitFor(state);
    },
    violations: () => laidOut(violationsOn),
    tooWide: () => laidOut((copy) => copy.evaluate<string[]>(tooWide)),
    screenshot: async (folder, name) => {
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    },
    close: async () => {
      await context.close();
      await second.close();
    },
  };
  return door;
};
