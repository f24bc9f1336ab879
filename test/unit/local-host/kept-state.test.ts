import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState } from '#infra/local/kept-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-state-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the data folder', () => {
  it('is made with the folders above it, and kept', () => {
    const data = path.join(folder, 'one', 'two');
    const first = openState(data);
    first.remember({ port: 7 });
    first.close();
    const second = openState(data);
    expect(second.remembered).toEqual({ port: 7 });
    second.close();
  });

  it.runIf(process.platform === 'linux')('is refused at once where the file system makes no folders', () => {
    expect(() => openState('/proc/no-such-folder/data')).toThrow('/proc/no-such-folder/data cannot be written to: choose another folder');
  });

  it('is refused where a file stands in its place', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(() => openState(file)).toThrow('cannot be written to');
    expect(() => openState(path.join(file, 'data'))).toThrow('cannot be written to');
  });
});
