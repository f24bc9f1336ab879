import { Duration } from 'aws-cdk-lib';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { envSchema as casesEnvironment } from '#functions/cases-api/config.ts';
import type { envSchema as familiesEnvironment } from '#functions/families-api/config.ts';
import type { envSchema as formsEnvironment } from '#functions/forms-api/config.ts';
import type { envSchema as linksEnvironment } from '#functions/links-api/config.ts';
import type { envSchema as operationsEnvironment } from '#functions/operations-api/config.ts';
import type { envSchema as peopleEnvironment } from '#functions/people-api/config.ts';
import type { envSchema as portalEnvironment } from '#functions/portal-api/config.ts';
import type { envSchema as referralsEnvironment } from '#functions/referrals-api/config.ts';
import type { envSchema as reviewsEnvironment } from '#functions/reviews-api/config.ts';
import type { envSchema as rulesEnvironment } from '#functions/rules-api/config.ts';
import type { envSchema as uploadsEnvironment } from '#functions/uploads-api/config.ts';
import type { ApiFunction } from '#shared/contracts/http/route.ts';
import { listingIndex } from '#shared/store/table-definition.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import { asInterface } from './as-interface.ts';
import type { WorkQueues } from './work-queues.ts';
import { ServiceFunction, type FunctionSurroundings } from './service-function.ts';

export interface ApiFunctionsProps {
  readonly surroundings: FunctionSurroundings;
  readonly data: DataStack;
  readonly queues: WorkQueues;
}

/** The functions behind the API, each with the rights its routes need and no others. */
export class ApiFunctions extends Construct {
  readonly aliases: Readonly<Record<ApiFunction, IAlias>>;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    const { surroundings, data, queues } = props;
    const { config, key } = surroundings;
    const { Records: records, Uploads: uploads, Audit: audit } = data.tables;
    const quarantine = { resource: data.quarantine.bucket, key: data.keys.quarantine };
    const stage = { STAGE: config.stage };
    const auditTable = { AUDIT_TABLE: audit.resource.tableName };
    const uploadsTable = { UPLOADS_TABLE: uploads.resource.tableName };
    const recordsTable = { RECORDS_TABLE: records.resource.tableName };
    const quarantineBucket = { QUARANTINE_BUCKET: quarantine.resource.bucketName, QUARANTINE_KEY_ARN: quarantine.key.keyArn };
    const screenQueue = { resource: queues.screen.queue, key };
    const ingestQueue = { resource: queues.ingest.queue, key };
    const ingestQueueUrl = { INGEST_QUEUE_URL: queues.ingest.queue.queueUrl };
    const shape = {
      surroundings,
      // API Gateway gives up after 29 seconds; nobody waits so long.
      timeout: Duration.seconds(15),
      memorySize: 1024,
      reservedConcurrency: config.reservedConcurrency.api,
    };

    const portal = new ServiceFunction<z.input<typeof portalEnvironment>>(this, 'Portal', {
      ...shape,
      name: 'portal-api',
      description: 'What a partner does with an upload link',
      environment: {
        ...stage,
        ...uploadsTable,
        ...auditTable,
        ...quarantineBucket,
        COUNCIL_NAME: config.councilName,
        LINK_SECRET_ARN: data.linkSecret.resource.secretArn,
        ...ingestQueueUrl,
        SCREEN_QUEUE_URL: queues.screen.queue.queueUrl,
      },
      monitoring: { errorImpact: 'Partners cannot open their link or send a file.' },
    });
    portal.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem')
      .canWrite(audit, 'PutItem')
      .canUseObjects(quarantine, 'q/', 'PutObject')
      .canSend(screenQueue)
      .canSend(ingestQueue)
      .canUseSecret(data.linkSecret);

