import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { InvokeMessage, RuntimeMessage } from './runtime.ts';

export interface ProcessSettings {
  readonly name: string;
  /** The bundle's entry file and the name it exports. */
  readonly file: string;
  readonly exportName: string;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

/** The function itself failed, ran out of time or died: what AWS calls a function error. */
class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

export interface FunctionProcess {
  readonly invoke: (requestId: string, event: unknown, timeoutSeconds: number) => Promise<unknown>;
  /** `kill -9`; whatever it was doing fails. */
  readonly kill: () => void;
  readonly ended: () => boolean;
}

interface Invocation {
  readonly requestId: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** A busy laptop loads a bundle more slowly than Lambda, which allows ten seconds. */
const loadingSeconds = 60;

/** Starts one execution environment of a function: its own process with its own memory limit and credentials. */
export const startFunctionProcess = (settings: ProcessSettings): FunctionProcess => {
  // Only what a Lambda environment has; the host's own variables stay outside.
  const { PATH, TZ } = process.env;
  const child = fork(fileURLToPath(new URL('./runtime.ts', import.meta.url)), [], {
    execArgv: [`--max-old-space-size=${settings.memoryMegabytes}`],
    env: { PATH, TZ, ...settings.environment, _HANDLER_FILE: settings.file, _HANDLER_EXPORT: settings.exportName },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', settings.onLog);
  }
  let current: Invocation | undefined;
  let over = false;

  const settle = (outcome: (invocation: Invocation) => void): void => {
    if (current === undefined) return;
    const settled = current;
    current = undefined;
    clearTimeout(settled.timer);
    outcome(settled);
  };
  const fail = (reason: string): void => settle(({ reject }) => reject(new FunctionError(`${settings.name} ${reason}`)));
  const allow = (seconds: number, reason: string): NodeJS.Timeout =>
    setTimeout(() => {
      fail(reason);
      child.kill('SIGKILL');
    }, seconds * 1000);

  const ready = new Promise<void>((resolve) => {
    child.on('message', ({ kind, requestId, result, error = '' }: RuntimeMessage) => {
      if (kind === 'ready') resolve();
      else if (kind === 'broken') fail(`could not be loaded: ${error}`);
      else if (requestId !== current?.requestId) return;
      else if (kind === 'result') settle((invocation) => invocation.resolve(result));
      else fail(`failed: ${error}`);
    });
  });
  const end = (reason: string): void => {
    over = true;
    fail(reason);
  };
  child.once('error', (error) => end(`could not start: ${error.message}`));
  child.once('exit', (code, signal) => end(`ended with ${signal ?? `exit code ${String(code)}`}`));

  return {
    invoke: (requestId, event, timeoutSeconds) =>
      new Promise((resolve, reject) => {
        const invocation: Invocation = { requestId, resolve, reject, timer: allow(loadingSeconds, 'took too long to load') };
        current = invocation;
        void ready.then(() => {
          if (current !== invocation || !child.connected) return;
          // The clock of an invocation starts when the function is loaded, as on Lambda.
          clearTimeout(invocation.timer);
          invocation.timer = allow(timeoutSeconds, `timed out after ${timeoutSeconds} seconds`);
          const message: InvokeMessage = { requestId, event, deadline: Date.now() + timeoutSeconds * 1000 };
          // A process that dies meanwhile tells so by its exit event.
          child.send({ ...message }, () => undefined);
        });
      }),
    kill: () => void child.kill('SIGKILL'),
    ended: () => over || child.killed,
  };
};
