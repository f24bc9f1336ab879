import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiClient } from '../demo/api-client.ts';
import { readStartOptions, usage, UsageError, type StartOptions } from '../demo/command-line.ts';
import { compareWithTruth } from '../demo/compare-with-truth.ts';
import { invitation } from '../demo/invitation.ts';
import { preflight } from '../demo/preflight.ts';
import { readOutcome, type Outcome } from '../demo/read-outcome.ts';
import { comparisonReport, filesReport, outcomeReport } from '../demo/report.ts';
import { runMainJob } from '../demo/run-main-job.ts';
import { synthesise } from '../demo/synthesise.ts';
import { HostError } from '../host-error.ts';
import type { Host } from '../host/host-options.ts';
import { startHost } from '../host/host.ts';
import { generateSampleData } from '../sample-data/generate-sample-data.ts';

const stage = 'dev';
const startedAt = performance.now();
const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(0).padStart(3)} s`;
const say = (...lines: readonly string[]): void => console.log(lines.join('\n'));
const step = (text: string): void => say(`${seconds()}  ${text}`);

/** Rewrites one line every second where there is a terminal; elsewhere says every eight seconds how far it is. */
const progress = (): { show: (text: string) => void; end: () => void } => {
  const isTerminal = process.stdout.isTTY;
  let now = '';
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => (isTerminal ? void process.stdout.write(`\r${seconds()}  ${now}\u001b[K`) : step(now));
  return {
    show: (text) => {
      now = text;
      if (isTerminal) write();
      timer ??= setInterval(write, isTerminal ? 1000 : 8000).unref();
    },
    end: () => {
      clearInterval(timer);
      timer = undefined;
      if (isTerminal) process.stdout.write('\r\u001b[K');
    },
  };
};

/** Never silent for long, whatever it waits for. */
const during = async <Result>(text: string, work: Promise<Result>): Promise<Result> => {
  const line = progress();
  line.show(text);
  try {
    return await work;
  } finally {
    line.end();
  }
};

/** The main job from files to families. */
const mainJob = async (host: Host, options: StartOptions): Promise<{ ok: boolean; outcome: Outcome }> => {
  const asOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
  const { files, truth } = generateSampleData({ families: options.families, seed: options.seed, asOf });
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  step(
    `Sending ${String(files.length)} files with ${rows.toLocaleString('en-GB')} rows about ${truth.families.length.toLocaleString('en-GB')} families, each through a link of its own`,
  );
  const line = progress();
  line.show('Still sending');
  const dataOfficer = apiClient(host.apiUrl, await host.token(['data-officer']));
  const sent = await runMainJob({
    portalUrl: host.portalUrl,
    staff: dataOfficer,
    files,
    onProgress: (done, read) =>
      line.show(`Reading rows: ${read.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')}, ${String(done)} files done`),
    timeoutSeconds: 1800,
  });
  line.show('Putting people into families and holding families against the criteria');
  await host.drained(1800);
  line.end();
  step('All rows read, all families assessed');
  const before = sent.filter((file) => file.before).length;
  if (before > 0) say(`${String(before)} of the ${String(sent.length)} files had been sent before and were not sent again`);
  say('', ...filesReport(sent), '');

  const officer = apiClient(host.apiUrl, await host.token(['programme-officer'], { expiresInSeconds: 3600 }));
  const outcome = await readOutcome(officer, (done, of) =>
    line.show(`Reading families back through the API: ${String(done)} of ${String(of)}`),
  );
  line.end();
  say(...outcomeReport(outcome), '');
  const uploads = new Map(sent.map(({ file, upload }) => [upload.uploadId, file.file]));
  say(...comparisonReport(compareWithTruth(truth, outcome.details, uploads)), '');
  const failed = sent.filter(({ upload }) => upload.state !== 'completed');
  for (const { file, upload } of failed)
    say(`FAILED: ${file.feed} is ${upload.state}. ${upload.refusal?.message ?? 'It was not done in time.'}`);
  return { ok: failed.length === 0 && outcome.families.length > 0, outcome };
};

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

const run = async (options: StartOptions): Promise<number> => {
  // Whenever it is stopped, what was started is stopped with it.
  const stopped = untilStopped();
  const unlessStopped = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await Promise.race([work.then((value) => ({ value })), stopped]);
    if (result === undefined) throw new HostError('stopped.');
    return result.value;
  };
  const work = mkdtempSync(join(tmpdir(), 'stronger-families-'));
  try {
    await preflight(options);
    step('Building the page and synthesising the CDK app');
    await during('Still building and synthesising', unlessStopped(synthesise(stage, join(work, 'cdk.out'))));
    step('Starting tables, buckets, queues, the token issuer and the API on this machine');
    const starting = startHost({
      assembly: join(work, 'cdk.out'),
      ports: { portal: options.portalPort ?? 0, api: options.apiPort ?? 0 },
      ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
    });
    const host = await during('Still starting', starting);
    try {
      const { ok, outcome } = await unlessStopped(mainJob(host, options));
      step(ok ? 'Done' : 'Done, with failures');
      if (options.once) return ok ? 0 : 1;
      const tokens = join(resolve(options.dataDir ?? work), 'tokens');
      try {
        say('', ...(await invitation(host, outcome, tokens)), '', 'Press Ctrl+C to stop.');
        await stopped;
      } finally {
        rmSync(tokens, { recursive: true, force: true });
      }
      return 0;
    } finally {
      await host.stop();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

try {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) say(usage);
  else process.exitCode = await run(options);
} catch (error) {
  if (error instanceof UsageError || error instanceof HostError) console.error(`start: ${error.message}`);
  else console.error(error);
  process.exitCode = 1;
}
