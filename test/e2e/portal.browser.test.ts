import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { pageStates, type PageState } from '#portal/src/page/page-state.ts';
import { portalRoutes, type GrantRequest } from '#shared/contracts/http/portal-routes.ts';
import { problems, type ProblemCode } from '#shared/contracts/http/problems.ts';
import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { RowErrors } from '#shared/contracts/http/upload-routes.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { scanTroubles, screeningRefusals } from '#shared/domain/uploads/screening.ts';
import { readReceiptText } from '#shared/contracts/receipts/read-receipt-text.ts';
import { templateCsv } from '#shared/contracts/files/feed-guide.ts';
import { aWorkbook } from '../support/a-workbook.ts';
import { launchBrowser } from '../support/browser.ts';
import { openedLink, sha256Base64, signedReceipt, startPortalServer, upload, type PortalServer } from '../support/portal-server.ts';
import { openPortal, type OpenedPage } from '../support/portal-page.ts';

const token = 'uJ3Vn6sQ0fYkq2m8hW5xR1tB7cD9eG4aZ-LpKoIjUyE';
const code = '4821 9034';
const header = 'upn,category,start_date,surname,sessions';
const [, createGrant] = portalRoutes;
const row = 'J340123425001,SUSP,07/09/2026,Example,4';
const csv = `${header}\n${row}\n`;
/** What is sent of it: the agreed columns in the contract's order, and where each row stands in the sheet. */
const sentCsv = 'source_row,upn,surname,category,start_date,sessions\r\n2,J340123425001,Example,SUSP,07/09/2026,4\r\n';
const shots = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'portal-screenshots');

let browser: Browser;
let server: PortalServer;
let opened: OpenedPage | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(shots, { recursive: true });
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPortalServer();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await server.stop();
});

interface Viewport {
  readonly width: number;
  readonly height: number;
}
const wide: Viewport = { width: 1280, height: 800 };
const narrow: Viewport = { width: 320, height: 640 };
/** The narrowest on which tables stand as tables. */
const tablet: Viewport = { width: 769, height: 1024 };

/** What would have to be scrolled sideways to be seen: the page itself, a box that scrolls, or anything beyond the edge. */
const widerThanItsPlace = `[document.documentElement, ...document.querySelectorAll('main *')]
  .filter((node) => !node.closest('thead') && !node.closest('.govuk-visually-hidden'))
  .filter((node) => node.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 ||
    (/auto|scroll/.test(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth))
  .map((node) => node.tagName + '.' + node.className)`;

const openPage = async (viewport?: Viewport, hash = `#${token}`): Promise<OpenedPage> => {
  opened = await openPortal(browser, `${server.origin}/${hash}`, viewport);
  return opened;
};

/** The page once the code has been typed. */
const open = async (viewport?: Viewport): Promise<OpenedPage> => {
  const portal = await openPage(viewport);
  await portal.enterCode(code);
  return portal;
};

const openAndSend = async (viewport?: Viewport): Promise<OpenedPage> => {
  const portal = await open(viewport);
  await portal.waitFor('choose-file');
  await portal.choose('suspensions.csv', csv);
  await portal.send();
  return portal;
};

const chooseAndCheck = async (content: string | Buffer, viewport?: Viewport, name = 'suspensions.csv'): Promise<OpenedPage> => {
  const portal = await open(viewport);
  await portal.waitFor('choose-file');
  await portal.choose(name, content);
  await portal.check();
  return portal;
};

const spoiltCsv = [
  `${header},notes,former_upn`,
  `${row},private,x`,
  'J340123425001,SUSP,31/02/2026,O’Brien,4,private,',
  'X340123425001,SUSP,08/09/2026,=HYPERLINK("http://x"),4,private,',
  'J340123425001,SUSP,09/09/2026,Example,,private,',
  'J340123425001,SUSP,yesterday,Example,lots,private,',
  'J340123425001,PERM,14/09/2026,Ex4mple,,,',
  '',
].join('\n');
/** Serial dates: 46272 is 7 September 2026. */
const damagedCsv = `Suspensions\n\n${header}\nJ340123425001,SUSP,46272,Example,4\nJ340123425001,PERM,46275,"""Example""",\n`;

const counts = { rows: 412, added: 380, changed: 9, unchanged: 20, refused: 3, ended: 0 };
const assessedAt = '2026-11-23T10:16:00.000Z';
const completed = upload({ state: 'completed', counts, assessedAt });
const rowErrors: RowErrors[] = [
  {
    row: 12,
    problems: [
      { column: 'start_date', code: 'date-form', message: 'The date is not a real date.', fix: 'Write it as DD/MM/YYYY, like 07/09/2026.' },
    ],
  },
  {
    row: 40,
    sourceRow: 42,
    problems: [
      {
        column: 'upn',
        code: 'upn-check-letter',
        message: 'The UPN’s first letter does not fit its digits.',
        fix: 'Copy the UPN again from your own system.',
      },
      { code: 'person-unknown', message: 'The row does not say who it is about.', fix: 'Give the surname, forename and date of birth.' },
    ],
  },
];