    const forms = new ServiceFunction<z.input<typeof formsEnvironment>>(this, 'Forms', {
      ...shape,
      name: 'forms-api',
      description: 'The upload page as plain forms, for browsers that run no scripts',
      environment: {
        ...stage,
        ...uploadsTable,
        ...auditTable,
        ...quarantineBucket,
        COUNCIL_NAME: config.councilName,
        PORTAL_ORIGIN: `https://${config.portalDomain}`,
        LINK_SECRET_ARN: data.linkSecret.resource.secretArn,
        ...ingestQueueUrl,
        SCREEN_QUEUE_URL: queues.screen.queue.queueUrl,
      },
      monitoring: { errorImpact: 'Partners whose browsers run no scripts cannot open their link or send a file.' },
    });
    forms.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem')
      .canWrite(audit, 'PutItem')
      // A form's file, and the file without rows of somebody who has nothing to report.
      .canUseObjects(quarantine, 'f/', 'PutObject')
      .canUseObjects(quarantine, 'q/', 'PutObject')
      .canListObjects(quarantine)
      .canSend(screenQueue)
      .canSend(ingestQueue)
      .canUseSecret(data.linkSecret);

    const links = new ServiceFunction<z.input<typeof linksEnvironment>>(this, 'Links', {
      ...shape,
      name: 'links-api',
      description: 'Staff keep data-sharing agreements and the upload links made under them',
      environment: {
        ...stage,
        ...uploadsTable,
        ...auditTable,
        PORTAL_ORIGIN: `https://${config.portalDomain}`,
        LINK_SECRET_ARN: data.linkSecret.resource.secretArn,
      },
      monitoring: { errorImpact: 'Staff cannot create or revoke upload links, nor end an agreement.' },
    });
    links.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canList(uploads, listingIndex.name)
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem')
      .canWrite(audit, 'PutItem')
      .canUseSecret(data.linkSecret);

    const uploadsApi = new ServiceFunction<z.input<typeof uploadsEnvironment>>(this, 'Uploads', {
      ...shape,
      name: 'uploads-api',
      description: 'Staff follow uploads and their row errors, and take them back or have them scanned again',
      environment: {
        ...stage,
        ...uploadsTable,
        ...auditTable,
        ...ingestQueueUrl,
        SCREEN_QUEUE_URL: queues.screen.queue.queueUrl,
        QUARANTINE_BUCKET: quarantine.resource.bucketName,
      },
      monitoring: { errorImpact: 'Staff cannot see what became of uploaded files, nor take one back.' },
    });
    uploadsApi.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canList(uploads, listingIndex.name)
      .canWrite(uploads, 'PutItem', 'UpdateItem', 'DeleteItem')
      .canListObjects(quarantine)
      .canSend(screenQueue)
      .canSend(ingestQueue)
      .canWrite(audit, 'PutItem');

    const referrals = new ServiceFunction<z.input<typeof referralsEnvironment>>(this, 'Referrals', {
      ...shape,
      name: 'referrals-api',
      description: 'Staff post a single referral',
      environment: { ...stage, ...uploadsTable, ...auditTable, ...quarantineBucket },
      monitoring: { errorImpact: 'Staff cannot send a referral.' },
    });
    referrals.permissions
      .canRead(uploads, 'GetItem')
      .canWrite(uploads, 'PutItem', 'ConditionCheckItem')
      .canWrite(audit, 'PutItem')
      .canUseObjects(quarantine, 'q/', 'PutObject');

    const families = new ServiceFunction<z.input<typeof familiesEnvironment>>(this, 'Families', {
      ...shape,
      name: 'families-api',
      description: 'Staff list and read families and their eligibility',
      environment: { ...stage, ...recordsTable, ...auditTable },
      monitoring: { errorImpact: 'Staff cannot see families or why they are eligible.' },
    });
    families.permissions
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canList(records, listingIndex.name)
      .canWrite(audit, 'PutItem');

    const people = new ServiceFunction<z.input<typeof peopleEnvironment>>(this, 'People', {
      ...shape,
      name: 'people-api',
      description: 'Staff ask whether a person is known',
      environment: { ...stage, ...recordsTable, ...auditTable, MATCH_SECRET_ARN: data.matchSecret.resource.secretArn },
      monitoring: { errorImpact: 'Staff cannot find out whether a person is known.' },
    });
    people.permissions.canRead(records, 'BatchGetItem', 'Query').canWrite(audit, 'PutItem').canUseSecret(data.matchSecret);

