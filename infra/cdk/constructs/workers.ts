import { Duration } from 'aws-cdk-lib';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { envSchema as assessEnvironment } from '#functions/assess-families/config.ts';
import type { envSchema as ingestEnvironment } from '#functions/ingest-upload/config.ts';
import type { envSchema as screenEnvironment } from '#functions/screen-upload/config.ts';
import type { envSchema as sweepEnvironment } from '#functions/sweep-uploads/config.ts';
import type { envSchema as weighEnvironment } from '#functions/weigh-upload/config.ts';
import { listingIndex } from '#shared/store/table-definition.ts';
import { acknowledge } from '../checks/acknowledge.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import { ServiceFunction, type FunctionSurroundings } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';
import type { WorkQueues, WorkQueuesProps } from './work-queues.ts';

export interface WorkersProps {
  readonly surroundings: FunctionSurroundings;
  readonly data: DataStack;
  readonly queues: WorkQueues;
  readonly workerTimeouts: WorkQueuesProps['workerTimeouts'];
}

/** The functions behind the queues, and the sweep. */
export class Workers extends Construct {
  readonly sweep: Alias;
  private readonly concurrency: number;

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    const { surroundings, data, queues, workerTimeouts } = props;
    const { config, key } = surroundings;
    this.concurrency = config.reservedConcurrency.worker;
    const { Records: records, Uploads: uploads, Audit: audit } = data.tables;
    const quarantine = { resource: data.quarantine.bucket, key: data.keys.quarantine };
    const clean = { resource: data.clean.bucket, key: data.keys.clean };
    const screenQueue = { resource: queues.screen.queue, key };
    const weighQueue = { resource: queues.weigh.queue, key };
    const ingestQueue = { resource: queues.ingest.queue, key };
    const assessQueue = { resource: queues.assess.queue, key };
    const stage = { STAGE: config.stage };
    const recordsTable = { RECORDS_TABLE: records.resource.tableName };
    const uploadsTable = { UPLOADS_TABLE: uploads.resource.tableName };
    const shape = { surroundings, reservedConcurrency: this.concurrency };

    const screen = new ServiceFunction<z.input<typeof screenEnvironment>>(this, 'Screen', {
      ...shape,
      name: 'screen-upload',
      description: 'Acts on the malware verdict: moves clean files on, signs their receipts, refuses the others',
      timeout: workerTimeouts.screen,
      // More than reading needs: the processor's share comes with it, and a large file is read three times.
      memorySize: 1024,
      environment: {
        ...stage,
        ...uploadsTable,
        QUARANTINE_BUCKET: quarantine.resource.bucketName,
        CLEAN_BUCKET: clean.resource.bucketName,
        CLEAN_KEY_ARN: clean.key.keyArn,
        RECEIPT_KEY_ARN: data.keys.receipts.keyArn,
        COUNCIL_NAME: config.councilName,
        AUDIT_TABLE: audit.resource.tableName,
      },
      monitoring: { errorImpact: 'Files that partners have sent stay in quarantine.' },
    });
    screen.permissions
      .canRead(uploads, 'GetItem')
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem')
      .canSignReceipts(data.keys.receipts)
      .canWrite(audit, 'PutItem')
      .canUseObjects(quarantine, 'q/', 'GetObject', 'GetObjectVersion', 'GetObjectVersionTagging')
      .canUseObjects(quarantine, 'f/', 'GetObject', 'GetObjectVersion', 'GetObjectVersionTagging')
      .canListObjects(quarantine)
      .canScanObjects()
      .canUseObjects(clean, 'c/', 'PutObject')
      .canReceive(screenQueue);
    this.feed(screen, queues.screen, { batchSize: 5 });

