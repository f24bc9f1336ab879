import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HostError } from '../host-error.ts';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';

/** Where the host keeps things while it runs and, if asked to, beyond. */
export interface KeptState {
  /** A folder for one kind of data. */
  readonly folder: (name: string) => string;
  /** What an earlier run remembered. */
  readonly remembered: JsonObject;
  /** For the next run; readable by its owner only. */
  readonly remember: (state: JsonObject) => void;
  /** Removes what is not to be kept. */
  readonly close: () => void;
}

export const openState = (dataDir: string | undefined): KeptState => {
  const directory = dataDir === undefined ? mkdtempSync(path.join(tmpdir(), 'stronger-families-')) : writable(dataDir);
  const file = path.join(directory, 'host.json');
  return {
    folder: (name) => {
      mkdirSync(path.join(directory, name), { recursive: true, mode: 0o700 });
      return path.join(directory, name);
    },
    remembered: readState(file),
    remember: (state) => {
      if (dataDir !== undefined) writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    },
    close: () => {
      if (dataDir === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
};

const writable = (dataDir: string): string => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK);
    return path.resolve(dataDir);
  } catch {
    throw new HostError(`${dataDir} cannot be written to: choose another folder for the data, or change its owner or rights.`);
  }
};

const readState = (file: string): JsonObject => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const state = parseJson(text);
  if (isJsonObject(state)) return state;
  throw new HostError(`${file} is damaged: without it the data beside it cannot be read. Choose another folder for the data.`);
};
