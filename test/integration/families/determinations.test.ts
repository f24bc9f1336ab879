import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '#functions/families-api/routes.ts';
import { describeReplay } from '#infra/local/cli/replay/describe-replay.ts';
import { explanationParagraphsSchema } from '#shared/contracts/http/determination-routes.ts';
import { eligibilityViewSchema } from '#shared/contracts/http/family-routes.ts';
import { determinationRecordSchema } from '#shared/domain/eligibility/replay/determination-record.ts';
import { replayDetermination } from '#shared/domain/eligibility/replay/replay-determination.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { eraseSealedRows } from '#shared/services/determinations/erase-sealed-rows.ts';
import { assessPeople } from '#shared/services/families/assess-people.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoCoverageStore } from '#shared/store/records/dynamo-coverage-store.ts';
import { encodeCount } from '#shared/services/paging/cursor.ts';
import { callApi, type ApiResult } from '../../support/api-call.ts';
import { assessHarness, type AssessHarness } from '../../support/assess-harness.ts';
import { useDynamoDb } from '../../support/dynamodb-local.ts';
import { recordHolder } from '../../support/hold-records.ts';
import { memoryAuditTrail } from '../../support/memory-audit-trail.ts';

const today = '2026-11-23';
const database = useDynamoDb();
const audit = memoryAuditTrail();
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const [child, mother] = [ulid(), ulid()];
const address = { lines: ['1 Mill Lane'], postcode: 'L36 9GL' };
const sam = { forename: 'Sam', surname: 'Example', birthDate: '2012-03-09', address };
const joan = { forename: 'Joan', surname: 'Example', birthDate: '1988-02-01', address };
const uploads = { offence: ulid(), benefit: ulid() };

let harness: AssessHarness;
let hold: ReturnType<typeof recordHolder>;
let call: (path: string, role?: string, headers?: Record<string, string>) => Promise<ApiResult>;
let familyId = '';

const itemSchema = z.object({
  version: z.number(),
  outcome: z.string(),
  wasOutcome: z.string().optional(),
  changes: z.array(
    z.object({ criterionId: z.string(), was: z.string().optional(), is: z.string().optional(), because: z.array(z.string()) }),
  ),
  isSealed: z.boolean().optional(),
});
const history = async (role?: string, query = '') => {
  const { json } = await call(`/determinations${query}`, role);
  return z.object({ items: z.array(itemSchema), cursor: z.string().optional() }).parse(json);
};
const assess = (...ids: string[]) => assessPeople(harness.ports, ids);
const record = async (version: number) => determinationRecordSchema.parse((await call(`/determinations/${String(version)}/record`)).json);

/** A child on a roll; then a proven offence; then the mother's benefit, which is not for every eye. */
beforeAll(async () => {
  harness = assessHarness(database(), today);
  hold = recordHolder(database(), today);
  const { ports } = harness;
  const handler = httpHandler(routes({ ...ports, audit }), { audit, clock: ports.clock });
  call = (path, role = 'programme-officer', headers = { 'X-Purpose': 'audit' }) => {
    const [at = '', query = ''] = path.split('?');
    return callApi(handler, {
      path: `/v1/families/${familyId}${at}`,
      roles: [role],
      headers,
      query: Object.fromEntries(new URLSearchParams(query)),
    });
  };
  const full = dynamoCoverageStore(new DocumentTable(database().client, database().tables.Records));
  const periods = [{ feed: 'youth-justice' as const, agency: 'yjs', uploadId: uploads.offence, from: '2024-01-01', to: '2026-11-20' }];
  await ports.transactions.commit([
    full.coverageFragment({ agency: 'yjs', feed: 'youth-justice', periods, version: 1 }),
    full.epochFragment(1),
  ]);

  await hold(child, { details: sam });
  await hold(mother, { feed: 'housing-arrears', subject: 'tenant', details: joan });
  await assess(child, mother);
  [familyId = ''] = await ports.families.listFamilyIdsOfPerson(child);
  await hold(child, {
    feed: 'youth-justice',
    agency: 'yjs',
    subject: 'young-person',
    uploadId: uploads.offence,
    row: 4,
    details: sam,
    facts: [{ kind: 'proven-offence', from: '2026-08-01' }],
  });
  await assess(child);
  await hold(mother, {
    feed: 'dwp-benefits',
    agency: 'jobcentre',
    accessClass: 'benefits',
    subject: 'claimant',
    uploadId: uploads.benefit,
    row: 41,
    details: joan,
    facts: [{ kind: 'out-of-work-benefit', from: '2026-05-01', benefit: 'UC' }],
  });
  await assess(mother);
});

