import { spawnSync } from 'node:child_process';
import { HostError } from '../host-error.ts';
import { close, listen } from '../listen.ts';
import { openState } from '../kept-state.ts';
import type { StartOptions } from './command-line.ts';

/** What would fail after the synthesis is found before it: Java, the data folder, the ports. Throws `HostError`. */
export const preflight = async ({ dataDir, portalPort, apiPort }: StartOptions): Promise<void> => {
  checkJava();
  if (dataDir !== undefined) openState(dataDir).close();
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

const oldestJava = 17;

/** Java writes its version to standard error: `openjdk version "17.0.18"`, and before 9 `"1.8.0_402"`. */
const checkJava = (): void => {
  const install = `install Java ${oldestJava} or later (Debian: apt-get install default-jre-headless).`;
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) throw new HostError(`Java is missing: ${install}`);
  const [, version = ''] = /version "(?:1\.)?(\d+)/.exec(stderr) ?? [];
  if (version !== '' && Number(version) < oldestJava) throw new HostError(`Java ${version} is too old: ${install}`);
};
