import type { AssessMessage } from '#shared/contracts/events/assess-message.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { newId, newNonce } from '#shared/platform/ids.ts';
import { assessMessages, type AssessBatch, type AssessMessagesPorts } from '#shared/services/families/assess-messages.ts';
import type { ApplyPorts } from '#shared/services/judgements/apply-ports.ts';
import type { DecidePorts } from '#shared/services/judgements/decide-ports.ts';
import type { OpenReviewsPorts } from '#shared/services/review/open-reviews.ts';
import type { ReadReviewPorts } from '#shared/services/review/read-review.ts';
import type { FamilySummary, SummaryFilter } from '#shared/services/families/family-repository.ts';
import type { RuleSetPorts } from '#shared/services/rules/rule-set-ports.ts';
import type { CapacityMeter } from '#shared/store/capacity-meter.ts';
import { backOff } from '#shared/store/backoff.ts';
import { dynamoCaseRepository } from '#shared/store/cases/dynamo-case-repository.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoJudgementRepository } from '#shared/store/judgements/dynamo-judgement-repository.ts';
import { dynamoReviewRepository } from '#shared/store/judgements/dynamo-review-repository.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { dynamoForeseenStore } from '#shared/store/records/dynamo-foreseen-store.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { dynamoAssessedUploads } from '#shared/store/uploads/dynamo-assessed-uploads.ts';
import { dynamoFamiliesEffects } from '#shared/store/uploads/dynamo-families-effects.ts';
import { dynamoWhatIfRepository } from '#shared/store/what-if/dynamo-what-if-repository.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import type { TestDatabase } from './dynamodb-local.ts';

export interface AssessHarness {
  readonly ports: AssessMessagesPorts &
    ApplyPorts &
    OpenReviewsPorts &
    Pick<DecidePorts, 'reviews'> &
    ReadReviewPorts &
    Pick<RuleSetPorts, 'rules' | 'contents'>;
  /** What the worker sent to itself. */
  readonly sent: AssessMessage[];
  readonly assess: (messages: readonly AssessMessage[], remainingMs?: number) => Promise<AssessBatch>;
  /** All pages of a list. */
  readonly summaries: (filter?: SummaryFilter) => Promise<readonly FamilySummary[]>;
}

/** The assess worker over the test's own tables, at noon of `today`. */
export const assessHarness = ({ client, tables }: TestDatabase, today: string, meter?: CapacityMeter): AssessHarness => {
  const records = new DocumentTable(client, tables.Records, meter);
  const sent: AssessMessage[] = [];
  const rules = dynamoRules(records);
  const transactions = dynamoTransactions(client, meter);
  const shared = {
    people: dynamoHeldPeople(records),
    families: dynamoFamilyRepository(records),
    cases: dynamoCaseRepository(records),
    coverage: dynamoCoverageStore(records),
    ...rules,
    whatIfs: dynamoWhatIfRepository(records),
    sealing: { contents: rules.contents, nonce: newNonce },
    outbox: dynamoOutbox(records),
    queue: {
      send: (messages: readonly AssessMessage[]) => {
        sent.push(...messages);
        return Promise.resolve();
      },
    },
    transactions,
    foreseen: dynamoForeseenStore(records, transactions),
    weighings: dynamoFamiliesEffects(new DocumentTable(client, tables.Uploads)),
    uploads: dynamoAssessedUploads(new DocumentTable(client, tables.Uploads)),
    clock: { now: () => `${today}T12:00:00.000Z`, today: () => today },
    newId,
    judgements: dynamoJudgementRepository(records),
    reviews: dynamoReviewRepository(records, () => today),
    records: dynamoRecordStore(records, () => today),
    hash: keyedHash(new Uint8Array(32).fill(7), 1),
    pause: backOff,
  };
  const ports = { ...shared, judging: shared };
  return {
    ports,
    sent,
    assess: (messages, remainingMs = 900_000) => assessMessages(ports, messages, () => remainingMs),
    summaries: async (filter = {}) => {
      const all: FamilySummary[] = [];
      let cursor: string | undefined;
      do {
        const page = await ports.families.listSummaries(filter, { limit: 100, cursor });
        all.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return all;
    },
  };
};
