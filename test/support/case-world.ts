import { randomUUID } from 'node:crypto';
import { routes } from '#functions/cases-api/routes.ts';
import { routes as familiesRoutes } from '#functions/families-api/routes.ts';
import type { CaseView } from '#shared/contracts/http/case-routes.ts';
import { caseViewSchema } from '#shared/contracts/http/case-routes.ts';
import { professionalReferral } from '#shared/contracts/files/professional-referral.ts';
import type { Role } from '#shared/domain/access/access.ts';
import type { Family } from '#shared/domain/families/family.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { withdrawUpload } from '#shared/services/withdrawals/withdraw-upload.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { dynamoFamilyRepository } from '#shared/store/families/dynamo-family-repository.ts';
import { dynamoHeldPeople } from '#shared/store/families/dynamo-held-people.ts';
import { dynamoRules } from '#shared/store/rules/dynamo-rules.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { callApi, type ApiResult } from './api-call.ts';
import { assessHarness, type AssessHarness } from './assess-harness.ts';
import { casePorts } from './case-ports.ts';
import type { TestDatabase } from './dynamodb-local.ts';
import { heldRecords } from './held-records.ts';
import { ingestHarness } from './ingest-harness.ts';
import { memoryAuditTrail } from './memory-audit-trail.ts';

/** A person whom a professional nominates, as their form has them. */
export interface Nominee {
  readonly forename: string;
  readonly surname: string;
  readonly dob: string;
  readonly line?: string;
  readonly postcode?: string;
  readonly headings: readonly string[];
}

/** Nobody can be taken for anybody else of them: other names, other birth dates, other homes. */
const forenames = [
  'Aoife',
  'Bertram',
  'Cosima',
  'Dmitri',
  'Eluned',
  'Farouk',
  'Ghislaine',
  'Hyacinth',
  'Ignatius',
  'Jocasta',
  'Kwame',
  'Ludmila',
  'Montague',
];
const surnames = ['Abernethy', 'Bickerstaffe', 'Cholmondeley', 'Drinkwater', 'Entwistle', 'Fazakerley', 'Grimshaw'];

/** A child of one or two, alone at home; another one each time. */
export const childNumber = (number: number): Omit<Nominee, 'headings'> => ({
  forename: forenames[number % forenames.length] ?? '',
  surname: surnames[number % surnames.length] ?? '',
  dob: `${String((number % 28) + 1).padStart(2, '0')}/${String((number % 12) + 1).padStart(2, '0')}/2024`,
  line: `${String(number + 10)} ${forenames[(number * 5) % forenames.length] ?? ''} Road`,
  postcode: `L${String((number % 30) + 1)} ${String(number % 10)}AB`,
});

interface Call {
  readonly role?: Role;
  readonly subject?: string;
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly key?: string;
}

