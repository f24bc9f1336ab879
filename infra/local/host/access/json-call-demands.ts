import { HostError } from '../../host-error.ts';
import { at, entriesAt, type Json, listAt, textAt } from '../../json.ts';
import type { Demand } from '../../access/policy.ts';
import { viaService } from '../../access/via-service.ts';

/** ARNs of what a call names, and the customer keys that encrypt them. */
export interface ArnBook {
  /** By a table's name or a queue's URL. */
  readonly arnOf: (nameOrUrl: string) => string;
  /** The KMS key of a table, queue or secret; undefined where AWS's own key encrypts it. */
  readonly keyOf: (arn: string) => string | undefined;
}

const onOneTable = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable'];
const transactionActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The IAM actions and resources that a call of DynamoDB, SQS, Secrets Manager or KMS needs, those of its key included. */
export const jsonCallDemands = (service: string, operation: string, body: Json, arns: ArnBook): readonly Demand[] => {
  const algorithm = service === 'kms' ? textAt(body, 'SigningAlgorithm') : undefined;
  const demands = serviceDemands(service, operation, body, arns).map(([action, resource]) => ({
    action: `${service}:${action}`,
    resource,
    ...(algorithm !== undefined && { context: { 'kms:SigningAlgorithm': algorithm } }),
  }));
  const keys = demands.flatMap(({ action, resource }) => {
    const key = arns.keyOf(resource.replace(/\/index\/.*/, ''));
    if (key === undefined) return [];
    const [, , , region = '', account = ''] = resource.split(':');
    const uses = action === 'sqs:SendMessage' ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:Decrypt'];
    return uses.map((use) => ({ action: use, resource: key, context: viaService(service, region, account) }));
  });
  return [...new Map([...demands, ...keys].map((demand) => [`${demand.action}|${demand.resource}`, demand])).values()];
};

const serviceDemands = (service: string, operation: string, body: Json, { arnOf }: ArnBook): readonly (readonly [string, string])[] => {
  if (service === 'kms') return [[operation, textAt(body, 'KeyId') ?? '']];
  if (service === 'secretsmanager') return [[operation, textAt(body, 'SecretId') ?? '']];
  if (service === 'sqs') return [[operation.replace(/Batch$/, ''), arnOf(textAt(body, 'QueueUrl') ?? '')]];
  const index = textAt(body, 'IndexName');
  if (onOneTable.includes(operation))
    return [[operation, arnOf(textAt(body, 'TableName') ?? '') + (index === undefined ? '' : `/index/${index}`)]];
  if (/^Batch(Get|Write)Item$/.test(operation)) return entriesAt(body, 'RequestItems').map(([name]) => [operation, arnOf(name)]);
  if (/^Transact(Get|Write)Items$/.test(operation)) {
    const parts = listAt(body, 'TransactItems').flatMap((item) => entriesAt(item));
    return parts.map(([kind, part]) => [transactionActions[kind] ?? kind, arnOf(textAt(at(part), 'TableName') ?? '')]);
  }
  throw new HostError(`The local host does not know the call ${service}:${operation}.`);
};
