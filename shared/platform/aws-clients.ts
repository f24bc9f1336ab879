import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * One client per process and kind. Region, credentials and endpoints come from the standard AWS_* variables, which the
 * SDK reads; nothing here knows whether it runs in the cloud or on one machine.
 *
 * `@__PURE__` lets the bundler leave out the clients that a function does not use.
 */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const requestHandler = { connectionTimeout: 2_000 };
const maxAttempts = 4;

// A stand-in for S3 answers under one host name; the real one needs the bucket in it.
const forcePathStyle = (): boolean => process.env['AWS_ENDPOINT_URL_S3'] !== undefined;

export const documentClient = /* @__PURE__ */ once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: { ...requestHandler, requestTimeout: 15_000 }, maxAttempts }), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);

export const s3Client = /* @__PURE__ */ once(() => new S3Client({ requestHandler, maxAttempts, forcePathStyle: forcePathStyle() }));

/**
 * For presigned URLs only. By default the SDK bakes the CRC32 of an empty body into the URL it signs, so that the upload
 * with a body fails; `WHEN_REQUIRED` stops that.
 */
export const signingS3Client = /* @__PURE__ */ once(
  () => new S3Client({ requestHandler, maxAttempts, forcePathStyle: forcePathStyle(), requestChecksumCalculation: 'WHEN_REQUIRED' }),
);

export const sqsClient = /* @__PURE__ */ once(() => new SQSClient({ requestHandler, maxAttempts }));

export const secretsClient = /* @__PURE__ */ once(() => new SecretsManagerClient({ requestHandler, maxAttempts }));

export const kmsClient = /* @__PURE__ */ once(() => new KMSClient({ requestHandler, maxAttempts }));
