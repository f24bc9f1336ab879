import { buildApp } from 'fauxqs';
import { HostError } from '../../host-error.ts';
import { at, type Json, type JsonObject, listAt, numberAt, parseJson, textAt } from '../../json.ts';

/** A queue of the template. Times in seconds. */
export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeout: number;
  readonly delay: number;
  /** Empty: none. */
  readonly deadLetterQueue: string;
  readonly maxReceiveCount: number;
}

export interface QueuedMessage {
  readonly queue: string;
  readonly body: string;
}

export interface Queues {
  /** One call of the SQS JSON protocol; queues go by the last part of their URL. */
  readonly call: (operation: string, body: JsonObject) => Promise<{ readonly status: number; readonly body: string }>;
  /** The same for the host itself: a refusal throws. */
  readonly ask: (operation: string, queue: string, body: JsonObject) => Promise<Json>;
  /** Messages in the queue, received ones included. */
  readonly depth: (queue: string) => Promise<number>;
  /** Everything in the queue, received or not, without touching it. */
  readonly messages: (queue: string) => Promise<readonly QueuedMessage[]>;
  /** Everything that was sent, oldest first; of very many only the latest. */
  readonly sent: () => readonly QueuedMessage[];
  readonly stop: () => Promise<void>;
}

/** What is used of fauxqs' app; its own types do not resolve. */
interface InProcessApp {
  readonly ready: () => Promise<unknown>;
  readonly inject: (request: object) => Promise<{ readonly statusCode: number; readonly body: string }>;
  readonly close: () => Promise<void>;
}

const isInProcessApp = (app: unknown): app is InProcessApp => typeof app === 'object' && app !== null && 'inject' in app;

const queuePrefix = '/000000000000/';
const arnPrefix = 'arn:aws:sqs:eu-west-2:000000000000:';
const mostRemembered = 100_000;

/** The template's queues on fauxqs, called inside this process: nothing listens on a port. */
export const startQueues = async (settings: readonly QueueSettings[]): Promise<Queues> => {
  const app: unknown = buildApp({ logger: false, defaultRegion: 'eu-west-2' });
  if (!isInProcessApp(app)) throw new HostError('fauxqs has changed: its app takes no requests in this process any more.');
  await app.ready();
  const sent: QueuedMessage[] = [];
  const call: Queues['call'] = async (operation, body) => {
    if (operation.startsWith('SendMessage')) {
      const queue = textAt(body, 'QueueUrl')?.split('/').at(-1) ?? '';
      sent.push(...[body, ...listAt(body, 'Entries')].flatMap((entry) => bodyOf(queue, textAt(entry, 'MessageBody'))));
      if (sent.length > 2 * mostRemembered) sent.splice(0, mostRemembered);
    }
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` };
    const answer = await app.inject({ method: 'POST', url: '/', headers, payload: JSON.stringify(body) });
    return { status: answer.statusCode, body: answer.body };
  };
  const ask: Queues['ask'] = async (operation, queue, body) => {
    const answer = await call(operation, { QueueUrl: queuePrefix + queue, ...body });
    if (answer.status !== 200) throw new HostError(`The queue ${queue} refused ${operation}: ${answer.body}`);
    return answer.body === '' ? {} : parseJson(answer.body);
  };
  // A dead-letter queue has to exist before the queue that names it.
  for (const queue of settings.toSorted((a, b) => a.deadLetterQueue.length - b.deadLetterQueue.length)) {
    const redrive = { deadLetterTargetArn: arnPrefix + queue.deadLetterQueue, maxReceiveCount: queue.maxReceiveCount };
    await ask('CreateQueue', queue.name, {
      QueueName: queue.name,
      Attributes: {
        VisibilityTimeout: String(queue.visibilityTimeout),
        DelaySeconds: String(queue.delay),
        MessageRetentionPeriod: '1209600',
        ...(queue.deadLetterQueue === '' ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
      },
    });
  }
  return {
    call,
    ask,
    depth: async (queue) => {
      const attributes = at(await ask('GetQueueAttributes', queue, { AttributeNames: ['All'] }), 'Attributes');
      const counts = ['', 'Delayed', 'NotVisible'].map((state) => numberAt(attributes, `ApproximateNumberOfMessages${state}`) ?? 0);
      return counts.reduce((sum, count) => sum + count, 0);
    },
    messages: async (queue) => {
      const answer = await app.inject({ method: 'GET', url: `/_fauxqs/queues/${queue}` });
      const found = at(parseJson(answer.body), 'messages');
      const received = listAt(found, 'inflight').flatMap((entry) => at(entry, 'message') ?? []);
      return [...listAt(found, 'ready'), ...listAt(found, 'delayed'), ...received].flatMap((entry) => bodyOf(queue, textAt(entry, 'body')));
    },
    sent: () => sent,
    stop: () => app.close(),
  };
};

const bodyOf = (queue: string, body: string | undefined): QueuedMessage[] => (body === undefined ? [] : [{ queue, body }]);
