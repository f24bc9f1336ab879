import { apiClient } from '#infra/local/demo/api-client.ts';
import { runMainJob } from '#infra/local/demo/run-main-job.ts';
import { startHost } from '#infra/local/host/host.ts';
import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';

interface PipelineSpeed {
  readonly families: number;
  readonly files: number;
  readonly rows: number;
  readonly refused: number;
  /** From the first link to the last row read. */
  readonly readSeconds: number;
  /** From the first link until every family has been assessed and nothing is left in a queue. */
  readonly doneSeconds: number;
  /** Calls to DynamoDB, by the function that made them. */
  readonly requests: ReadonlyMap<string, number>;
}

/** The sample's files through the whole system on this machine, by public HTTP alone, as partners send them. */
export const measurePipeline = async (assembly: string, families: number, onProgress: (text: string) => void): Promise<PipelineSpeed> => {
  const requests = new Map<string, number>();
  const host = await startHost({
    assembly,
    onCapacity: (name) => requests.set(name, (requests.get(name) ?? 0) + 1),
  });
  try {
    const asOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
    const { files } = generateSampleData({ families, seed: 1, asOf });
    const staff = apiClient(host.apiUrl, await host.token(['data-officer']));
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    const sent = await runMainJob({
      portalUrl: host.portalUrl,
      staff,
      files,
      onProgress: (done, read) => onProgress(`${String(done)} of ${String(files.length)} files, ${String(read)} rows read`),
      timeoutSeconds: 3600,
    });
    const readSeconds = seconds();
    const failed = sent.find(({ upload }) => upload.state !== 'completed');
    if (failed) throw new Error(`the ${failed.file.feed} file is ${failed.upload.state}`);
    await host.drained(3600);
    const doneSeconds = seconds();
    const total = (name: 'rows' | 'refused'): number => sent.reduce((sum, { upload }) => sum + upload.counts[name], 0);
    return { families, files: files.length, rows: total('rows'), refused: total('refused'), readSeconds, doneSeconds, requests };
  } finally {
    await host.stop();
  }
};
