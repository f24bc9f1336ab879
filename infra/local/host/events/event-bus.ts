import { randomUUID } from 'node:crypto';
import { HostError } from '../host-error.ts';
import type { CreatedObject } from '../storage/object-store.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../template/json.ts';
import type { Resource, TemplateModel } from '../template/template-model.ts';
import { matchesEvent } from './event-pattern.ts';

export interface EventBusOptions {
  readonly model: TemplateModel;
  /** Sends to the queue of an ARN. */
  readonly sendToQueue: (arn: string, body: string) => Promise<void>;
  /** Invokes the function of an ARN; nobody waits for its answer. */
  readonly invoke: (arn: string, event: Json) => void;
}

export interface EventBus {
  /** Delivers to the targets of every rule that fits. */
  readonly put: (source: string, detailType: string, resources: readonly string[], detail: JsonObject) => Promise<void>;
  /** Fires a schedule now, whatever its interval. */
  readonly fire: (rule: Resource) => Promise<void>;
  readonly stop: () => void;
}

/** The account's default event bus with the template's rules, and its schedules. */
export const startEventBus = (options: EventBusOptions): EventBus => {
  const rules = options.model.ofType('AWS::Events::Rule').filter(({ properties }) => textAt(properties, 'State') !== 'DISABLED');
  const [anyStack] = options.model.stacks;

  const deliver = async (rule: Resource, event: Json): Promise<void> => {
    for (const target of listAt(rule.properties, 'Targets')) {
      if (['InputPath', 'InputTransformer'].some((name) => at(target, name) !== undefined)) {
        throw new HostError(`The local host passes events on whole: the rule ${rule.logicalId} changes them.`);
      }
      const arn = textAt(target, 'Arn') ?? '';
      const input = textAt(target, 'Input');
      if (arn.startsWith('arn:aws:sqs:')) await options.sendToQueue(arn, input ?? JSON.stringify(event));
      else if (arn.startsWith('arn:aws:lambda:')) options.invoke(arn, event);
      else throw new HostError(`The local host cannot deliver to ${arn}, a target of the rule ${rule.logicalId}.`);
    }
  };
  const envelope = (source: string, detailType: string, resources: readonly string[], detail: JsonObject): Json => ({
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: anyStack?.account ?? '',
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region: rules[0]?.stack.region ?? anyStack?.region ?? '',
    resources,
    detail,
  });
  const fire = (rule: Resource): Promise<void> => deliver(rule, envelope('aws.events', 'Scheduled Event', [rule.arn], {}));

  const timers = rules.flatMap((rule) => {
    const expression = textAt(rule.properties, 'ScheduleExpression');
    if (expression === undefined) return [];
    const timer = setInterval(() => void fire(rule), everyMilliseconds(expression, rule.logicalId));
    timer.unref();
    return [timer];
  });
  return {
    put: async (source, detailType, resources, detail) => {
      const event = envelope(source, detailType, resources, detail);
      const fitting = rules.filter(
        ({ properties }) => at(properties, 'EventPattern') !== undefined && matchesEvent(at(properties, 'EventPattern'), event),
      );
      for (const rule of fitting) await deliver(rule, event);
    },
    fire,
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
};

const unitMilliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` */
export const everyMilliseconds = (expression: string, rule: string): number => {
  const [, amount, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const milliseconds = Number(amount) * (unitMilliseconds[unit] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new HostError(`The local host knows rate(…) schedules only; the rule ${rule} has ${expression}.`);
  return milliseconds;
};

/** What S3 tells the bus about a new object. */
export const objectCreatedDetail = (object: CreatedObject): JsonObject => ({
  version: '0',
  bucket: { name: object.bucket },
  object: {
    key: object.key,
    size: object.size,
    etag: object.etag,
    'version-id': object.versionId,
    sequencer: Date.now().toString(16).toUpperCase().padStart(18, '0'),
  },
  'request-id': randomUUID(),
  requester: '000000000000',
  'source-ip-address': '127.0.0.1',
  reason: object.reason,
});

/** What GuardDuty tells the bus about a scan. */
export const scanResultDetail = (object: CreatedObject, threat: string | undefined): JsonObject => ({
  schemaVersion: '1.0',
  scanStatus: 'COMPLETED',
  resourceType: 'S3_OBJECT',
  s3ObjectDetails: { bucketName: object.bucket, objectKey: object.key, eTag: object.etag, versionId: object.versionId, s3Throttled: false },
  scanResultDetails: {
    scanResultStatus: threat === undefined ? 'NO_THREATS_FOUND' : 'THREATS_FOUND',
    threats: threat === undefined ? null : [{ name: threat }],
  },
});
