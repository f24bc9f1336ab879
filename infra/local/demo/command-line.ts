import { parseArgs } from 'node:util';
import { withNegativeValues } from './option-values.ts';

export interface StartOptions {
  readonly once: boolean;
  readonly dataDir?: string;
  readonly families: number;
  readonly seed: number;
  readonly portalPort?: number;
  readonly apiPort?: number;
}

/** What the user can put right: shown as one line, without a stack. */
export class UsageError extends Error {}

export const usage = 'Usage: npm start -- [--once] [--data DIR] [--families 120] [--seed 1] [--portal-port 3000] [--api-port 3001]';

const whole = (name: string, text: string, low: number, high: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high))
    throw new UsageError(`--${name} must be a whole number from ${String(low)} to ${String(high)}. ${usage}`);
  return value;
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: withNegativeValues(args),
      options: {
        once: { type: 'boolean', default: false },
        data: { type: 'string' },
        families: { type: 'string', default: '120' },
        seed: { type: 'string', default: '1' },
        'portal-port': { type: 'string', default: '3000' },
        'api-port': { type: 'string', default: '3001' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? '') : ''}. ${usage}`);
  }
};

/** Undefined where the user asked for help. */
export const readStartOptions = (args: readonly string[]): StartOptions | undefined => {
  const values = parse(args);
  if (values.help) return undefined;
  if (values.data === '') throw new UsageError(`say which folder with --data DIR. ${usage}`);
  if (values['portal-port'] === values['api-port'] && values['api-port'] !== '0')
    throw new UsageError(`--portal-port and --api-port must not be the same. ${usage}`);
  return {
    once: values.once,
    ...(values.data !== undefined && { dataDir: values.data }),
    families: whole('families', values.families, 1, 5000),
    seed: whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    portalPort: whole('portal-port', values['portal-port'], 0, 65535),
    apiPort: whole('api-port', values['api-port'], 0, 65535),
  };
};
