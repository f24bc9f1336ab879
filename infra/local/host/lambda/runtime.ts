import { pathToFileURL } from 'node:url';
import { errorText } from '../host-error.ts';

/** From the host to a function's process. Times in milliseconds. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: unknown;
  readonly deadline: number;
}

/** From a function's process to the host. */
export type RuntimeMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly requestId: string; readonly result: unknown }
  | { readonly kind: 'failure'; readonly requestId?: string; readonly error: string };

/**
 * The whole program of a function's process: loads the bundle named by `_HANDLER_FILE`, then handles one event after
 * the other. It ends when the host does.
 */
const run = async (): Promise<void> => {
  const send = (message: RuntimeMessage): void => {
    process.send?.(message, undefined, undefined, () => undefined);
  };
  process.on('disconnect', () => process.exit(0));
  const { _HANDLER_FILE: file = '', _HANDLER_EXPORT: name = 'handler', AWS_LAMBDA_FUNCTION_NAME: functionName = '' } = process.env;
  const loaded: unknown = await import(pathToFileURL(file).href);
  const handler = exported(loaded, name) ?? exported(exported(loaded, 'default'), name);
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${name}`);

  const handle = async ({ requestId, event, deadline }: InvokeMessage): Promise<void> => {
    const context = {
      functionName,
      functionVersion: '1',
      invokedFunctionArn: process.env['AWS_LAMBDA_FUNCTION_ARN'] ?? '',
      memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '128',
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    try {
      const result: unknown = await handler(event, context);
      send({ kind: 'result', requestId, result: result ?? null });
    } catch (error) {
      send({ kind: 'failure', requestId, error: error instanceof Error ? `${error.name}: ${error.message}` : errorText(error) });
    }
  };
  process.on('message', (message: InvokeMessage) => void handle(message));
  send({ kind: 'ready' });
};

const exported = (module: unknown, name: string): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;

if (process.env['_HANDLER_FILE'] !== undefined && process.send !== undefined) {
  run().catch((error: unknown) => {
    const failure: RuntimeMessage = { kind: 'failure', error: error instanceof Error ? (error.stack ?? error.message) : errorText(error) };
    process.send?.(failure, undefined, undefined, () => process.exit(1));
  });
}
