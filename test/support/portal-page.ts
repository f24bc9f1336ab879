import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { pageStates, type PageState } from '#portal/src/page/page-state.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Violation {
  readonly id: string;
  readonly help: string;
  readonly targets: readonly string[];
}

/** The page in a browser of its own, with everything it asked for and everything the browser complained about. */
export interface OpenedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
  readonly waitFor: (state: PageState) => Promise<void>;
  /** Types the code and goes on. */
  readonly enterCode: (code: string) => Promise<void>;
  readonly choose: (name: string, content: string | Buffer) => Promise<void>;
  /** Has the chosen file checked. */
  readonly check: () => Promise<void>;
  /** Has it checked, and sends it where nothing is wrong with it. */
  readonly send: () => Promise<void>;
  /** WCAG 2.2 A and AA. */
  readonly violations: () => Promise<Violation[]>;
  readonly close: () => Promise<void>;
}

/** What axe finds wrong with a page, by WCAG 2.2 A and AA. */
export const violationsOn = async (page: Page): Promise<Violation[]> => {
  await page.evaluate(axeSource);
  const result = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map((node) => node.target.join(' ')) })))`,
  );
  return result as Violation[];
};

export const openPortal = async (browser: Browser, url: string, viewport = { width: 1024, height: 800 }): Promise<OpenedPage> => {
  const context = await browser.newContext({ viewport, bypassCSP: false });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    requests,
    complaints,
    waitFor: async (state) => {
      if (!pageStates.includes(state)) throw new Error(`no such state: ${state}`);
      await page.waitForSelector(`main[data-state="${state}"]`);
    },
    enterCode: async (code) => {
      await page.waitForSelector('main[data-state="enter-code"]');
      await page.getByLabel('Your code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
    },
    choose: (name, content) => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(content) }),
    check: () => page.getByRole('button', { name: 'Check the file' }).click(),
    send: async () => {
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.waitForSelector('main[data-state="check-passed"]');
      await page.getByRole('button', { name: /^Send / }).click();
    },
    violations: async () => {
      // Through the debugger and not as a script element, which the page's policy rightly refuses.
      return violationsOn(page);
    },
    close: () => context.close(),
  };
};
