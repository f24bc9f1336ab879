import { afterAll, beforeAll } from 'vitest';
import { startHost } from '#infra/local/host/host.ts';
import type { Host, HostOptions } from '#infra/local/host/host-options.ts';
import { at, type Json, parseJson, textAt } from '#infra/local/json.ts';
import { fixtureResources, writeAssembly } from './assembly.ts';

export interface FixtureHost {
  readonly host: Host;
  /** Makes one SDK call in the name of the function `probe`. */
  readonly probe: (service: string, command: string, input: Json) => Promise<Json>;
  /** A presigned URL made by the function `probe`. */
  readonly presign: (command: string, input: Json, options: Json) => Promise<string>;
  /** The physical name, URL or ARN of a resource of the fixture. */
  readonly ref: (logicalId: string) => string;
}

/** Starts the fixture system once for a test file. */
export const useFixtureHost = (options: Omit<HostOptions, 'assembly'> = {}): (() => FixtureHost) => {
  let started: FixtureHost | undefined;
  let remove: (() => void) | undefined;
  beforeAll(async () => {
    const assembly = writeAssembly(fixtureResources());
    remove = assembly.remove;
    started = fixtureHost(await startHost({ assembly: assembly.directory, ...options }));
  });
  afterAll(async () => {
    await started?.host.stop();
    remove?.();
  });
  return () => {
    if (started === undefined) throw new Error('the fixture host did not start');
    return started;
  };
};

export const fixtureHost = (host: Host): FixtureHost => {
  const call = async (event: Json): Promise<Json> => parseJson(JSON.stringify(await host.invoke('probe', event)));
  return {
    host,
    probe: (service, command, input) => call({ service, command, input }),
    presign: async (command, input, options) => textAt(at(await call({ service: 's3', command, input, presign: options })), 'url') ?? '',
    ref: (logicalId) => host.model.find(logicalId)?.ref ?? '',
  };
};