/** Partners' rows, the assess worker and the API of cases on one database, on a day that the test moves on. */
export const caseWorld = (database: TestDatabase, start: string) => {
  let day = start;
  let minutes = 0;
  const clock = {
    // Every look at the clock is a minute later, so that what happens later is later.
    now: () => new Date(Date.parse(`${day}T09:00:00.000Z`) + (minutes += 1) * 60_000).toISOString(),
    today: () => day,
  };
  const ports = casePorts(database, clock);
  const audit = memoryAuditTrail();
  const records = new DocumentTable(database.client, database.tables.Records);
  const families = { families: dynamoFamilyRepository(records), people: dynamoHeldPeople(records) };
  const handler = httpHandler(
    [...routes(ports), ...familiesRoutes({ ...families, cases: ports.cases, ...dynamoRules(records), clock, audit })],
    { audit },
  );
  const outbox = dynamoOutbox(records);
  const ingest = ingestHarness(database, undefined, () => day);
  let references = 0;

  const assess = (): AssessHarness => assessHarness(database, day);
  const settle = async (): Promise<void> => {
    for (;;) {
      const { items } = await outbox.listStale('9999', { limit: 100 });
      if (items.length === 0) return;
      await assess().assess(items.map(({ outboxId, uploadId }) => ({ kind: 'outbox', outboxId, uploadId })));
    }
  };
  const call = ({ role = 'programme-officer', subject = 'officer-1', method = 'GET', ifMatch, key, ...rest }: Call): Promise<ApiResult> =>
    callApi(handler, {
      method,
      ...rest,
      roles: [role],
      subject,
      headers: {
        'X-Purpose': 'support-a-family',
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
        ...(method === 'POST' && ifMatch === undefined && { 'Idempotency-Key': key ?? randomUUID() }),
      },
    });
  const readCase = async (familyId: string, role: Role = 'programme-officer'): Promise<{ view: CaseView; etag: string }> => {
    const { status, json, headers } = await call({ role, path: `/v1/families/${familyId}/case` });
    if (status !== 200) throw new Error(`the case was answered with ${String(status)}`);
    return { view: caseViewSchema.parse(json), etag: headers['etag'] ?? '' };
  };
  /** Reads the case first, as anybody does who writes to it. */
  const write = async (
    familyId: string,
    what: 'decisions' | 'facts',
    body: (view: CaseView) => unknown,
    over: Partial<Call> = {},
  ): Promise<ApiResult> => {
    const { view, etag } = await readCase(familyId, over.role);
    return call({ method: 'POST', path: `/v1/families/${familyId}/${what}`, ifMatch: etag, body: body(view), ...over });
  };
  const decide = (familyId: string, answer: 'accept' | 'decline', over: Readonly<Record<string, unknown>> = {}): Promise<ApiResult> =>
    write(familyId, 'decisions', ({ determination }) => ({
      answer,
      reason: 'The family has been asked.',
      determinationVersion: determination?.version ?? 1,
      ...over,
    }));
  return {
    ports,
    audit,
    clock,
    call,
    settle,
    /** Work that a change has made necessary and nobody has done yet. */
    waiting: async () => (await outbox.listStale('9999', { limit: 100 })).items,
    readCase,
    write,
    decide,
    on: (next: string): void => {
      day = next;
      minutes = 0;
    },
    assess,
    /** One file of nominations, and the families that follow from it. */
    nominate: async (agency: string, nominees: readonly Nominee[]): Promise<string> => {
      const columns = Object.keys(professionalReferral.exampleRow);
      const [year = '', month = '', date = ''] = day.split('-');
      const rows = nominees.map(({ forename, surname, dob, line = '12 Mill Lane', postcode = 'L36 9GL', headings }) => {
        const cells: Record<string, string> = {
          nomination_ref: `N-${String((references += 1))}`,
          referral_date: `${date}/${month}/${year}`,
          forename,
          surname,
          dob,
          address_line_1: line,
          postcode,
          ...Object.fromEntries(headings.map((heading) => [heading.toLowerCase(), 'Y'])),
        };
        return columns.map((column) => cells[column] ?? '').join(',');
      });
      const csv = [columns.join(','), ...rows].join('\r\n');
      const upload = await ingest.receive('professional-referral', `${csv}\r\n`, {
        agency,
        periodStart: `${year}-01-01`,
        periodEnd: `${year}-12-31`,
      });
      const outcome = await ingest.ingest(upload.uploadId);
      if (outcome.kind !== 'completed')
        throw new Error(`the file was ${outcome.kind}: ${JSON.stringify(await ingest.problemsOf(upload.uploadId))}`);
      await settle();
      return upload.uploadId;
    },
    /** The file is taken back by whoever sent it, with everything that followed from it. */
    withdraw: async (uploadId: string): Promise<void> => {
      await ingest.withdraw(uploadId);
      await withdrawUpload(ingest.withdrawals, uploadId, { remainingMs: () => 900_000 });
      await settle();
    },
    fact: (familyId: string, fact: unknown, over: Partial<Call> = {}): Promise<ApiResult> =>
      write(familyId, 'facts', () => ({ fact }), over),
    personId: async (forename: string, surname: string): Promise<string> => {
      const { records } = await heldRecords(database);
      const own = records.find(({ details }) => details.forename === forename && details.surname === surname);
      if (own === undefined) throw new Error('no such person');
      return own.personId;
    },
    familyOf: async (personId: string): Promise<Family> => {
      const summaries = await assess().summaries();
      const families = await ports.families.findFamilies(summaries.map(({ familyId }) => familyId));
      const family = families.find(({ members }) => members.some((member) => member.personId === personId));
      if (family === undefined) throw new Error('no such family');
      return family;
    },
  };
};
export type CaseWorld = ReturnType<typeof caseWorld>;
