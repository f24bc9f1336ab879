import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appOf } from './support/synthesise.ts';

/** Bytes, minified, with the SDK inside: what Lambda has to load at a cold start. */
const largestBundle = 800 * 1024;

test('no function’s bundle is larger than 800 KB, minified, with the SDK inside', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
  try {
    appOf('dev', { bundles: true, outdir }).synth();
    const bundles = readdirSync(outdir)
      .map((asset) => join(outdir, asset, 'index.mjs'))
      .filter((file) => existsSync(file));
    const sizes = bundles.map((file) => statSync(file).size);
    expect(bundles.length).toBeGreaterThan(5);
    expect(sizes.filter((size) => size > largestBundle)).toEqual([]);
    // What is left out may only be asked for at run time, and never is in Lambda.
    for (const file of bundles) expect(readFileSync(file, 'utf8').match(/(?:from|import)"@(?:aws-sdk|smithy)[^"]*"/g), file).toBeNull();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
