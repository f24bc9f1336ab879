import { spawnSync } from 'node:child_process';
import { HostError } from '../host-error.ts';
import { close, listen } from '../host/http/listen.ts';
import { openState } from '../host/kept-state.ts';
import type { StartOptions } from './command-line.ts';

/** What would fail after the synthesis is found before it: Java, the data folder, the ports. Throws `HostError`. */
export const preflight = async ({ dataDir, portalPort, apiPort }: StartOptions): Promise<void> => {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).error)
    throw new HostError('Java is missing: install Java 17 or later (Debian: apt-get install default-jre-headless).');
  if (dataDir !== undefined) openState(dataDir);
  for (const [purpose, option, port] of [
    ['portal', '--portal-port', portalPort],
    ['API', '--api-port', apiPort],
  ] as const) {
    if (port === undefined || port === 0) continue;
    try {
      await close((await listen(purpose, port)).server);
    } catch (error) {
      throw error instanceof HostError ? new HostError(`${error.message} ${option} NUMBER chooses it.`) : error;
    }
  }
};
