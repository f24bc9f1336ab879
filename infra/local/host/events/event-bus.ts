import { randomUUID } from 'node:crypto';
import { HostError } from '../../host-error.ts';
import type { CreatedObject } from '../../object-store/object-store.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../../json.ts';
import type { Resource, TemplateModel } from '../../template/template-model.ts';
import { matchesEvent } from './event-pattern.ts';
import type { ScanOutcome } from './malware-check.ts';

export interface EventBus {
  /** Delivers to the targets of every rule that fits. */
  readonly put: (source: string, detailType: string, resources: readonly string[], detail: JsonObject) => Promise<void>;
  /** The rules that have a schedule. */
  readonly schedules: readonly Resource[];
  /** Fires a schedule now, whatever its interval. */
  readonly fire: (rule: Resource) => Promise<void>;
  readonly stop: () => void;
}

/** The account's default event bus with the template's rules and schedules. `send` takes a target's ARN and the event. */
export const startEventBus = (model: TemplateModel, send: (targetArn: string, event: Json) => Promise<void>): EventBus => {
  const rules = model.ofType('AWS::Events::Rule');
  const schedules = rules.filter(({ properties }) => at(properties, 'ScheduleExpression') !== undefined);

  const deliver = async (
    rule: Resource,
    source: string,
    detailType: string,
    resources: readonly string[],
    detail: JsonObject,
  ): Promise<void> => {
    const { account, region } = rule.stack;
    const time = new Date().toISOString().replace(/\.\d+/, '');
    const event = { version: '0', id: randomUUID(), 'detail-type': detailType, source, account, time, region, resources, detail };
    const pattern = at(rule.properties, 'EventPattern');
    if (pattern !== undefined && !matchesEvent(pattern, event)) return;
    for (const target of listAt(rule.properties, 'Targets')) {
      const changes = ['Input', 'InputPath', 'InputTransformer'].find((name) => at(target, name) !== undefined);
      if (changes !== undefined) throw new HostError(`The local host passes events on whole: the rule ${rule.logicalId} has ${changes}.`);
      await send(textAt(target, 'Arn') ?? '', event);
    }
  };
  const fire = (rule: Resource): Promise<void> => deliver(rule, 'aws.events', 'Scheduled Event', [rule.arn], {});
  const timers = schedules.map((rule) =>
    setInterval(() => void fire(rule), everyMilliseconds(textAt(rule.properties, 'ScheduleExpression') ?? '')).unref(),
  );
  return {
    put: async (...event) => {
      for (const rule of rules) if (!schedules.includes(rule)) await deliver(rule, ...event);
    },
    schedules,
    fire,
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
};

const unitMilliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` */
export const everyMilliseconds = (expression: string): number => {
  const [, amount, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const milliseconds = Number(amount) * (unitMilliseconds[unit] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new HostError(`The local host knows rate(…) schedules only, not ${expression}.`);
  return milliseconds;
};

/** What S3 tells the bus about a new object. */
export const objectCreatedDetail = ({ bucket, key, size, etag, versionId, reason }: CreatedObject): JsonObject => ({
  version: '0',
  bucket: { name: bucket },
  object: { key, size, etag, 'version-id': versionId, sequencer: Date.now().toString(16).toUpperCase().padStart(18, '0') },
  'request-id': randomUUID(),
  requester: '000000000000',
  'source-ip-address': '127.0.0.1',
  reason,
});

const scanStatus: Readonly<Record<ScanOutcome['status'], string>> = {
  NO_THREATS_FOUND: 'COMPLETED',
  THREATS_FOUND: 'COMPLETED',
  UNSUPPORTED: 'SKIPPED',
  ACCESS_DENIED: 'SKIPPED',
  FAILED: 'FAILED',
};

/** What GuardDuty tells the bus about a scan. */
export const scanResultDetail = (
  { bucket, key, etag, versionId }: Omit<CreatedObject, 'reason'>,
  { status, threat }: ScanOutcome,
): JsonObject => ({
  schemaVersion: '1.0',
  scanStatus: scanStatus[status],
  resourceType: 'S3_OBJECT',
  s3ObjectDetails: { bucketName: bucket, objectKey: key, eTag: etag, versionId, s3Throttled: false },
  scanResultDetails: { scanResultStatus: status, threats: threat === undefined ? null : [{ name: threat }] },
});
