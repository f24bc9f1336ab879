import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';

export interface WorkerMemory {
  readonly fileMegabytes: number;
  readonly rows: number;
  readonly seconds: number;
  /** Resident memory before the first byte. */
  readonly startMegabytes: number;
  /** The most it ever was. */
  readonly peakMegabytes: number;
}

const worker = fileURLToPath(new URL('./memory-worker.ts', import.meta.url));

/** Takes a file of each size in, in a process of its own with the function's memory limit, and watches the memory. */
export const measureWorkerMemory = async (
  fileMegabytes: readonly number[],
  memoryLimitMegabytes: number,
  onProgress: (text: string) => void,
): Promise<readonly WorkerMemory[]> => {
  const dynamoDb = await startDynamoDbLocal();
  try {
    const measured: WorkerMemory[] = [];
    for (const megabytes of fileMegabytes) {
      onProgress(`taking in a file of ${String(megabytes)} MB`);
      const child = fork(worker, [dynamoDb.endpoint, String(megabytes)], {
        execArgv: [`--max-old-space-size=${String(memoryLimitMegabytes)}`],
      });
      let result: WorkerMemory | undefined;
      child.once('message', (message: WorkerMemory) => (result = message));
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0 || result === undefined) throw new Error(`the worker of the ${String(megabytes)} MB file ended with ${String(code)}`);
      measured.push(result);
    }
    return measured;
  } finally {
    await dynamoDb.stop();
  }
};
