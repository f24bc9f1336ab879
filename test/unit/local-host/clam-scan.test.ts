import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { findClamScan } from '#infra/local/host/events/clam-scan.ts';

const folders: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Programs of these names, each answering by its first argument: `--version` and `--ping` as said, anything else as a scan. */
const install = (programs: Readonly<Record<string, { readonly asked: string; readonly scan?: string }>>): void => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clam-'));
  folders.push(folder);
  for (const [name, { asked, scan = 'exit 0' }] of Object.entries(programs)) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\ncase "$1" in --version|--ping) ${asked};; *) ${scan};; esac\n`);
    chmodSync(file, 0o755);
  }
  vi.stubEnv('PATH', folder);
};

it('ClamAV is used where it is installed and has signatures, the daemon first', async () => {
  install({});
  expect(await findClamScan()).toBeUndefined();
  install({ clamscan: { asked: 'echo "ClamAV 1.0.7"' } });
  expect(await findClamScan()).toBeUndefined();
  install({
    clamscan: { asked: 'echo "ClamAV 1.0.7/27123/x"', scan: 'exit 2' },
    clamdscan: { asked: 'exit 0', scan: 'exit 0' },
  });
  expect(await (await findClamScan())?.('file')).toEqual({ status: 'NO_THREATS_FOUND' });
  install({
    clamscan: { asked: 'echo "ClamAV 1.0.7/27123/x"', scan: 'exit 0' },
    clamdscan: { asked: 'exit 21', scan: 'exit 2' },
  });
  expect(await (await findClamScan())?.('file')).toEqual({ status: 'NO_THREATS_FOUND' });
});

it.each([
  ['exit 0', { status: 'NO_THREATS_FOUND' }],
  ['echo "/q/a: Win.Test.EICAR_HDB-1 FOUND"; exit 1', { status: 'THREATS_FOUND', threat: 'Win.Test.EICAR_HDB-1' }],
  ['echo "/q/a: Heuristics.Encrypted.Zip FOUND"; exit 1', { status: 'UNSUPPORTED' }],
  ['echo "ERROR: Can not open file"; exit 2', { status: 'FAILED' }],
  ['exit 1', { status: 'FAILED' }],
])('What it ends with, %s, is read as %j', async (scan, outcome) => {
  install({ clamscan: { asked: 'echo "ClamAV 1.0.7/27123/x"', scan } });
  expect(await (await findClamScan())?.('file')).toEqual(outcome);
});
