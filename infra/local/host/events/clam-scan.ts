import { spawn } from 'node:child_process';
import type { ScanOutcome } from './malware-check.ts';

/** Gives what ClamAV says of a file. */
export type ClamScan = (file: string) => Promise<ScanOutcome>;

interface Ended {
  /** Undefined: could not be started, or was stopped. */
  readonly code: number | undefined;
  readonly output: string;
}

const run = (program: string, given: readonly string[], seconds: number): Promise<Ended> =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(program, given, { stdio: ['ignore', 'pipe', 'ignore'], timeout: seconds * 1000 });
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.on('error', () => resolve({ code: undefined, output }));
    child.on('close', (code) => resolve({ code: code ?? undefined, output }));
  });

const slowest = 120;

/**
 * ClamAV where it is installed and has signatures: its daemon where one answers, else the program, which loads them for every
 * file. Undefined where there is neither.
 */
export const findClamScan = async (): Promise<ClamScan | undefined> => {
  if ((await run('clamdscan', ['--ping', '1'], 5)).code === 0) return scanWith('clamdscan', ['--fdpass']);
  // `ClamAV 1.0.7/27123/…`: without signatures it has its own version only.
  const { code, output } = await run('clamscan', ['--version'], 5);
  return code === 0 && output.includes('/') ? scanWith('clamscan', ['--alert-encrypted=yes']) : undefined;
};

/** 0: nothing found; 1: something found, which a line names; anything else: it did not look. */
const scanWith =
  (program: string, options: readonly string[]): ClamScan =>
  async (file) => {
    const { code, output } = await run(program, [...options, '--no-summary', file], slowest);
    if (code === 0) return { status: 'NO_THREATS_FOUND' };
    const threat = /: (\S+) FOUND$/m.exec(output)?.[1];
    if (code !== 1 || threat === undefined) return { status: 'FAILED' };
    return threat.startsWith('Heuristics.Encrypted.') ? { status: 'UNSUPPORTED' } : { status: 'THREATS_FOUND', threat };
  };
