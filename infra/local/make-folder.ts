import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** One level at a time: `recursive` tries for ever where a file system refuses a folder as if its parent were missing, as /proc does. */
export const makeFolder = (directory: string): void => {
  if (existsSync(directory)) return;
  makeFolder(path.dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
};