    const weigh = new ServiceFunction<z.input<typeof weighEnvironment>>(this, 'Weigh', {
      ...shape,
      name: 'weigh-upload',
      description: 'Looks at a file as a whole before it is taken in; one that looks wrong waits for a person',
      timeout: workerTimeouts.weigh,
      memorySize: 1769,
      environment: {
        ...stage,
        ...uploadsTable,
        ...recordsTable,
        CLEAN_BUCKET: clean.resource.bucketName,
        INGEST_QUEUE_URL: queues.ingest.queue.queueUrl,
        ASSESS_QUEUE_URL: queues.assess.queue.queueUrl,
        MATCH_SECRET_ARN: data.matchSecret.resource.secretArn,
      },
      monitoring: { errorImpact: 'Files wait before they are taken in.' },
    });
    weigh.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'ConditionCheckItem')
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(records, 'PutItem')
      .canUseObjects(clean, 'c/', 'GetObject', 'GetObjectVersion')
      .canSend(ingestQueue)
      .canSend(assessQueue)
      .canUseSecret(data.matchSecret)
      .canReceive(weighQueue);
    this.feed(weigh, queues.weigh, { batchSize: 1 });

    const ingest = new ServiceFunction<z.input<typeof ingestEnvironment>>(this, 'Ingest', {
      ...shape,
      name: 'ingest-upload',
      description: 'Reads a file row by row into people and evidence; hands over before its time is up',
      timeout: workerTimeouts.ingest,
      memorySize: 1769,
      environment: {
        ...stage,
        ...uploadsTable,
        ...recordsTable,
        CLEAN_BUCKET: clean.resource.bucketName,
        INGEST_QUEUE_URL: queues.ingest.queue.queueUrl,
        ASSESS_QUEUE_URL: queues.assess.queue.queueUrl,
        MATCH_SECRET_ARN: data.matchSecret.resource.secretArn,
      },
      monitoring: { errorImpact: 'Rows of uploaded files are not taken in.' },
    });
    ingest.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem')
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(records, 'PutItem', 'DeleteItem', 'ConditionCheckItem')
      .canUseObjects(clean, 'c/', 'GetObject', 'GetObjectVersion')
      .canListObjects(clean)
      .canSend(ingestQueue)
      .canSend(assessQueue)
      .canUseSecret(data.matchSecret)
      .canReceive(ingestQueue);
    this.feed(ingest, queues.ingest, { batchSize: 1 });

    const assess = new ServiceFunction<z.input<typeof assessEnvironment>>(this, 'Assess', {
      ...shape,
      name: 'assess-families',
      description: 'Puts people into families and holds each against the criteria',
      timeout: workerTimeouts.assess,
      memorySize: 1024,
      environment: {
        ...stage,
        ...uploadsTable,
        ...recordsTable,
        ASSESS_QUEUE_URL: queues.assess.queue.queueUrl,
        MATCH_SECRET_ARN: data.matchSecret.resource.secretArn,
      },
      monitoring: { errorImpact: 'Families are not assessed: eligibility does not follow the evidence.' },
    });
    assess.permissions
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canList(records, listingIndex.name)
      .canWrite(records, 'PutItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem')
      .canWrite(uploads, 'UpdateItem', 'PutItem')
      .canSend(assessQueue)
      .canUseSecret(data.matchSecret)
      .canReceive(assessQueue);
    this.feed(assess, queues.assess, { batchSize: 20, maxBatchingWindow: Duration.seconds(1) });

    const sweep = new ServiceFunction<z.input<typeof sweepEnvironment>>(this, 'Sweep', {
      ...shape,
      name: 'sweep-uploads',
      description: 'Finds uploads that stalled and work that was never announced, and sends them on',
      timeout: Duration.minutes(4),
      memorySize: 512,
      reservedConcurrency: 1,
      environment: {
        ...stage,
        ...uploadsTable,
        ...recordsTable,
        QUARANTINE_BUCKET: quarantine.resource.bucketName,
        CLEAN_BUCKET: clean.resource.bucketName,
        SCREEN_QUEUE_URL: queues.screen.queue.queueUrl,
        WEIGH_QUEUE_URL: queues.weigh.queue.queueUrl,
        INGEST_QUEUE_URL: queues.ingest.queue.queueUrl,
        ASSESS_QUEUE_URL: queues.assess.queue.queueUrl,
      },
      monitoring: { errorImpact: 'Work that got lost on its way is not found again.' },
    });
    sweep.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem')
      .canList(uploads, listingIndex.name)
      .canWrite(uploads, 'UpdateItem', 'DeleteItem')
      .canList(records, listingIndex.name)
      .canListObjects(quarantine)
      .canListObjects(clean)
      .canSend(screenQueue)
      .canSend(weighQueue)
      .canSend(ingestQueue)
      .canSend(assessQueue);
    this.sweep = sweep.live;
  }

  private feed(
    worker: ServiceFunction<Readonly<Record<string, string>>>,
    from: WorkQueue,
    options: { readonly batchSize: number; readonly maxBatchingWindow?: Duration },
  ): void {
    const mapping = worker.live.addEventSourceMapping('Messages', {
      eventSourceArn: from.queue.queueArn,
      ...options,
      reportBatchItemFailures: true,
      maxConcurrency: this.concurrency,
    });
    acknowledge(mapping, {
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A queue is not a stream: what fails goes back to the queue and, after five attempts, to the queue’s own dead-letter queue.',
    });
  }
}
