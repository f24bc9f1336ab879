import { pathToFileURL } from 'node:url';

/** From the host to a function's process. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: unknown;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** From a function's process to the host: loaded, could not be loaded, done, or failed. */
export interface RuntimeMessage {
  readonly kind: 'ready' | 'broken' | 'result' | 'failure';
  readonly requestId?: string;
  readonly result?: unknown;
  readonly error?: string;
}

const send = (message: RuntimeMessage, then: () => void = () => undefined): void => {
  process.send?.(message, undefined, undefined, then);
};
const described = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
const isHandler = (value: unknown): value is (event: unknown, context: object) => unknown => typeof value === 'function';
const member = (module: unknown, name: string): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;

/**
 * The whole program of a function's process: loads the bundle named by `_HANDLER_FILE`, then handles one event after
 * the other. It ends when the host does.
 */
const run = async (file: string): Promise<void> => {
  process.on('disconnect', () => process.exit(0));
  const { _HANDLER_EXPORT: name = 'handler', AWS_LAMBDA_FUNCTION_NAME: functionName = '' } = process.env;
  const loaded: unknown = await import(pathToFileURL(file).href);
  const handler = member(loaded, name) ?? member(member(loaded, 'default'), name);
  if (!isHandler(handler)) throw new Error(`${file} exports no function ${name}`);

  const handle = async ({ requestId, event, deadline }: InvokeMessage): Promise<void> => {
    const context = {
      functionName,
      functionVersion: '1',
      invokedFunctionArn: process.env['AWS_LAMBDA_FUNCTION_ARN'],
      memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'local',
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    try {
      const result: unknown = await handler(event, context);
      send({ kind: 'result', requestId, result: result ?? null });
    } catch (error) {
      send({ kind: 'failure', requestId, error: described(error) });
    }
  };
  process.on('message', (message: InvokeMessage) => void handle(message));
  send({ kind: 'ready' });
};

const file = process.env['_HANDLER_FILE'];
if (file !== undefined && process.send !== undefined) {
  run(file).catch((error: unknown) => send({ kind: 'broken', error: described(error) }, () => process.exit(1)));
}
