import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface DynamoDbLocal {
  /** `http://127.0.0.1:PORT`. Any access key of letters and digits sees the same tables. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface DynamoDbLocalOptions {
  /** Directory of the database file. Without it everything is in memory and gone at the end (and ten times faster). */
  readonly dataDir?: string;
  /** Without it a free port is taken. */
  readonly port?: number;
}

/** Amazon's own DynamoDB Local, from the npm package that carries its jar. Throws an error with one clear line. */
export const startDynamoDbLocal = async (options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> => {
  // A port found free may be taken before Java listens on it; another one then does as well.
  for (let attempt = 1; ; attempt++) {
    try {
      const port = await bindable(options.port ?? 0);
      return await launch(port, options.dataDir);
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      if (options.port !== undefined || attempt === 5) {
        const which = options.port === undefined ? 'Every port tried for DynamoDB Local' : `Port ${String(options.port)}`;
        throw new Error(`${which} is taken: stop the program that uses it, or choose another port.`, { cause: error });
      }
    }
  }
};

class PortTakenError extends Error {}

const emulator = path.join(path.dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')), 'emulator');

/**
 * Java does not notice the end of the program that started it, so a shell stands between: when our end of its standard
 * input closes, even by `kill -9`, it ends Java.
 */
const watchdog = 'exec 3<&0; "$@" </dev/null & child=$!; (read -r _ <&3; kill "$child" 2>/dev/null) & wait "$child"';

const launch = async (port: number, dataDir: string | undefined): Promise<DynamoDbLocal> => {
  const java = [
    'java',
    '-Xmx768m',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${path.join(emulator, 'DynamoDBLocal_lib')}`,
    '-Dorg.eclipse.jetty.LEVEL=OFF',
    '-jar',
    path.join(emulator, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', path.resolve(dataDir)]),
  ];
  const child = spawn('/bin/sh', ['-c', watchdog, 'dynamodb-local', ...java], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // It leaves a metadata file where it stands.
    cwd: dataDir ?? tmpdir(),
  });
  child.stdin.on('error', () => undefined);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit');

  const endpoint = `http://127.0.0.1:${String(port)}`;
  const deadline = Date.now() + 60_000;
  // Java's own exit is the fast way to know of a failure; an answer, whatever it says, is the sign of life.
  while (child.exitCode === null && !(await answers(endpoint))) {
    if (Date.now() > deadline) {
      child.stdin.end();
      throw new Error('DynamoDB Local did not answer within 60 seconds: the machine may be short of memory or processor time.');
    }
    await delay(50);
  }
  if (child.exitCode !== null) {
    child.stdin.end();
    throw startFailure(child.exitCode, output);
  }
  return {
    endpoint,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

const startFailure = (exitCode: number, output: string): Error => {
  if (exitCode === 127)
    return new Error('Java is missing: install a Java 17 runtime (Debian: apt-get install default-jre-headless) and start again.');
  if (/UnsupportedClassVersionError/.test(output)) {
    return new Error('Java is too old for DynamoDB Local: install Java 17 or later (Debian: apt-get install default-jre-headless).');
  }
  if (/Address already in use|Failed to bind|BindException/.test(output)) return new PortTakenError();
  const lastLine = output.trim().split('\n').at(-1) ?? '';
  return new Error(`DynamoDB Local ended with exit code ${String(exitCode)}: ${lastLine}`);
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(1000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};

/** The port itself if nobody listens on it (0: any free one). */
const bindable = async (port: number): Promise<number> => {
  const server = createServer();
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch {
    throw new PortTakenError();
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new PortTakenError();
  return address.port;
};
