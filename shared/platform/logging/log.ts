import { Logger } from '@aws-lambda-powertools/logger';
import type { LogEvent } from '../observability-catalogue.ts';
import { describeError } from './describe-error.ts';
import { allowedFields, type LogFields } from './log-fields.ts';

export { logEvents } from '../observability-catalogue.ts';
export type { LogFields } from './log-fields.ts';

let powertools: Logger | undefined;
const logger = (): Logger => (powertools ??= new Logger({ serviceName: 'stronger-families' }));

/** One JSON line per event: `message` is the event's name, all else comes from the catalogue. Never a body, a name, a message of an error. */
export const log = {
  debug: (event: LogEvent, fields: LogFields = {}): void => logger().debug(event, allowedFields(fields)),
  info: (event: LogEvent, fields: LogFields = {}): void => logger().info(event, allowedFields(fields)),
  warn: (event: LogEvent, fields: LogFields = {}, error?: unknown): void => logger().warn(event, withError(fields, error)),
  error: (event: LogEvent, fields: LogFields = {}, error?: unknown): void => logger().error(event, withError(fields, error)),
} as const;

const withError = (fields: LogFields, error: unknown): Record<string, unknown> =>
  allowedFields(error === undefined ? fields : { ...fields, ...describeError(error) });
