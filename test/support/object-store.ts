import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { close, listen } from '#infra/local/listen.ts';
import { startObjectStore, type CreatedObject } from '#infra/local/object-store/object-store.ts';

export const quarantineBucket = 'quarantine-test';
export const cleanBucket = 'clean-test';
export const quarantineKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/11111111-0000-4000-8000-000000000000';
export const cleanKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/22222222-0000-4000-8000-000000000000';

export interface TestObjectStore {
  readonly client: S3Client;
  /** For presigning. */
  readonly signingClient: S3Client;
  /** Every object that was written, in order. */
  readonly created: readonly CreatedObject[];
  /** Tags an object as GuardDuty does. */
  readonly tag: (bucket: string, key: string, name: string, value: string) => Promise<void>;
}

/** The local host's object store with the two buckets and one caller who may do everything. */
export const useObjectStore = (): (() => TestObjectStore) => {
  let store: TestObjectStore | undefined;
  let stop = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'objects-'));
    const { server, url } = await listen('objects', 0);
    const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
    const created: CreatedObject[] = [];
    const bucket = (name: string, kmsKey: string) => ({
      name,
      arn: `arn:aws:s3:::${name}`,
      kmsKey,
      region: 'eu-west-2',
      account: '111122223333',
      cors: undefined,
      policy: undefined,
    });
    const running = await startObjectStore({
      server,
      directory,
      buckets: [bucket(quarantineBucket, quarantineKeyArn), bucket(cleanBucket, cleanKeyArn)],
      callerOf: (accessKeyId) => (accessKeyId === credentials.accessKeyId ? 'test' : undefined),
      credentials: [credentials],
      access: { allows: () => true, happensToAllow: () => true },
      onCreated: (object) => created.push(object),
      onRefused: () => undefined,
    });
    const config: S3ClientConfig = { endpoint: url, region: 'eu-west-2', credentials, forcePathStyle: true, maxAttempts: 1 };
    store = {
      client: new S3Client(config),
      signingClient: new S3Client({ ...config, requestChecksumCalculation: 'WHEN_REQUIRED' }),
      created,
      tag: running.tag,
    };
    stop = async () => {
      store?.client.destroy();
      running.stop();
      await close(server);
      await rm(directory, { recursive: true, force: true });
    };
  });
  afterAll(() => stop());
  return () => {
    if (!store) throw new Error('useObjectStore: call the returned function inside a test or a hook');
    return store;
  };
};
