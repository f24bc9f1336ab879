import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode, HostError } from './host-error.ts';
import { isJsonObject, type JsonObject, parseJson } from './json.ts';
import { makeFolder } from './make-folder.ts';

/** Where the host keeps things while it runs and, if asked to, beyond. */
export interface KeptState {
  /** A folder for one kind of data. */
  readonly folder: (name: string) => string;
  /** What an earlier run remembered. */
  readonly remembered: JsonObject;
  /** For the next run; readable by its owner only. */
  readonly remember: (state: JsonObject) => void;
  /** Lets the folder go, and removes what is not to be kept. */
  readonly close: () => void;
}

export const openState = (dataDir: string | undefined): KeptState => {
  const directory = dataDir === undefined ? mkdtempSync(path.join(tmpdir(), 'stronger-families-')) : writable(dataDir);
  const release = take(directory);
  const file = path.join(directory, 'host.json');
  return {
    folder: (name) => {
      makeFolder(path.join(directory, name));
      return path.join(directory, name);
    },
    remembered: readState(file, release),
    remember: (state) => {
      if (dataDir !== undefined) writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    },
    close: () => {
      release();
      if (dataDir === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
};

const writable = (dataDir: string): string => {
  try {
    makeFolder(path.resolve(dataDir));
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK);
    return path.resolve(dataDir);
  } catch {
    throw new HostError(`${dataDir} cannot be written to: choose another folder for the data, or change its owner or rights.`);
  }
};

/** Two hosts over the same data would spoil it. What a host left behind that is no more is taken over. */
const take = (directory: string): (() => void) => {
  const file = path.join(directory, 'host.lock');
  const write = (): void => writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  try {
    write();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner > 0 && isRunning(owner)) {
      throw new HostError(
        `${directory} is in use by another start (process ${owner}): stop that one, or choose another folder. If there is none, delete ${file}.`,
      );
    }
    rmSync(file, { force: true });
    write();
  }
  return () => rmSync(file, { force: true });
};

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};

const readState = (file: string, release: () => void): JsonObject => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    const state = parseJson(text);
    if (isJsonObject(state)) return state;
  } catch {
    // Below.
  }
  release();
  throw new HostError(`${file} is damaged: without it the data beside it cannot be read. Choose another folder for the data.`);
};
