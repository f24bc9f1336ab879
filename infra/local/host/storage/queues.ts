import { buildApp } from 'fauxqs';
import { HostError } from '../host-error.ts';
import { at, type Json, type JsonObject, listAt, numberAt, parseJson, textAt } from '../template/json.ts';

/** A queue of the template. Times in seconds. */
export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly deadLetterQueue: string | undefined;
  readonly maxReceiveCount: number | undefined;
}

export interface QueuedMessage {
  readonly queue: string;
  readonly body: string;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly beingHandled: number;
}

export interface Queues {
  /** One call of the SQS JSON protocol; queues go by the last part of their URL. */
  readonly call: (operation: string, body: JsonObject) => Promise<{ readonly status: number; readonly body: string }>;
  readonly send: (queue: string, body: string) => Promise<void>;
  readonly depth: (queue: string) => Promise<QueueDepth>;
  /** Everything in the queue, received or not, without touching it. */
  readonly messages: (queue: string) => Promise<readonly QueuedMessage[]>;
  /** Everything that was sent, oldest first; of very many only the latest. */
  readonly sent: () => readonly QueuedMessage[];
  readonly stop: () => Promise<void>;
}

const region = 'eu-west-2';
const owner = '000000000000';
const mostRemembered = 100_000;

/** The template's queues on fauxqs, called inside this process: nothing listens on a port. */
export const startQueues = async (settings: readonly QueueSettings[]): Promise<Queues> => {
  const app = buildApp({ logger: false, defaultRegion: region });
  await app.ready();
  const sent: QueuedMessage[] = [];
  const call: Queues['call'] = async (operation, body) => {
    if (operation.startsWith('SendMessage')) {
      const queue = nameOf(textAt(body, 'QueueUrl') ?? '');
      sent.push(...[body, ...listAt(body, 'Entries')].flatMap((entry) => bodyOf(queue, entry, 'MessageBody')));
      if (sent.length > 2 * mostRemembered) sent.splice(0, mostRemembered);
    }
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      payload: JSON.stringify(body),
    });
    return { status: answer.statusCode, body: answer.body };
  };
  const ask = async (operation: string, body: JsonObject): Promise<Json> => {
    const answer = await call(operation, body);
    if (answer.status !== 200) throw new HostError(`The queues refused ${operation}: ${answer.body}`);
    return answer.body === '' ? {} : parseJson(answer.body);
  };
  // A dead-letter queue has to exist before the queue that names it.
  for (const queue of settings.toSorted((a, b) => Number(a.deadLetterQueue !== undefined) - Number(b.deadLetterQueue !== undefined))) {
    const redrive = {
      deadLetterTargetArn: `arn:aws:sqs:${region}:${owner}:${queue.deadLetterQueue ?? ''}`,
      maxReceiveCount: queue.maxReceiveCount ?? 1,
    };
    await ask('CreateQueue', {
      QueueName: queue.name,
      Attributes: {
        VisibilityTimeout: String(queue.visibilityTimeout),
        DelaySeconds: String(queue.delay),
        MessageRetentionPeriod: '1209600',
        ...(queue.deadLetterQueue === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
      },
    });
  }
  return {
    call,
    send: async (queue, body) => {
      await ask('SendMessage', { QueueUrl: `/${owner}/${queue}`, MessageBody: body });
    },
    depth: async (queue) => {
      const answer = await ask('GetQueueAttributes', { QueueUrl: `/${owner}/${queue}`, AttributeNames: ['All'] });
      const count = (name: string): number => numberAt(answer, 'Attributes', `ApproximateNumberOfMessages${name}`) ?? 0;
      return { waiting: count('') + count('Delayed'), beingHandled: count('NotVisible') };
    },
    messages: async (queue) => {
      const answer = await app.inject({ method: 'GET', url: `/_fauxqs/queues/${queue}` });
      const messages = at(parseJson(answer.body), 'messages');
      const all = [
        ...listAt(messages, 'ready'),
        ...listAt(messages, 'delayed'),
        ...listAt(messages, 'inflight').map((entry) => at(entry, 'message')),
      ];
      return all.flatMap((message) => bodyOf(queue, message, 'body'));
    },
    sent: () => sent,
    stop: () => app.close(),
  };
};

const nameOf = (url: string): string => url.split('/').at(-1) ?? '';

const bodyOf = (queue: string, message: Json | undefined, property: string): QueuedMessage[] => {
  const body = textAt(message, property);
  return body === undefined ? [] : [{ queue, body }];
};
