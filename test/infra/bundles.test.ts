import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleFunction } from '#infra/cdk/constructs/function-code.ts';

/** Bytes, minified, with the SDK inside: what Lambda has to load at a cold start. */
const largestBundle = 800 * 1024;
const work = mkdtempSync(join(tmpdir(), 'bundles-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

test.each(readdirSync(new URL('../../functions', import.meta.url)))('%s is small enough, minified, with the SDK inside', (name) => {
  const bundle = readFileSync(bundleFunction(name, join(work, name)));
  expect(bundle.length).toBeLessThanOrEqual(largestBundle);
  expect(bundle.length).toBeGreaterThan(50 * 1024);
  // What is left out may only be asked for at run time, and never is in Lambda.
  expect(bundle.toString().match(/(?:from|import)"@(?:aws-sdk|smithy)[^"]*"/g)).toBeNull();
});