describe('The history of a family’s determinations', () => {
  it('says, newest first, what became of which criterion, and why', async () => {
    const { items, cursor } = await history();
    expect(items.map(({ version, outcome, wasOutcome, isSealed }) => [version, outcome, wasOutcome, isSealed])).toEqual([
      [3, 'eligible', 'cannot-tell', true],
      [2, 'cannot-tell', 'cannot-tell', true],
      [1, 'cannot-tell', undefined, true],
    ]);
    expect(items[0]?.changes).toContainEqual({
      criterionId: 'P2.H4.1',
      was: 'not-covered',
      is: 'met',
      because: ['rows-came', 'nothing-missing'],
    });
    expect(items[1]?.changes).toEqual([{ criterionId: 'P2.H1.1', was: 'not-met', is: 'met', because: ['rows-came'] }]);
    expect(cursor).toBeUndefined();
  });

  it('comes page by page, each page with what changed since the next one', async () => {
    const first = await history(undefined, '?limit=2');
    expect([first.items.map(({ version }) => version), first.items[1]?.changes.length]).toEqual([[3, 2], 1]);
    expect((await history(undefined, `?limit=2&cursor=${first.cursor ?? ''}`)).items.map(({ version }) => version)).toEqual([1]);
    for (const other of ['x', '2', encodeCount('determinations of another family', 2)])
      expect((await call(`/determinations?cursor=${other}`)).status).toBe(400);
    expect((await call('/determinations?limit=26')).status).toBe(400);
  });

  it('is, to a role that may not see every row, that of the rows it may see, with their own numbers', async () => {
    const { items } = await history('lead-practitioner');
    expect(items.map(({ version, outcome, isSealed }) => [version, outcome, isSealed])).toEqual([
      [2, 'not-shown', undefined],
      [1, 'not-shown', undefined],
    ]);
    expect(items[0]?.changes.map(({ criterionId }) => criterionId)).toEqual(['P2.H1.1']);
    const { cursor = '' } = await history('lead-practitioner', '?limit=1');
    expect((await history('lead-practitioner', `?limit=1&cursor=${cursor}`)).items.map(({ version }) => version)).toEqual([1]);
    expect((await call('/determinations/3', 'lead-practitioner')).status).toBe(404);
    expect((await call('/determinations/2/record', 'lead-practitioner')).status).toBe(403);
  });

  it('gives each determination as it was', async () => {
    const value = async (version: number, role?: string) => {
      const view = eligibilityViewSchema.parse((await call(`/determinations/${String(version)}`, role)).json);
      return view.criteria.find(({ criterionId }) => criterionId === 'P2.H1.1')?.value;
    };
    expect(await Promise.all([value(1), value(2), value(1, 'lead-practitioner'), value(2, 'lead-practitioner')])).toEqual([
      'not-met',
      'met',
      'not-met',
      'met',
    ]);
    expect((await call('/determinations/4')).status).toBe(404);
    expect((await call('/determinations/2', 'programme-officer', {})).status).toBe(400);
  });

  it('explains each in paragraphs, with rows, what is missing, what would change it and the source, as far as the role may know', async () => {
    const text = async (version: number, role?: string) =>
      explanationParagraphsSchema.parse((await call(`/determinations/${String(version)}/explain`, role)).json).paragraphs.join('\n');
    const whole = await text(3);
    expect(whole).toMatch(
      /P2\.H1\.1\. .* What was found: Proven offence on 1 August 2026 \(.* of yjs, file .*, row 4\)\. What would change this: .* Rule: /,
    );
    expect(whole).toContain('Gets an out-of-work benefit since 1 May 2026');
    const limited = await text(2, 'lead-practitioner');
    expect(limited).toContain('Proven offence on 1 August 2026');
    expect(limited).not.toContain('out-of-work benefit since');
  });
});

describe('The record of a determination', () => {
  it('is read with a purpose, replays byte for byte, and names everybody in the audit trail', async () => {
    const sealed = await record(3);
    const replay = replayDetermination(sealed, sha256);
    expect(replay.verdict).toBe('identical');
    expect(describeReplay(sealed, replay).at(-1)).toMatch(/every byte is the same/);
    expect(sealed.contents.ruleSet.plan).toMatchObject({ id: 'knowsley-six-headings' });
    expect(audit.entries.at(-1)?.subjects).toEqual(expect.arrayContaining([familyId, child, mother]));
    expect(replayDetermination(await record(1), sha256).verdict).toBe('identical');
  });

  it('is of the determination that was given, and broken where anybody changed it', async () => {
    const sealed = await record(2);
    expect(replayDetermination({ ...sealed, determination: { ...sealed.determination, outcome: 'eligible' } }, sha256)).toMatchObject({
      verdict: 'broken',
    });
  });

  it('names the rows of somebody under a restriction, and does not give them out', async () => {
    await hold(mother, { feed: 'housing-arrears', subject: 'tenant', details: joan, row: 9 }, { kind: 'objection', since: '2026-11-22' });
    const sealed = await record(3);
    expect(JSON.stringify(sealed.contents.rows)).not.toContain(uploads.benefit);
    const replay = replayDetermination(sealed, sha256);
    expect(replay).toMatchObject({ verdict: 'verified-with-erasures', erased: [] });
    expect(describeReplay(sealed, replay).join('\n')).toContain(`row 41 of upload ${uploads.benefit} about person ${mother}: withheld`);
  });

  it('names rows that have been erased, with the erasure, and still verifies', async () => {
    const erasure = { uploadId: uploads.offence, row: 4, erasureId: ulid(), on: '2026-11-23', because: 'The court set the finding aside.' };
    const erased = { familyId, erasures: [erasure], expiresOn: '2040-01-01' };
    expect(await eraseSealedRows(harness.ports, erased)).toBe(2);
    expect(await eraseSealedRows(harness.ports, erased)).toBe(0);
    const sealed = await record(2);
    expect(JSON.stringify(sealed.contents.rows)).not.toContain('proven-offence');
    expect(replayDetermination(sealed, sha256)).toMatchObject({
      verdict: 'verified-with-erasures',
      erased: [{ personId: child, ...erasure }],
    });
  });

  it('is kept small: its own part in less than two kilobytes for a family with a few rows', async () => {
    const inputs = await harness.ports.families.findInputs(familyId, 3);
    expect(Object.keys(inputs?.rows ?? {}).length).toBeGreaterThan(1);
    expect(deflateRawSync(JSON.stringify(inputs)).length).toBeLessThan(2 * 1024);
  });
});
