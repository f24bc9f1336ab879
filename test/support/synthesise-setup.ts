import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesise } from '../../infra/local/demo/synthesise.ts';

declare module 'vitest' {
  interface ProvidedContext {
    assembly: string;
  }
}

/** The CDK app of stage `dev`, synthesised once for all tests of the whole system. */
export const setup = async (project: TestProject): Promise<() => void> => {
  const work = mkdtempSync(join(tmpdir(), 'stronger-families-assembly-'));
  const assembly = join(work, 'cdk.out');
  await synthesise('dev', assembly);
  project.provide('assembly', assembly);
  return () => rmSync(work, { recursive: true, force: true });
};