    const reviews = new ServiceFunction<z.input<typeof reviewsEnvironment>>(this, 'Reviews', {
      ...shape,
      name: 'reviews-api',
      description: 'Staff compare people, decide who is who, and take it back',
      environment: { ...stage, ...recordsTable, ...auditTable, ASSESS_QUEUE_URL: queues.assess.queue.queueUrl },
      monitoring: { errorImpact: 'Staff cannot put right who is who.' },
    });
    reviews.permissions
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canList(records, listingIndex.name)
      .canWrite(records, 'PutItem')
      .canWrite(audit, 'PutItem')
      .canSend({ resource: queues.assess.queue, key });

    const rules = new ServiceFunction<z.input<typeof rulesEnvironment>>(this, 'Rules', {
      ...shape,
      name: 'rules-api',
      description: 'Staff read, propose and approve the rules that families are held against',
      environment: { ...stage, ...recordsTable, ...auditTable, ASSESS_QUEUE_URL: queues.assess.queue.queueUrl },
      monitoring: { errorImpact: 'Staff cannot see or change the rules that families are held against.' },
    });
    rules.permissions
      .canRead(records, 'GetItem', 'Query')
      .canWrite(records, 'PutItem')
      .canWrite(audit, 'PutItem')
      .canSend({ resource: queues.assess.queue, key });

    const cases = new ServiceFunction<z.input<typeof casesEnvironment>>(this, 'Cases', {
      ...shape,
      name: 'cases-api',
      description: 'Staff decide about families, record the work with them, and claim for what was reached',
      environment: { ...stage, ...recordsTable, ...auditTable, ASSESS_QUEUE_URL: queues.assess.queue.queueUrl },
      monitoring: { errorImpact: 'Staff cannot decide about families, record work, or claim.' },
    });
    cases.permissions
      .canRead(records, 'GetItem', 'BatchGetItem', 'Query')
      .canList(records, listingIndex.name)
      .canWrite(records, 'PutItem', 'DeleteItem', 'ConditionCheckItem')
      .canWrite(audit, 'PutItem')
      .canSend({ resource: queues.assess.queue, key });

    const operations = new ServiceFunction<z.input<typeof operationsEnvironment>>(this, 'Operations', {
      ...shape,
      name: 'operations-api',
      description: 'Administrators see what is stuck, and send it back to work',
      environment: {
        ...stage,
        ...uploadsTable,
        ...auditTable,
        ...ingestQueueUrl,
        SCREEN_QUEUE_URL: queues.screen.queue.queueUrl,
        WEIGH_QUEUE_URL: queues.weigh.queue.queueUrl,
        ASSESS_QUEUE_URL: queues.assess.queue.queueUrl,
        SCREEN_DEAD_LETTERS_URL: queues.screen.deadLetterQueue.queueUrl,
        WEIGH_DEAD_LETTERS_URL: queues.weigh.deadLetterQueue.queueUrl,
        INGEST_DEAD_LETTERS_URL: queues.ingest.deadLetterQueue.queueUrl,
        ASSESS_DEAD_LETTERS_URL: queues.assess.deadLetterQueue.queueUrl,
        UNDELIVERED_QUEUE_URL: queues.undelivered.queueUrl,
      },
      monitoring: { errorImpact: 'Administrators cannot see what is stuck, nor send it back to work.' },
    });
    operations.permissions
      .canRead(uploads, 'GetItem', 'BatchGetItem', 'Query')
      .canWrite(uploads, 'PutItem')
      .canWrite(audit, 'PutItem')
      .canLookThrough({ resource: queues.undelivered, key });
    for (const { queue, deadLetterQueue } of [queues.screen, queues.weigh, queues.ingest, queues.assess])
      operations.permissions.canLookThrough({ resource: deadLetterQueue, key }).canSend({ resource: queue, key });

    this.aliases = {
      'cases-api': asInterface(cases.live),
      'portal-api': asInterface(portal.live),
      'forms-api': asInterface(forms.live),
      'links-api': asInterface(links.live),
      'uploads-api': asInterface(uploadsApi.live),
      'referrals-api': asInterface(referrals.live),
      'families-api': asInterface(families.live),
      'people-api': asInterface(people.live),
      'reviews-api': asInterface(reviews.live),
      'rules-api': asInterface(rules.live),
      'operations-api': asInterface(operations.live),
    };
  }
}
