import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { close, listen } from '#infra/local/listen.ts';
import type { RuntimeMessage } from '#infra/local/host/lambda/runtime.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { readFunctions, type FunctionTemplate } from '#infra/local/host/template/settings.ts';
import { templateModel } from '#infra/local/template/template-model.ts';

export interface FunctionStart {
  readonly name: string;
  readonly bundleKilobytes: number;
  readonly memoryMegabytes: number;
  /** From the start of the process until its handler is loaded: the middle one of the starts. */
  readonly startMilliseconds: number;
}

/** Every function of the template: the size of its bundle, and how long a new process takes to load it. */
export const measureFunctionStarts = async (assembly: string, starts: number): Promise<readonly FunctionStart[]> => {
  // Some fetch their key while they load: something has to answer.
  const secrets = await listen('secrets', 0);
  const SecretString = JSON.stringify({ version: 1, key: randomBytes(48).toString('base64url') });
  secrets.server.on('request', (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ SecretString }));
  });
  try {
    const measured: FunctionStart[] = [];
    for (const template of readFunctions(templateModel(readAssembly(assembly), secrets.url))) {
      const times: number[] = [];
      for (let start = 0; start < starts; start += 1) times.push(await timeToLoad(template, secrets.url));
      times.sort((a, b) => a - b);
      measured.push({
        name: template.name,
        bundleKilobytes: statSync(template.file).size / 1024,
        memoryMegabytes: template.memoryMegabytes,
        startMilliseconds: times[Math.floor(times.length / 2)] ?? 0,
      });
    }
    return measured.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await close(secrets.server);
  }
};

const runtime = fileURLToPath(import.meta.resolve('#infra/local/host/lambda/runtime.ts'));

/** Always there on Lambda; without them the SDK would look for others, which the bundles leave out. */
const credentials = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' };

/** As the local host starts it; nothing is invoked. */
const timeToLoad = (
  { name, file, exportName, memoryMegabytes, region, environment }: FunctionTemplate,
  endpoint: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { PATH, TZ } = process.env;
    const startedAt = performance.now();
    const child = fork(runtime, [], {
      execArgv: [`--max-old-space-size=${String(memoryMegabytes)}`],
      env: {
        PATH,
        TZ,
        ...credentials,
        ...environment,
        AWS_REGION: region,
        AWS_ENDPOINT_URL: endpoint,
        _HANDLER_FILE: file,
        _HANDLER_EXPORT: exportName,
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.once('message', ({ kind, error = '' }: RuntimeMessage) => {
      const took = performance.now() - startedAt;
      child.once('exit', () => (kind === 'ready' ? resolve(took) : reject(new Error(`${name} could not be loaded: ${error}`))));
      child.kill('SIGKILL');
    });
    child.once('error', reject);
  });