const problem = (status: number, code: ProblemCode, more: Record<string, unknown> = {}) => ({
  status,
  problem: { code, title: problems[code].title, ...more },
});

/** How each state is reached. */
const ways: Record<PageState, (viewport?: Viewport) => Promise<OpenedPage>> = {
  loading: (viewport) => {
    server.link = 'never';
    return open(viewport);
  },
  'enter-code': (viewport) => openPage(viewport),
  'enter-code-error': (viewport) => {
    server.link = problem(404, 'link-not-found', { detail: 'Check the whole link and the code.' });
    return open(viewport);
  },
  'choose-file': (viewport) => {
    server.link = { status: 200, body: openedLink({ uploads: { items: [completed, upload({ reference: 'SF-2ABC-9DEF' })] } }) };
    return open(viewport);
  },
  'choose-file-error': async (viewport) => {
    const portal = await open(viewport);
    await portal.waitFor('choose-file');
    await portal.check();
    return portal;
  },
  sending: async (viewport) => {
    server.grant = () => 'never';
    return openAndSend(viewport);
  },
  'reading-file': async (viewport) => {
    const portal = await open(viewport);
    await portal.waitFor('choose-file');
    // The worker's script does not come: what is shown meanwhile stays.
    await portal.page.route('**/check-worker.js', () => undefined);
    await portal.choose('suspensions.csv', csv);
    await portal.check();
    return portal;
  },
  repairs: (viewport) => chooseAndCheck(damagedCsv, viewport),
  'check-passed': (viewport) => chooseAndCheck(csv, viewport),
  'check-problems': (viewport) => chooseAndCheck(spoiltCsv, viewport),
  'confirm-withdrawal': async (viewport) => {
    const portal = await ways.completed(viewport);
    await portal.waitFor('completed');
    await portal.page.getByRole('button', { name: 'Take this file back' }).click();
    return portal;
  },
  'confirm-nil-return': async (viewport) => {
    const portal = await open(viewport);
    await portal.waitFor('choose-file');
    await portal.page.getByRole('button', { name: 'There is nothing to report' }).click();
    return portal;
  },
  withdrawn: async (viewport) => {
    const portal = await ways['confirm-withdrawal'](viewport);
    await portal.waitFor('confirm-withdrawal');
    await portal.page.getByRole('button', { name: 'Take the file back' }).click();
    return portal;
  },
  checking: openAndSend,
  held: (viewport) => {
    const waitsBecause = [
      'It has 41 rows, and about 412 would be usual. Check that the export was not cut short or filtered.',
      'Forenames and surnames look swapped. Check the order of the columns.',
    ];
    server.uploads = () => ({ status: 200, body: { items: [upload({ state: 'held', waitsBecause })] } });
    return openAndSend(viewport);
  },
  completed: (viewport) => {
    server.uploads = (request) => ({
      status: 200,
      body: {
        items: [completed],
        ...(request.rowErrorsOf && { rowErrors: { uploadId: completed.uploadId, items: rowErrors, cursor: 'next' } }),
      },
    });
    return openAndSend(viewport);
  },
  refused: (viewport) => {
    const refusal = {
      code: 'wrong-feed',
      message: 'This looks like a school attendance file.',
      fix: 'Send it through the link for attendance, or choose the suspensions file.',
    };
    server.uploads = () => ({ status: 200, body: { items: [upload({ state: 'refused', refusal })] } });
    return openAndSend(viewport);
  },
  'already-received': (viewport) => {
    const error = {
      pointer: '/body/sha256',
      code: 'already-received',
      message: 'We have this very file already. Its reference is SF-7Q4M-2XPT.',
      fix: 'You need do nothing more.',
    };
    server.grant = () => problem(409, 'file-already-received', { errors: [error] });
    return openAndSend(viewport);
  },
  'no-link': (viewport) => openPage(viewport, ''),
  'link-unusable': (viewport) => {
    server.link = problem(410, 'link-expired');
    return open(viewport);
  },
  'send-failed': (viewport) => {
    server.put = { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    return openAndSend(viewport);
  },
  unavailable: (viewport) => {
    server.link = problem(503, 'audit-unavailable');
    return open(viewport);
  },
};

const settledAs = (over: Partial<PortalUpload>) => (viewport?: Viewport) => {
  server.uploads = () => ({ status: 200, body: { items: [upload({ state: 'completed', assessedAt, ...over })] } });
  return openAndSend(viewport);
};
/** The page of a file that was sent by an earlier one. */
const openAgain = async (viewport?: Viewport): Promise<OpenedPage> => {
  server.link = { status: 200, body: openedLink({ uploads: { items: [completed] } }) };
  server.uploads = (request) => ({
    status: 200,
    body: { items: [completed], ...(request.rowErrorsOf && { rowErrors: { uploadId: completed.uploadId, items: rowErrors } }) },
  });
  const portal = await open(viewport);
  await portal.waitFor('choose-file');
  await portal.page.getByRole('button', { name: completed.reference }).click();
  await portal.waitFor('completed');
  return portal;
};
const chooseAgain = async (portal: OpenedPage, content: string): Promise<void> => {
  await portal.choose('suspensions.csv', content);
  await portal.page.getByRole('button', { name: 'Download your rows with the results' }).click();
};
const withLink = (code: ProblemCode) => (viewport?: Viewport) => {
  server.link = problem(410, code);
  return open(viewport);
};
const noRows = { rows: 0, added: 0, changed: 0, unchanged: 0, refused: 0, ended: 0 };
const noneRefused = { ...counts, rows: 409, refused: 0 };

/** The same states with other things to say. */
const variants: Readonly<Record<string, readonly [PageState, (viewport?: Viewport) => Promise<OpenedPage>]>> = {
  'all rows accepted': ['completed', settledAs({ counts: noneRefused })],
  'column names only': ['completed', settledAs({ counts: noRows })],
  'all rows accepted, and families still to be looked at': ['completed', settledAs({ counts: noneRefused, assessedAt: undefined })],
  'a snapshot that ended records, with columns left out and columns too many': [
    'completed',
    settledAs({
      counts: { ...noneRefused, ended: 12 },
      columnsMissing: ['sensitive_address_flag', 'nhs_number', 'upn', 'uprn', 'service'],
      columnsIgnored: [7, 8],
    }),
  ],
  'one column left out': [
    'completed',
    settledAs({ counts: { ...noneRefused, ended: 1 }, columnsMissing: ['nhs_number'], columnsIgnored: [3] }),
  ],
  queries: ['check-passed', (viewport) => chooseAndCheck(csv.replace('Example', 'Ex4mple'), viewport)],
  'a workbook with other sheets': [
    'check-passed',
    (viewport) => {
      const rows = [header.split(','), row.split(',')];
      const sheets = [
        { name: 'Notes', rows: [['x']] },
        { name: 'Autumn term', rows },
        { name: 'All', state: 'hidden' as const },
      ];
      return chooseAndCheck(Buffer.from(aWorkbook({ sheets })), viewport, 'suspensions.xlsx');
    },
  ],
  'a snapshot with faults': [
    'check-problems',
    (viewport) => {
      const { feed } = openedLink();
      server.link = { status: 200, body: openedLink({ feed: { ...feed, kind: 'snapshot' } }) };
      return chooseAndCheck(spoiltCsv, viewport);
    },
  ],
  'no row that is right': ['check-problems', (viewport) => chooseAndCheck(`${header}\nJ1,SUSP,x,,4\n`, viewport)],
  'a file of another feed': ['choose-file-error', (viewport) => chooseAndCheck(templateCsv(feeds['school-roll']), viewport)],
  'sending paused': [
    'sending',
    async (viewport) => {
      const portal = await chooseAndCheck(csv, viewport);
      await portal.waitFor('check-passed');
      await portal.page.context().setOffline(true);
      await portal.page.getByRole('button', { name: /^Send / }).click();
      await portal.page.waitForSelector('#sending-step:has-text("Paused")');
      return portal;
    },
  ],
  'the receipt, open': [
    'checking',
    async (viewport) => {
      const portal = await chooseAndCheck(spoiltCsv, viewport);
      await portal.waitFor('check-problems');
      await portal.page.getByRole('button', { name: /^Send / }).click();
      await portal.waitFor('checking');
      await portal.page.getByText('Receipt', { exact: true }).click();
      return portal;
    },
  ],
  'an outcome opened again': ['completed', (viewport) => openAgain(viewport)],
  'another file than the one that was sent': [
    'completed',
    async (viewport) => {
      const portal = await openAgain(viewport);
      await chooseAgain(portal, csv);
      await portal.page.waitForSelector('#sent-file-error');
      return portal;
    },
  ],
  'nothing to report': [
    'completed',
    async (viewport) => {
      const portal = await ways['confirm-nil-return'](viewport);
      await portal.waitFor('confirm-nil-return');
      await portal.page.getByRole('button', { name: 'Yes, there is nothing to report' }).click();
      return portal;
    },
  ],
  'a file in the place of another': [
    'choose-file',
    async (viewport) => {
      const portal = await ways.completed(viewport);
      await portal.waitFor('completed');
      await portal.page.getByRole('button', { name: 'Send a corrected file in its place' }).click();
      return portal;
    },
  ],
  'a file sent back': [
    'refused',
    settledAs({
      state: 'refused',
      refusal: {
        code: 'sent-back',
        message: 'The council looked at this file and sent it back: It is the roll of another school.',
        fix: 'Put it right in your own system or in the export, and send the new file through the same link. If the link has expired, ask the council for a new one.',
      },
    }),
  ],
  'a virus check that failed': [
    'checking',
    (viewport) => {
      server.uploads = () => ({ status: 200, body: { items: [upload({ waiting: scanTroubles['scan-failed'] })] } });
      return openAndSend(viewport);
    },
  ],
  'a file with a password': ['refused', settledAs({ state: 'refused', refusal: screeningRefusals.unscannable })],
  'a file with a virus': ['refused', settledAs({ state: 'refused', refusal: screeningRefusals.infected })],
  'a file that never arrived': ['refused', settledAs({ state: 'expired' })],
  'a revoked link': ['link-unusable', withLink('link-revoked')],
  'a link used up': ['link-unusable', withLink('link-used-up')],
  'an agreement that has ended': ['link-unusable', withLink('agreement-ended')],
  'a lost connection': [
    'send-failed',
    (viewport) => {
      server.put = 'drop';
      return openAndSend(viewport);
    },
  ],
  'the open column guide': [
    'choose-file',
    async (viewport) => {
      // The feed with the longest column names.
      const { feed } = openedLink();
      server.link = { status: 200, body: openedLink({ feed: { ...feed, id: 'dwp-benefits', title: 'Out-of-work benefits' } }) };
      const portal = await open(viewport);
      await portal.waitFor('choose-file');
      await portal.page.getByText('What the file must look like').click();
      await portal.page.waitForSelector('text=Download a template');
      return portal;
    },
  ],
  'a file chosen': [
    'choose-file',
    async (viewport) => {
      const portal = await open(viewport);
      await portal.waitFor('choose-file');
      await portal.page.waitForSelector('.govuk-file-upload-button');
      await portal.choose('suspensions.csv', csv);
      return portal;
    },
  ],
};
const everyPage = [
  ...pageStates.map((state) => [state, state, ways[state]] as const),
  ...Object.entries(variants).map(([name, [state, way]]) => [name, state, way] as const),
];

describe('every state of the page', () => {
  it.each(everyPage)('%s has no accessibility fault, obeys the policy and fits a small phone', async (shown, state, way) => {
    const hasTable = ['choose-file', 'completed', 'the open column guide', 'repairs', 'check-problems', 'queries'].includes(shown);
    for (const viewport of [wide, narrow, ...(hasTable ? [tablet] : [])]) {
      const portal = await way(viewport);
      await portal.waitFor(state);
      if (shown === 'completed') await portal.page.waitForSelector('caption:text-is("Rows that were not accepted")');
      if (state.startsWith('choose-file')) await portal.page.waitForSelector('.govuk-file-upload-button');
      expect(await portal.violations()).toEqual([]);
      expect(portal.complaints).toEqual([]);
      expect(await portal.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
      expect(await portal.page.evaluate(widerThanItsPlace)).toEqual([]);
      await portal.page.screenshot({ path: join(shots, `${shown.replaceAll(' ', '-')}-${String(viewport.width)}.png`), fullPage: true });
      await portal.close();
      opened = undefined;
      await server.stop();
      server = await startPortalServer();
    }
  });

  it('asks nobody but its own origin, and never with the token in an address', async () => {
    const portal = await ways.completed();
    await portal.waitFor('completed');
    expect(portal.requests.length).toBeGreaterThan(4);
    for (const url of portal.requests) {
      expect(new URL(url).protocol === 'data:' || new URL(url).origin === server.origin).toBe(true);
      expect(url.split('#')[0]).not.toContain(token);
    }
    expect(await portal.page.evaluate('location.href')).not.toContain(token);
  });
});

describe('choosing a file', () => {
  it.each([
    ['nothing', undefined, 'Select a file'],
    ['a document', ['report.docx', 'PK'] as const, 'The selected file must be a CSV or an Excel file (.xlsx)'],
    ['an empty file', ['empty.csv', ''] as const, 'The selected file is empty'],
  ])('with %s says so in the words of the design system, with focus on the summary', async (_, file, words) => {
    const portal = await open();
    await portal.waitFor('choose-file');
    if (file) await portal.choose(file[0], file[1]);
    await portal.check();
    await portal.waitFor('choose-file-error');
    expect(await portal.page.title()).toMatch(/^Error: /);
    expect(await portal.page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
    expect(await portal.page.locator('.govuk-error-summary__list').innerText()).toBe(words);
    expect(await portal.page.locator('#file-error').textContent()).toBe(`Error: ${words}`);
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/v1/portal/link']);
  });

  it('shows who asks for what, why and until when', async () => {
    const portal = await open();
    await portal.waitFor('choose-file');
    const text = await portal.page.locator('main').innerText();
    for (const words of [
      'Mossbank Council',
      'Northfield Academy',
      '1 September 2026 to 31 October 2026',
      'DSA-2026-014',
      'To find families who may be offered early help',
      '31 December 2026 at 5:00pm',
    ])
      expect(text).toContain(words);
  });

  it('offers the template and the column guide made from the contract', async () => {
    const portal = await open();
    await portal.waitFor('choose-file');
    await portal.page.getByText('What the file must look like').click();
    await portal.page.waitForSelector('text=Download a template');
    expect(await portal.page.locator('table', { hasText: 'What it holds' }).locator('tbody tr').count()).toBeGreaterThan(4);
    const [download] = await Promise.all([portal.page.waitForEvent('download'), portal.page.getByText('Download a template').click()]);
    expect(download.suggestedFilename()).toBe('suspensions-template.csv');
  });
});

describe('checking a file before it is sent', () => {
  it('sends nothing of it until that is wished', async () => {
    const portal = await chooseAndCheck(spoiltCsv);
    await portal.waitFor('check-problems');
    // What was said of odd rows before is asked for, and nothing about this file.
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/v1/portal/link', '/api/v1/portal/uploads']);
    expect(Object.keys(server.asked[1]?.body ?? {}).toSorted()).toEqual(['limit', 'notes', 'session']);
    expect(server.stored).toEqual([]);
    expect(await portal.page.title()).toBe('Error: 4 of 6 rows need correcting – Stronger Families');
    expect(await portal.page.locator('#problem-1').innerText()).toContain('C3: “31/02/2026”');
    await portal.page.getByRole('button', { name: 'Choose the corrected file' }).click();
    await portal.waitFor('choose-file');
    expect(server.stored).toEqual([]);
  });

  it('sends the rows that are right and nothing of the others or of columns that nobody asked for', async () => {
    const portal = await chooseAndCheck(spoiltCsv);
    await portal.waitFor('check-problems');
    await portal.page.getByRole('button', { name: 'Send the 2 rows that are right' }).click();
    await portal.waitFor('checking');
    expect(server.stored.map(({ body }) => body.toString())).toEqual([
      'source_row,upn,surname,category,start_date,sessions\r\n2,J340123425001,Example,SUSP,07/09/2026,4\r\n7,J340123425001,Ex4mple,PERM,14/09/2026,\r\n',
    ]);
    await portal.page.getByText('Receipt', { exact: true }).click();
    const receipt = await portal.page.locator('details').innerText();
    const hex = (text: string): string => Buffer.from(sha256Base64(text), 'base64').toString('hex');
    for (const words of [
      hex(spoiltCsv),
      hex(server.stored[0]?.body.toString() ?? ''),
      '2 rows of 6',
      'notes and former_upn',
      'DSA-2026-014',
    ])
      expect(receipt).toContain(words);
  });

  it('puts right what a spreadsheet has damaged, if the sender says so', async () => {
    const portal = await chooseAndCheck(damagedCsv);
    await portal.waitFor('repairs');
    await portal.page.getByRole('button', { name: 'Make these repairs' }).click();
    await portal.waitFor('check-passed');
    await portal.page.getByRole('button', { name: /^Send / }).click();
    await portal.waitFor('checking');
    expect(server.stored[0]?.body.toString()).toContain('4,J340123425001,Example,SUSP,2026-09-07,4');
    await portal.close();

    const again = await chooseAndCheck(damagedCsv);
    await again.waitFor('repairs');
    await again.page.getByRole('button', { name: 'Leave the data as it is' }).click();
    await again.waitFor('choose-file-error');
    expect(await again.page.locator('#file-error').innerText()).toContain('There are 2 rows above the column names');
  });

  it('gives the rows back with what came of them, the ones found here and the ones that the service refused', async () => {
    server.uploads = (request) => ({
      status: 200,
      body: {
        items: [upload({ state: 'completed', assessedAt, counts: { ...counts, rows: 2, refused: 1 } })],
        ...(request.rowErrorsOf && {
          rowErrors: {
            uploadId: completed.uploadId,
            items: [{ row: 2, sourceRow: 7, problems: [{ code: 'held-from-agency', message: 'It is held', fix: 'Ask.' }] }],
          },
        }),
      },
    });
    const portal = await chooseAndCheck(spoiltCsv);
    await portal.waitFor('check-problems');
    await portal.page.getByRole('button', { name: /^Send the 2 rows/ }).click();
    await portal.waitFor('completed');
    const [download] = await Promise.all([
      portal.page.waitForEvent('download'),
      portal.page.getByRole('button', { name: 'Download your rows with the results' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n').map((line) => [line.split(',')[0], /(?:not )?accepted/.exec(line)?.[0]])).toEqual([
      ['\uFEFFsource_row', undefined],
      ['2', 'accepted'],
      ['3', 'not accepted'],
      ['4', 'not accepted'],
      ['5', 'not accepted'],
      ['6', 'not accepted'],
      ['7', 'not accepted'],
      ['', undefined],
    ]);
    // A formula comes back as text that a spreadsheet shows and does not run.
    expect(text).toContain('"=""=HYPERLINK(""""http://x"""")"""');
    expect(text).toContain('It is held. Ask.');
    expect(text).not.toContain('private');
  });

  it('can be stopped', async () => {
    const portal = await ways['reading-file']();
    await portal.waitFor('reading-file');
    await portal.page.getByRole('button', { name: 'Cancel' }).click();
    await portal.waitFor('choose-file');
  });
});

describe('a file that was wrong', () => {
  it('is replaced by the one that is sent in its place', async () => {
    const [, way] = variants['a file in the place of another'] ?? [];
    const portal = await way?.();
    if (!portal) throw new Error('no such page');
    await portal.waitFor('choose-file');
    await portal.choose('suspensions.csv', csv.replace('07/09', '08/09'));
    await portal.send();
    await portal.waitFor('completed');
    const grants = server.asked.filter(({ path }) => path.endsWith('/grants')).map(({ body }) => body);
    expect(grants).toEqual([
      expect.not.objectContaining({ replaces: expect.anything() as unknown }),
      expect.objectContaining({ replaces: completed.uploadId }),
    ]);
  });

  it('is taken back only after a yes', async () => {
    const portal = await ways['confirm-withdrawal']();
    await portal.waitFor('confirm-withdrawal');
    await portal.page.getByRole('button', { name: 'Keep it' }).click();
    await portal.waitFor('completed');
    expect(server.asked.some(({ path }) => path.endsWith('/withdrawals'))).toBe(false);
    await portal.page.getByRole('button', { name: 'Take this file back' }).click();
    await portal.page.getByRole('button', { name: 'Take the file back' }).click();
    await portal.waitFor('withdrawn');
    expect(server.asked.at(-1)).toMatchObject({ path: '/api/v1/portal/withdrawals', body: { uploadId: completed.uploadId } });
  });

  it('keeps columns that the agreement does not cover on the machine', async () => {
    const { agreement } = openedLink();
    server.link = {
      status: 200,
      body: openedLink({ agreement: { ...agreement, columns: agreement.columns.filter((name) => name !== 'surname') } }),
    };
    await openAndSend();
    await opened?.waitFor('checking');
    expect(server.stored[0]?.body.toString()).toBe(sentCsv.replace(',surname', '').replace(',Example', ''));
  });
});

describe('sending', () => {
  it('announces the digest and length of the very bytes it then sends, and of the file they were made from', async () => {
    const portal = await openAndSend();
    await portal.waitFor('checking');
    expect(server.asked.find(({ path }) => path.endsWith('/grants'))?.body).toEqual({
      session: openedLink().session,
      sha256: sha256Base64(sentCsv),
      size: sentCsv.length,
      contentType: 'text/csv',
      announced: { chosen: { sha256: sha256Base64(csv), size: csv.length }, columnsNotSent: [], rows: 1 },
    });
    expect(server.stored.map(({ body }) => body.toString())).toEqual([sentCsv]);
    expect(server.stored[0]?.headers).toMatchObject({ 'if-none-match': '*', 'content-type': 'text/csv', 'x-amz-checksum-sha256': 'x' });
    expect(await portal.page.locator('main').innerText()).toContain('SF-7Q4M-2XPT');
  });

  it('takes a 412 for what it is: an earlier try has arrived', async () => {
    server.put = { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' };
    await (await openAndSend()).waitFor('checking');
  });

  it('asks for a fresh place three times when the connection breaks, then says so', async () => {
    server.put = 'drop';
    const portal = await openAndSend();
    await portal.waitFor('send-failed');
    expect(server.asked.filter(({ path }) => path.endsWith('/grants'))).toHaveLength(3);
    server.put = { status: 200, body: '' };
    await portal.page.getByRole('button', { name: 'Try again' }).click();
    await portal.waitFor('checking');
  });

  it('gives the rows back after the page was closed, when the very file is chosen again, whatever was repaired or left out of it', async () => {
    const hex = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
    const receiptFor = (chosen: string, sent: string | Buffer) => {
      const statedBySender = { chosen: { size: chosen.length, sha256: hex(chosen) }, rows: 2, columnsNotSent: [] };
      const receipt = { ...signedReceipt.receipt, file: { size: sent.length, sha256: hex(sent) }, statedBySender };
      server.receipt = { status: 200, body: { ...signedReceipt, receipt } };
    };
    const sending = await chooseAndCheck(damagedCsv);
    await sending.waitFor('repairs');
    await sending.page.getByRole('button', { name: 'Make these repairs' }).click();
    await sending.waitFor('check-passed');
    await sending.page.getByRole('button', { name: /^Send / }).click();
    await sending.waitFor('checking');
    await sending.close();
    receiptFor(damagedCsv, server.stored[0]?.body ?? '');

    const portal = await openAgain();
    await chooseAgain(portal, `${damagedCsv} `);
    await portal.page.waitForSelector('#sent-file-error');
    expect(await portal.page.locator('#sent-file-error').innerText()).toContain('is not the one that you sent as SF-7Q4M-2XPT');
    expect(await portal.page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
    const rowsOf = async (content: string): Promise<readonly (readonly (string | undefined)[])[]> => {
      const [download] = await Promise.all([portal.page.waitForEvent('download'), chooseAgain(portal, content)]);
      expect(download.suggestedFilename()).toBe('SF-7Q4M-2XPT-results.csv');
      const text = await readFile(await download.path(), 'utf8');
      const lines = text.trimEnd().split('\r\n').slice(1);
      return lines.map((line) => [line.split(',')[0], /2026-09-\d\d|\d\d\/09\/2026/.exec(line)?.[0], /(?:not )?accepted/.exec(line)?.[0]]);
    };
    expect(await rowsOf(damagedCsv)).toEqual([
      ['4', '2026-09-07', 'accepted'],
      ['5', '2026-09-10', 'accepted'],
    ]);
    // Sent at another door, as it was.
    receiptFor('never chosen here', csv);
    expect(await rowsOf(csv)).toEqual([['2', '07/09/2026', 'accepted']]);
    expect(portal.complaints).toEqual([]);
  });

  it('sends what is said about odd rows with the file, and has it there again for the same row and rule', async () => {
    const odd = csv.replace('Example', 'Ex4mple');
    const portal = await chooseAndCheck(odd);
    await portal.waitFor('check-passed');
    const field = portal.page.getByLabel('Note on row 2');
    await field.fill('  It is what\tthe passport\u0007 says.\r\nSeen in May.  ');
    await portal.page.getByRole('button', { name: 'Send 1 row' }).click();
    await portal.waitFor('checking');
    const sent = server.asked.find(({ path }) => path === '/api/v1/portal/grants')?.body as GrantRequest;
    expect(sent.notes).toEqual([
      {
        code: 'query-digits-in-name',
        column: 'surname',
        note: 'It is what the passport says.\nSeen in May.',
        rows: [{ row: 2, digest: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown }],
      },
    ]);
    expect(createGrant.request.body.safeParse(sent).success).toBe(true);
    const notes = sent.notes ?? [];
    server.uploads = (request) => ({ status: 200, body: { items: [], ...(request.notes === true && { notes }) } });
    await portal.page.close();
    const again = await chooseAndCheck(odd);
    await again.waitFor('check-passed');
    expect(await again.page.getByLabel('Note on row 2').inputValue()).toBe('It is what the passport says.\nSeen in May.');
    await again.page.close();
    const other = await chooseAndCheck(odd.replace('Ex4mple', 'Ex5mple'));
    await other.waitFor('check-passed');
    expect(await other.page.getByLabel('Note on row 2').inputValue()).toBe('');
  });

  it('follows the upload until its rows have been read, and lists the refused ones', async () => {
    const states = [upload(), upload({ state: 'clean' }), upload({ state: 'ingesting' })];
    server.uploads = (request) => ({
      status: 200,
      body: {
        items: [request.rowErrorsOf ? completed : (states.shift() ?? completed)],
        ...(request.rowErrorsOf && { rowErrors: { uploadId: completed.uploadId, items: rowErrors } }),
      },
    });
    const portal = await openAndSend();
    await portal.waitFor('completed');
    await portal.page.waitForSelector('caption:text-is("Rows that were not accepted")');
    const cells = await portal.page.locator('table tbody tr').allInnerTexts();
    expect(cells.map((line) => line.split('\t').slice(0, 2))).toEqual([
      ['13', 'start_date'],
      ['42', 'upn'],
      ['42', 'The whole row'],
    ]);
    expect(await portal.page.locator('h1').innerText()).toBe('409 rows accepted, 3 not');
  });

  it('says that what follows from the rows is being worked out, and goes on to say when it was', async () => {
    const { assessedAt: _, ...read } = completed;
    const states = [read, read];
    server.uploads = (request) => ({
      status: 200,
      body: {
        items: [request.rowErrorsOf ? completed : (states.shift() ?? completed)],
        ...(request.rowErrorsOf && { rowErrors: { uploadId: completed.uploadId, items: rowErrors } }),
      },
    });
    const portal = await openAndSend();
    await portal.waitFor('completed');
    const status = portal.page.getByRole('status');
    await status.getByText('We are now working out what they change for families.').waitFor();
    await status.getByText('was worked out by 23 November 2026').waitFor();
  });

  it('says that a held file waits and why, and goes on by itself when it is released', async () => {
    const portal = await ways.held();
    await portal.waitFor('held');
    expect(await portal.page.locator('main').innerText()).toContain('Forenames and surnames look swapped');
    server.uploads = () => ({ status: 200, body: { items: [upload({ state: 'ready' })] } });
    await portal.waitFor('checking');
    server.uploads = () => ({ status: 200, body: { items: [completed], rowErrors: { uploadId: completed.uploadId, items: rowErrors } } });
    await portal.waitFor('completed');
  });

  it('shows the refused rows on a small phone one below the other, each cell under its column’s name', async () => {
    const portal = await ways.completed({ width: 320, height: 640 });
    await portal.page.waitForSelector('caption:text-is("Rows that were not accepted")');
    const first = portal.page.locator('tbody tr').first();
    expect((await first.innerText()).split('\n').filter((line) => line.trim() !== '')).toEqual([
      'Row',
      '13',
      'Column',
      'start_date',
      'What is wrong',
      'The date is not a real date.',
      'How to fix it',
      'Write it as DD/MM/YYYY, like 07/09/2026.',
    ]);
    const places = await Promise.all((await first.locator('td').all()).map((cell) => cell.boundingBox()));
    expect(new Set(places.map((place) => place?.x)).size).toBe(1);
    // Laid out as blocks, it is still a table to a screen reader.
    expect(await portal.page.getByRole('columnheader').allTextContents()).toEqual(['Row', 'Column', 'What is wrong', 'How to fix it']);
    expect(await portal.page.getByRole('row').count()).toBe(4);
  });

  it('says in words what a snapshot ended, what a missing column costs and which columns were not used', async () => {
    const [, way] = variants['a snapshot that ended records, with columns left out and columns too many'] ?? [];
    const portal = await way?.();
    await portal?.waitFor('completed');
    const notes = (await portal?.page.locator('.govuk-inset-text').allInnerTexts()) ?? [];
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain('12 records from earlier files are not in this one. We take it that they have ended.');
    expect(await portal?.page.locator('.govuk-inset-text li').allInnerTexts()).toEqual([
      'sensitive_address_flag. We could not see which addresses must be kept secret. If any must be, add the column and send the file again now.',
      'nhs_number and upn. We could not use them to tell people apart.',
      'uprn. We could not use it to see who lives together.',
      'service. We could not take it into account.',
    ]);
    expect(notes[2]).toContain('We did not use columns 7 and 8 of your file, counted from the left');
    expect(await portal?.page.locator('main').innerText()).not.toContain('There is nothing more for you to do');
  });

  it('does not call a file without rows accepted', async () => {
    const [, way] = variants['column names only'] ?? [];
    const portal = await way?.();
    await portal?.waitFor('completed');
    const text = (await portal?.page.locator('main').innerText()) ?? '';
    expect(text).toContain('The file had no rows');
    expect(text).not.toMatch(/All rows accepted|There is nothing more for you to do/);
  });

  it('can be done with the keyboard alone', async () => {
    const portal = await openPage();
    await portal.waitFor('enter-code');
    await portal.page.keyboard.press('Tab');
    expect(await portal.page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
    while ((await portal.page.evaluate('document.activeElement.id')) !== 'code') await portal.page.keyboard.press('Tab');
    await portal.page.keyboard.type(code);
    await portal.page.keyboard.press('Enter');
    await portal.waitFor('choose-file');
    await portal.page.waitForSelector('.govuk-file-upload-button');
    const reached: string[] = [];
    for (let press = 0; press < 8; press += 1) {
      await portal.page.keyboard.press('Tab');
      reached.push(await portal.page.evaluate<string>('document.activeElement.textContent.trim()'));
      if (reached.at(-1) === 'Check the file') break;
    }
    expect(reached).toContain('What the file must look like');
    expect(reached.at(-1)).toBe('Check the file');
    await portal.page.keyboard.press('Enter');
    await portal.waitFor('choose-file-error');
  });

  it('after a wrong code leads from the summary to the field, and the link stays the link', async () => {
    server.link = problem(404, 'link-not-found', { detail: 'Check the whole link and the code.' });
    const portal = await openPage();
    await portal.waitFor('enter-code');
    await portal.enterCode('1111 1111');
    await portal.waitFor('enter-code-error');
    expect(await portal.page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
    await portal.page.locator('.govuk-error-summary a').click();
    expect(await portal.page.evaluate('document.activeElement.id')).toBe('code');
    expect(await portal.page.evaluate('location.hash')).toBe('');
    server.link = { status: 200, body: openedLink() };
    await portal.page.keyboard.type(code);
    await portal.page.keyboard.press('Enter');
    await portal.waitFor('choose-file');
    expect(server.asked.map(({ body }) => body)).toEqual([
      { token, code: '1111 1111' },
      { token, code },
    ]);
  });

  it('is checked, sent and kept as a receipt with the keyboard alone', async () => {
    const portal = await open();
    await portal.waitFor('choose-file');
    await portal.choose('suspensions.csv', spoiltCsv);
    const pressUntil = async (text: RegExp): Promise<void> => {
      for (let press = 0; press < 30; press += 1) {
        await portal.page.keyboard.press('Tab');
        if (text.test(await portal.page.evaluate<string>('document.activeElement.textContent.trim()'))) return;
      }
      throw new Error(`the keyboard does not reach ${String(text)}`);
    };
    await pressUntil(/^Check the file$/);
    await portal.page.keyboard.press('Enter');
    await portal.waitFor('check-problems');
    expect(await portal.page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
    await pressUntil(/^start_date: There is no such date/);
    await portal.page.keyboard.press('Enter');
    expect(await portal.page.evaluate('document.activeElement.id')).toBe('problem-1');
    expect(await portal.page.evaluate('location.hash')).toBe('');
    await pressUntil(/^Send the 2 rows that are right$/);
    await portal.page.keyboard.press('Enter');
    await portal.waitFor('checking');
    await pressUntil(/^Download the receipt$/);
    const [download] = await Promise.all([portal.page.waitForEvent('download'), portal.page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('SF-7Q4M-2XPT-not-signed.txt');
  });

  it('gets a signed receipt once the file has been checked, in the page that was opened again, too; where there is none yet, it says so', async () => {
    server.link = { status: 200, body: openedLink({ uploads: { items: [completed] } }) };
    server.receipt = problem(409, 'receipt-not-ready');
    const portal = await open();
    await portal.waitFor('choose-file');
    await portal.page.getByRole('button', { name: completed.reference }).click();
    await portal.waitFor('completed');
    const button = portal.page.getByRole('button', { name: 'Download the signed receipt' });
    await button.click();
    await portal.page.getByText('We could not sign the receipt yet').waitFor();
    expect(await portal.violations()).toEqual([]);
    server.receipt = { status: 200, body: signedReceipt };
    const [download] = await Promise.all([portal.page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('SF-7Q4M-2XPT-receipt.txt');
    const kept = readReceiptText(await readFile(await download.path(), 'utf8'));
    expect(kept).toEqual({ signed: signedReceipt, isAsSigned: true });
    expect(portal.complaints).toEqual([]);
  });

  it('keeps working after a reload, and takes a new link in the same tab', async () => {
    const portal = await open();
    await portal.waitFor('choose-file');
    await portal.page.reload();
    await portal.waitFor('choose-file');
    expect(server.asked.map(({ body }) => body)).toEqual([
      { token, code },
      { token, code },
    ]);
  });
});
