import { cpus, loadavg } from 'node:os';
import { checkSheet } from '#shared/contracts/files/checking/check-sheet.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { aWorkbook } from '#test/support/a-workbook.ts';
import { openPortal } from '#test/support/portal-page.ts';
import { openedLink, startPortalServer } from '#test/support/portal-server.ts';
import { manyPupils, schoolRollCsv } from '#test/support/school-roll-csv.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';

interface PreCheck {
  readonly seconds: number;
  /** The longest that the page kept a key press waiting, in milliseconds. */
  readonly longestWait: number;
}

const aim = 2;
const runs = 5;

/** Notes, in the page, the longest time between two turns of its own loop: while it is long, no key press is answered. */
const watchTurns = `
  globalThis.longestTurn = 0;
  (() => { let last = performance.now(); const channel = new MessageChannel();
    channel.port1.onmessage = () => { const now = performance.now(); globalThis.longestTurn = Math.max(globalThis.longestTurn, now - last); last = now; setTimeout(() => channel.port2.postMessage(0), 4); };
    channel.port2.postMessage(0); })();`;

const measure = async (origin: string, name: string, content: Buffer): Promise<PreCheck> => {
  const browser = await launchBrowser();
  try {
    const portal = await openPortal(browser, `${origin}/#uJ3Vn6sQ0fYkq2m8hW5xR1tB7cD9eG4aZ-LpKoIjUyE`);
    await portal.waitFor('choose-file');
    await portal.page.waitForSelector('.govuk-file-upload-button');
    await portal.choose(name, content);
    await portal.page.evaluate(watchTurns);
    const start = performance.now();
    await portal.check();
    await portal.waitFor('check-passed');
    const seconds = (performance.now() - start) / 1000;
    return { seconds, longestWait: await portal.page.evaluate<number>('globalThis.longestTurn') };
  } finally {
    await browser.close();
  }
};

/** Processor time of the very same reading and checking in Node, which a busy machine changes little; the second of two. */
const processorSeconds = async (content: Uint8Array): Promise<number> => {
  let seconds = 0;
  for (let run = 0; run < 2; run += 1) {
    const before = process.cpuUsage();
    const source = { size: content.length, read: (from: number, to: number) => pieces(content.subarray(from, to)) };
    const { check } = await checkSheet({ feed: feeds['school-roll'], source, period: { start: '2026-09-01', end: '2026-10-31' } });
    if (check.kind === 'refused' || check.faultyRows > 0) throw new Error('the file of the benchmark is not right');
    const { user, system } = process.cpuUsage(before);
    seconds = (user + system) / 1e6;
  }
  return seconds;
};

const pieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 262_144) yield await Promise.resolve(bytes.subarray(at, at + 262_144));
};

/** How fast the page checks a file before it is sent. The real page in Chromium, from the click to the verdict. */
export const benchExchange = async ({ quick }: { readonly quick: boolean }): Promise<boolean> => {
  const rows = quick ? 5_000 : 50_000;
  const csv = schoolRollCsv(manyPupils(rows));
  const grid = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const files = [
    ['pupils.csv', Buffer.from(csv)],
    ['pupils.xlsx', Buffer.from(aWorkbook({ sheets: [{ rows: grid }] }))],
  ] as const;
  const server = await startPortalServer();
  const { feed } = openedLink();
  server.link = { status: 200, body: openedLink({ feed: { ...feed, id: 'school-roll', title: 'School roll', kind: 'snapshot' } }) };
  try {
    printHeading(
      `Check of a file in the browser before it is sent: ${count(rows)} rows, ${String(grid[0]?.length)} columns, no faults`,
      `Chromium on ${String(cpus().length)} cores, load ${decimal(loadavg()[0] ?? 0, 0)}; each time a browser of its own, from the click to the verdict; median of ${String(runs)}.`,
    );
    const lines: string[][] = [];
    let isFastEnough = true;
    for (const [name, content] of files) {
      const measured: PreCheck[] = [];
      for (let run = 0; run < runs; run += 1) measured.push(await measure(server.origin, name, content));
      const sorted = measured.map(({ seconds }) => seconds).toSorted((left, right) => left - right);
      const median = sorted[Math.floor(runs / 2)] ?? 0;
      const fastest = sorted[0] ?? 0;
      const processor = await processorSeconds(content);
      if (name.endsWith('.csv') && Math.min(fastest, processor) > (aim * rows) / 50_000) isFastEnough = false;
      lines.push([
        name,
        decimal(content.length / 1e6, 1),
        decimal(median),
        decimal(fastest),
        decimal(processor),
        count(Math.round(rows / median)),
        decimal(Math.max(...measured.map(({ longestWait }) => longestWait)), 0),
      ]);
    }
    printTable(['file', 'MB', 'seconds', 'fastest', 'processor, Node', 'rows a second', 'page busy at most, ms'], lines);
    if (!isFastEnough) console.log(`\n  Slower than ${count(50_000)} rows in ${String(aim)} s of processor time.`);
    return isFastEnough || quick;
  } finally {
    await server.stop();
  }
};
