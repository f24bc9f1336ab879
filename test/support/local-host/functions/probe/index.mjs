// Makes whatever SDK call the event asks for, in the name of this function.
import console from 'node:console';
import process from 'node:process';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const retries = { maxAttempts: 1 };
const clients = {
  dynamodb: [dynamodb, new dynamodb.DynamoDBClient(retries)],
  s3: [s3, new s3.S3Client({ ...retries, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' })],
  secretsmanager: [secretsmanager, new secretsmanager.SecretsManagerClient(retries)],
  sqs: [sqs, new sqs.SQSClient(retries)],
};

export const handler = async (event, context) => {
  if (event.requestContext) return answer(event, context);
  if (event['detail-type']) return console.log(JSON.stringify({ fired: event['detail-type'] }));
  const [module, client] = clients[event.service];
  const command = new module[`${event.command}Command`](event.input);
  try {
    if (event.presign) return { url: await getSignedUrl(client, command, decodeSets(event.presign)) };
    const { $metadata, Body, ...result } = await client.send(command);
    return { status: $metadata.httpStatusCode, ...result, ...(Body ? { Body: await Body.transformToString() } : {}) };
  } catch (error) {
    return { error: error.name, status: error.$metadata?.httpStatusCode };
  }
};

const decodeSets = (options) => ({
  ...options,
  unhoistableHeaders: new Set(options.unhoistableHeaders),
  signableHeaders: new Set(options.signableHeaders),
});

const answer = (event, context) => {
  if (event.path.endsWith('/throws')) throw new Error('as asked');
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      method: event.httpMethod,
      path: event.path,
      resource: event.resource,
      pathParameters: event.pathParameters,
      query: event.multiValueQueryStringParameters,
      claims: event.requestContext.authorizer?.claims ?? null,
      body: event.body,
      portal: process.env.PORTAL_ORIGIN,
      remaining: context.getRemainingTimeInMillis(),
    }),
  };
};
