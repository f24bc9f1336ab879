import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { routes as casesRoutes } from '#functions/cases-api/routes.ts';
import { routes as familiesRoutes } from '#functions/families-api/routes.ts';
import { routes as formsRoutes } from '#functions/forms-api/routes.ts';
import { routes as linksRoutes } from '#functions/links-api/routes.ts';
import { routes as operationsRoutes } from '#functions/operations-api/routes.ts';
import { routes as peopleRoutes } from '#functions/people-api/routes.ts';
import { routes as portalRoutes } from '#functions/portal-api/routes.ts';
import { routes as referralsRoutes } from '#functions/referrals-api/routes.ts';
import { routes as reviewsRoutes } from '#functions/reviews-api/routes.ts';
import { routes as rulesRoutes } from '#functions/rules-api/routes.ts';
import { routes as uploadsRoutes } from '#functions/uploads-api/routes.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import type { ApiFunction } from '#shared/contracts/http/route.ts';
import type { RouteHandlers } from '#shared/platform/http/handle.ts';
import { newId } from '#shared/platform/ids.ts';
import { s3FormSigner } from '#shared/platform/objects/s3-form-signer.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import type { AuditTrail } from '#shared/services/audit/audit-trail.ts';
import type { ParkedMessages } from '#shared/services/dead-letters/dead-letter-ports.ts';
import type { ObjectWriter } from '#shared/services/uploads/object-store.ts';
import { dynamoCaseRepository } from '#shared/store/cases/dynamo-case-repository.ts';
import { dynamoFailureReader } from '#shared/store/dead-letters/dynamo-failure-notes.ts';
import { dynamoReplayRepository } from '#shared/store/dead-letters/dynamo-replay-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoJudgementRepository } from '#shared/store/judgements/dynamo-judgement-repository.ts';
import { dynamoReviewRepository } from '#shared/store/judgements/dynamo-review-repository.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { dynamoUploadReferences } from '#shared/store/uploads/dynamo-upload-references.ts';
import { dynamoWhatIfRepository } from '#shared/store/what-if/dynamo-what-if-repository.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoIdempotency } from '#shared/store/uploads/dynamo-idempotency.ts';
import { casePorts } from './case-ports.ts';
import type { TestDatabase } from './dynamodb-local.ts';
import { portalWorld } from './portal-world.ts';

const quarantine = { bucket: 'quarantine', keyArn: 'arn:aws:kms:eu-west-2:111122223333:key/11111111-0000-4000-8000-000000000000' };

const nowhere = { send: () => Promise.resolve() };
const nothingParked: ParkedMessages = {
  count: () => Promise.resolve(0),
  take: () => Promise.resolve([]),
  putBack: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** Every function's own routes on the real stores; only the object store is left out: URLs are signed, bytes go nowhere. */
export const apiWorld = (database: TestDatabase, audit: AuditTrail) => {
  const records = new DocumentTable(database.client, database.tables.Records);
  const { ports: portal, issueLink, agree } = portalWorld(database);
  const s3 = new S3Client({
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const written: string[] = [];
  const writer: ObjectWriter = {
    write: ({ key }) => {
      written.push(key);
      return Promise.resolve('written');
    },
  };
  const ports = { ...portal, audit, signer: s3UploadSigner(s3, quarantine) };
  const recordStore = dynamoRecordStore(records, () => portal.clock.today());
  const families = dynamoFamilyRepository(records);
  const handlers: Readonly<Record<ApiFunction, RouteHandlers>> = {
    'forms-api': formsRoutes({
      ...ports,
      quarantine: { ...writer, has: (key) => Promise.resolve(written.includes(key)) },
      formSigner: s3FormSigner(s3, quarantine),
    }),
    'links-api': linksRoutes(ports),
    'uploads-api': uploadsRoutes(ports),
    'portal-api': portalRoutes(ports),
    'referrals-api': referralsRoutes({
      ...ports,
      feeds,
      references: dynamoUploadReferences(portal.table),
      quarantine: writer,
      sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
      newId,
    }),
    'families-api': familiesRoutes({
      families,
      cases: dynamoCaseRepository(records),
      ...dynamoRules(records),
      people: dynamoHeldPeople(records),
      clock: portal.clock,
      audit,
    }),
    'reviews-api': reviewsRoutes({
      judgements: dynamoJudgementRepository(records),
      reviews: dynamoReviewRepository(records, () => portal.clock.today()),
      records: recordStore,
      families,
      outbox: dynamoOutbox(records),
      queue: { send: () => Promise.resolve() },
      transactions: dynamoTransactions(database.client),
      clock: portal.clock,
      newId,
    }),
    'rules-api': rulesRoutes({
      ...dynamoRules(records),
      whatIfs: dynamoWhatIfRepository(records),
      outbox: dynamoOutbox(records),
      queue: { send: () => Promise.resolve() },
      idempotency: dynamoIdempotency(records),
      transactions: dynamoTransactions(database.client),
      clock: portal.clock,
      newId,
    }),
    'cases-api': casesRoutes(casePorts(database, portal.clock)),
    'operations-api': operationsRoutes({
      parked: { screen: nothingParked, weigh: nothingParked, ingest: nothingParked, assess: nothingParked, undelivered: nothingParked },
      work: { screen: nowhere, weigh: nowhere, ingest: nowhere, assess: nowhere },
      failures: dynamoFailureReader(portal.table),
      replays: dynamoReplayRepository(portal.table),
      idempotency: dynamoIdempotency(portal.table),
      transactions: dynamoTransactions(database.client),
      clock: portal.clock,
      newId,
    }),
    'people-api': peopleRoutes({ records: recordStore, families, hash: portal.hash, clock: portal.clock }),
  };
  return { handlers, issueLink, agree, written };
};
