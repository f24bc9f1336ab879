import type { IngestPorts } from '#shared/services/ingest/ingest-ports.ts';

export class Crash extends Error {}

/** `before`: the call is never made. `after`: it is made, and its answer lost. */
export interface CrashPoint {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** The same ports, except that the worker dies at one call to the outside; from then on nothing goes out at all. */
export const crashingPorts = (ports: IngestPorts, point: CrashPoint): { readonly ports: IngestPorts; readonly crashed: () => boolean } => {
  let calls = 0;
  let crashed = false;
  const guard = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || String(name).endsWith('Fragment') || name === 'size' || name === 'readSeen') return value;
        return async (...parameters: unknown[]): Promise<unknown> => {
          if (crashed) throw new Crash();
          calls += 1;
          const dies = calls === point.call;
          if (dies && point.moment === 'before') crashed = true;
          if (crashed) throw new Crash();
          const result: unknown = await Reflect.apply(value, target, parameters);
          if (dies) crashed = true;
          if (dies) throw new Crash();
          return result;
        };
      },
    });
  return {
    ports: {
      ...ports,
      uploads: guard(ports.uploads),
      records: guard(ports.records),
      coverage: guard(ports.coverage),
      transactions: guard(ports.transactions),
      cleanFiles: guard(ports.cleanFiles),
      ingestQueue: guard(ports.ingestQueue),
      assessQueue: guard(ports.assessQueue),
    },
    crashed: () => crashed,
  };
};
