import { HostError } from '../host-error.ts';
import { at, entriesAt, type Json, listAt, textAt } from '../template/json.ts';
import type { Demand } from './policy.ts';

/** ARNs of what a call names, and the customer keys that encrypt them. */
export interface ArnBook {
  readonly table: (name: string) => string;
  readonly queue: (url: string) => string;
  /** The KMS key of a table, queue, secret or bucket; undefined where AWS's own key encrypts it. */
  readonly keyOf: (arn: string) => string | undefined;
}

const onOneTable = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable']);
const queueActions: Readonly<Record<string, string>> = { SendMessageBatch: 'SendMessage', DeleteMessageBatch: 'DeleteMessage' };
const transactionActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The IAM actions and resources that a call of DynamoDB, SQS or Secrets Manager needs, those of its key included. */
export const jsonCallDemands = (service: string, operation: string, body: Json, arns: ArnBook): readonly Demand[] => {
  const demands = unique(serviceDemands(service, operation, body, arns));
  const keys = demands.flatMap(({ action, resource }) => {
    const key = arns.keyOf(resource.replace(/\/index\/.*/, ''));
    if (key === undefined) return [];
    const uses = action === 'sqs:SendMessage' ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:Decrypt'];
    return uses.map((use) => ({ action: use, resource: key, context: viaService(service, resource) }));
  });
  return unique([...demands, ...keys]);
};

export const viaService = (service: string, arn: string): Record<string, string> => {
  const [, , , region = '', account = ''] = arn.split(':');
  return { 'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:CallerAccount': account };
};

const serviceDemands = (service: string, operation: string, body: Json, arns: ArnBook): readonly Demand[] => {
  if (service === 'secretsmanager') return [{ action: `secretsmanager:${operation}`, resource: textAt(body, 'SecretId') ?? '' }];
  if (service === 'sqs') {
    return [{ action: `sqs:${queueActions[operation] ?? operation}`, resource: arns.queue(textAt(body, 'QueueUrl') ?? '') }];
  }
  const table = (name: string, index?: string): string => arns.table(name) + (index === undefined ? '' : `/index/${index}`);
  if (onOneTable.has(operation)) {
    return [{ action: `dynamodb:${operation}`, resource: table(textAt(body, 'TableName') ?? '', textAt(body, 'IndexName')) }];
  }
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return entriesAt(body, 'RequestItems').map(([name]) => ({ action: `dynamodb:${operation}`, resource: table(name) }));
  }
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return listAt(body, 'TransactItems').flatMap((item) =>
      entriesAt(item).map(([kind]) => ({
        action: `dynamodb:${transactionActions[kind] ?? kind}`,
        resource: table(textAt(at(item, kind), 'TableName') ?? ''),
      })),
    );
  }
  throw new HostError(`The local host does not know the call ${service}:${operation}.`);
};

const unique = (demands: readonly Demand[]): readonly Demand[] => [
  ...new Map(demands.map((demand) => [`${demand.action}|${demand.resource}`, demand])).values(),
];
