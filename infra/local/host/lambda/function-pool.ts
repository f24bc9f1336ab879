import { randomUUID } from 'node:crypto';
import { type FunctionProcess, type ProcessSettings, startFunctionProcess } from './function-process.ts';

export interface FunctionSettings extends ProcessSettings {
  /** As the template's ARNs have it. */
  readonly physicalName: string;
  readonly timeoutSeconds: number;
  /** Execution environments at the same time. */
  readonly concurrency: number;
}

export interface FunctionPool {
  readonly settings: FunctionSettings;
  /** Waits for a free execution environment; rejects when the function fails, runs out of time or dies. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly running: () => number;
  /** `kill -9` of every process of the function; the next invocation starts a new one. */
  readonly kill: () => void;
}

/** A function's execution environments: started on first use, kept warm, replaced after a crash or a time-out. */
export const functionPool = (settings: FunctionSettings): FunctionPool => {
  const idle: FunctionProcess[] = [];
  const all = new Set<FunctionProcess>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const acquire = (): FunctionProcess => {
    for (let candidate = idle.pop(); candidate !== undefined; candidate = idle.pop()) {
      if (!candidate.ended()) return candidate;
      all.delete(candidate);
    }
    const started = startFunctionProcess(settings);
    all.add(started);
    return started;
  };

  return {
    settings,
    invoke: async (event) => {
      // A place is handed over by the one who leaves, so nobody can come in between.
      if (running >= settings.concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      const environment = acquire();
      try {
        return await environment.invoke(randomUUID(), event, settings.timeoutSeconds);
      } finally {
        if (environment.ended()) all.delete(environment);
        else idle.push(environment);
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
    running: () => running,
    kill: () => {
      for (const environment of all) environment.kill();
      all.clear();
      idle.length = 0;
    },
  };
};
