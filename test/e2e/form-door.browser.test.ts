import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePage } from '#functions/forms-api/pages/file-page.ts';
import { formPages, type FormPage } from '#functions/forms-api/pages/layout.ts';
import { linkPage } from '#functions/forms-api/pages/link-page.ts';
import { openPage } from '#functions/forms-api/pages/open-page.ts';
import { problemPage } from '#functions/forms-api/pages/problem-page.ts';
import { questionPage } from '#functions/forms-api/pages/question-page.ts';
import { formOverPage, sendPage, sentPage } from '#functions/forms-api/pages/send-page.ts';
import { agreedFeed } from '#shared/contracts/files/feed-guide.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { nilReturnQuestion, withdrawalQuestion } from '#shared/contracts/upload-page/questions.ts';
import { screeningRefusals } from '#shared/domain/uploads/screening.ts';
import { launchBrowser } from '../support/browser.ts';
import { openFormDoor } from '../support/form-door.ts';
import { openedLink, signedReceipt, upload } from '../support/portal-server.ts';

const shots = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'portal-screenshots');
const council = 'Mossbank Council';
const seal = 'v1.seal';
const { uploadId } = upload();
const counts = { rows: 412, added: 380, changed: 9, unchanged: 20, refused: 3, ended: 2 };
const completed = upload({ state: 'completed', counts, columnsMissing: ['dob', 'ethnicity'], columnsIgnored: [7, 8] });
const rows = {
  items: [
    {
      row: 12,
      problems: [
        { column: 'start_date', code: 'date-form', message: 'There is no such date', fix: 'Write the day first, like 31/01/2012.' },
      ],
    },
    {
      row: 40,
      sourceRow: 42,
      problems: [
        { code: 'person-unknown', message: 'The row does not say who it is about.', fix: 'Give surname, forename and date of birth.' },
      ],
    },
  ],
  cursor: 'more',
};
const link = openedLink({ uploads: { items: [completed, upload({ reference: 'SF-2ABC-9DEF' })] } });
const file = (over: Parameters<typeof upload>[0], more: Partial<Parameters<typeof filePage>[0]> = {}): string =>
  filePage({ council, seal, upload: upload(over), receipt: undefined, rows: undefined, ...more });
const problem = problemPage(council);
const anError = { errors: [], headers: {}, about: [] };

/** Every page, with as much on it as there can be. */
const pages: Readonly<Record<FormPage, string>> = {
  open: openPage(council),
  'open-error': openPage(council, { link: 'Check the code of your link', code: 'Enter the 8 digits of your code' }, '7Q4M-2XPT'),
  link: linkPage({ link, feed: agreedFeed(feeds.suspensions, link.agreement.columns), seal }),
  send: sendPage({
    council,
    seal,
    uploadId,
    form: { action: 'https://store.example/', fields: [['key', 'f/x/y']] },
    goodUntil: '2026-11-02T09:35:00Z',
    replaces: { reference: 'SF-2ABC-9DEF' },
  }),
  'form-over': formOverPage({ council, seal }),
  sent: sentPage(council, uploadId),
  checking: file({ state: 'ready' }, { receipt: signedReceipt }),
  held: file({ state: 'held', waitsBecause: ['The file has far fewer rows than the one before.'] }, { receipt: signedReceipt }),
  completed: filePage({ council, seal, upload: completed, receipt: signedReceipt, rows }),
  refused: file({ state: 'refused', refusal: screeningRefusals.infected }),
  withdrawn: file({ state: 'withdrawing' }),
  'confirm-withdrawal': questionPage({
    state: 'confirm-withdrawal',
    question: withdrawalQuestion(upload()),
    council,
    seal,
    action: '/form',
    back: '/form',
  }),
  'confirm-nil-return': questionPage({
    state: 'confirm-nil-return',
    question: nilReturnQuestion(link),
    council,
    seal,
    action: '/form',
    back: '/form',
  }),
  'link-unusable': problem({ code: 'link-expired', ...anError }, {}, 'x'),
  problem: problem({ code: 'internal-error', ...anError }, {}, '01K0000000000000000000000C'),
};

let browser: Browser;
let server: Server;
let origin = '';
beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(shots, { recursive: true });
  const css = await readFile(join(import.meta.dirname, '../../dist/portal/app.css'));
  server = createServer((request, response) => {
    const page = formPages.find((name) => request.url === `/${name}`);
    response.writeHead(200, { 'content-type': page === undefined ? 'text/css' : 'text/html; charset=utf-8' });
    response.end(page === undefined ? css : pages[page]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${String(address.port)}`;
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

describe.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 320, height: 640 }],
] as const)('a page without scripts, %s', (size, viewport) => {
  it.each(formPages)('%s can be used by everybody: no violations, nothing to scroll sideways', async (name) => {
    const door = await openFormDoor(browser, `${origin}/${name}`, viewport);
    await door.waitFor(name);
    expect(await door.violations()).toEqual([]);
    expect(await door.tooWide()).toEqual([]);
    expect(await door.page.title()).toMatch(/ – Stronger Families$/);
    expect(await door.page.locator('h1').count()).toBe(1);
    await door.page.evaluate(`document.querySelectorAll('details').forEach((details) => details.setAttribute('open', ''))`);
    await door.screenshot(shots, `form-${name}-${size}`);
    await door.close();
  });
});

it('a page without scripts is gone through with the keyboard alone', async () => {
  const door = await openFormDoor(browser, `${origin}/open-error`);
  const focused = (): Promise<string> => door.page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
  // A screen reader begins with what is wrong.
  expect(await door.page.locator('.govuk-error-summary:focus').count()).toBe(1);
  const order: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    await door.page.keyboard.press('Tab');
    order.push(await focused());
  }
  expect(order).toEqual([
    'Check the code of your link',
    'Enter the 8 digits of your code',
    'the usual upload page',
    'link',
    'code',
    'Continue',
  ]);
  await door.close();
});
