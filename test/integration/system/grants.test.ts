import { createHash, randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendPartnerFile } from '#infra/local/demo/send-partner-file.ts';
import { exampleCsv } from '#shared/contracts/files/feed-guide.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { caseRoutes } from '#shared/contracts/http/case-routes.ts';
import { claimRoutes } from '#shared/contracts/http/claim-routes.ts';
import { deadLetterRoutes } from '#shared/contracts/http/dead-letter-routes.ts';
import { determinationRoutes } from '#shared/contracts/http/determination-routes.ts';
import { familyRoutes } from '#shared/contracts/http/family-routes.ts';
import { linkRoutes } from '#shared/contracts/http/link-routes.ts';
import { peopleRoutes } from '#shared/contracts/http/people-routes.ts';
import { portalRoutes } from '#shared/contracts/http/portal-routes.ts';
import { referralRoutes } from '#shared/contracts/http/referral-routes.ts';
import { reviewRoutes } from '#shared/contracts/http/review-routes.ts';
import { ruleSetRoutes } from '#shared/contracts/http/rule-set-routes.ts';
import { uploadRoutes } from '#shared/contracts/http/upload-routes.ts';
import { whatIfRoutes } from '#shared/contracts/http/what-if-routes.ts';
import { aVerdict } from '../../support/a-verdict.ts';
import { formClient, formIn, sealIn, sendByForm } from '../../support/form-client.ts';
import { manyPupils, schoolRollCsv } from '../../support/school-roll-csv.ts';
import { fourSuspensions } from '../../support/rules-world.ts';
import { linkOrder, useSystem, type IssuedLink, type System } from '../../support/system.ts';

const [createLink, listLinks, readLink, revokeLink] = linkRoutes;
const [listUploads, readUpload, listRowErrors, withdrawUpload, releaseUpload, , , rescanUpload] = uploadRoutes;
const [, createGrant, readPortalUploads, withdrawPortalUpload, createNilReturn, readPortalReceipt] = portalRoutes;
const [createReferral] = referralRoutes;
const [countDeadLetters, listDeadLetters, replayDeadLetters] = deadLetterRoutes;
const [listFamilies, readFamily, readEligibility] = familyRoutes;
const [listDeterminations, , , readDeterminationRecord] = determinationRoutes;
const [listRuleSets, proposeRuleSet] = ruleSetRoutes;
const [askWhatIf, readWhatIf] = whatIfRoutes;
const [searchPeople] = peopleRoutes;
const [listCases, readCase, decideFamily, recordFact, readOutcomes] = caseRoutes;
const [proposeClaim, listClaims, readClaim, , , withdrawClaim, , drawClaimSample, , readClaimSample, readProgrammeCounts] = claimRoutes;
const [listReviews, proposeReview, readReview, decideReview, readJudgement, , undoJudgement, , readPersonHistory, explainPerson] =
  reviewRoutes;

let isVerdictLost = false;

/** Ingest gets so little time that it hands over before the end, and the assessment so little that it does so after each page. */
const system = useSystem({
  timeouts: { 'ingest-upload': 4, 'assess-families': 10 },
  loses: (detailType) => isVerdictLost && detailType === 'GuardDuty Malware Protection Object Scan Result',
});
const purpose = { 'x-purpose': 'identify-families' };
const roll = { agency: 'first-school', feed: 'school-roll' } as const;
const hoursAgo = new Date(Date.now() - 7_200_000).toISOString();
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A place for a file that then never comes. */
const grantOnly = async ({ portal }: System, session: string, text: string): Promise<string> => {
  const file = Buffer.from(text);
  const sha256 = createHash('sha256').update(file).digest('base64');
  const { uploadId } = await portal(createGrant, { body: { session, sha256, size: file.byteLength, contentType: 'text/csv' } });
  return uploadId;
};

const linksAndFiles = async (world: System): Promise<void> => {
  const { as, issueLink, portal, finish } = world;
  const send = async (to: IssuedLink, file: string) => finish((await world.send(to, file)).uploadId);
  const officer = await as('data-officer');
  const repeated = { headers: { 'idempotency-key': randomUUID() }, body: linkOrder(roll, await world.agree(roll.agency)) };
  const { linkId } = await officer(createLink, repeated);
  await officer(createLink, repeated);
  await officer(listLinks, {});
  await officer(readLink, { path: { linkId } });
  await officer(revokeLink, { path: { linkId }, headers: { 'if-match': '"1"' } });

  const link = await issueLink({ ...roll, maxUploads: 20 });
  const pupils = manyPupils(500);
  /** A row that turns out to be about another pupil, whom we know from a row of their own. */
  const whoElse = (i: number) => {
    const { surname = '', forename = '', dob = '' } = pupils[100 + i] ?? {};
    return { surname, forename, dob };
  };
  const first = await send(link, schoolRollCsv(pupils));
  expect(first.state).toBe('completed');
  // Some go, some change, some are refused, one is twice in the file with different words.
  const csv = schoolRollCsv([
    ...pupils.slice(20).map((pupil, i) => (i < 5 ? { ...pupil, line: '99 Mill Lane' } : i < 8 ? { ...pupil, ...whoElse(i) } : pupil)),
  ]).replace(pupils[50]?.dob ?? '', '31/02/2010');
  const second = await send(link, csv);
  expect(second).toMatchObject({ state: 'completed', counts: { ended: 20 } });
  await portal(readPortalUploads, { body: { session: link.session, rowErrorsOf: { uploadId: second.uploadId } } });
  await officer(listUploads, {});
  await officer(listUploads, { query: { linkId: link.linkId } });
  await officer(readUpload, { path: { uploadId: second.uploadId } });
  await officer(listRowErrors, { path: { uploadId: second.uploadId } });
  expect((await send(link, `${schoolRollCsv([])}${eicar}`)).refusal?.code).toBe('malware-found');
  expect((await send(link, 'a,b\n1,2\n')).state).toBe('refused');
  // More of what the families' criteria were open for: each is held against them again.
  const others = await issueLink({ agency: 'first-school', feed: 'suspensions', periodStart: '2024-09-01' });
  const { exampleRow } = feeds.suspensions;
  const suspensions = `${Object.keys(exampleRow).join(',')}\r\n${Object.values(exampleRow).join(',')}\r\n`;
  const taken = await send(others, suspensions);
  expect(taken.state).toBe('completed');
  // One is held, looked at again and released; of another the sweep finds that nobody has looked at it.
  const uploadKey = (uploadId: string) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });
  const findings = [{ code: 'far-fewer-rows', message: 'Fewer rows', forSender: 'Fewer rows' }];
  await world.change('Uploads', uploadKey(second.uploadId), { state: 'held', hold: { at: hoursAgo, findings } });
  const again = {
    messageId: ulid(),
    body: JSON.stringify({ kind: 'weigh', uploadId: second.uploadId }),
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
  };
  expect(await world.host.invoke('weigh-upload', { Records: [again] })).toEqual({ batchItemFailures: [] });
  const released = await officer(releaseUpload, { path: { uploadId: second.uploadId }, body: { reason: 'It is right.' } });
  expect(released.state).toBe('ready');
  await world.host.drained(900);
  expect((await world.upload(second.uploadId)).state).toBe('completed');
  const mark = { uploadId: second.uploadId, listPk: 'OPEN-UPLOADS', listSk: second.uploadId };
  await world.change('Uploads', { pk: `UPLOAD#${second.uploadId}`, sk: 'OPEN' }, mark);
  await world.change('Uploads', uploadKey(second.uploadId), { state: 'clean', updatedAt: hoursAgo });
  await world.host.fireSchedules('sweep-uploads');
  await world.host.drained(900);
  expect((await world.upload(second.uploadId)).state).toBe('completed');
  // Some of it is taken back: what was never read, and what was.
  const reason = { reason: 'Sent by mistake.' };
  const never = await Promise.all(['never', 'neither'].map((text) => grantOnly(world, others.session, text)));
  // A receipt that was not signed when its file was judged is asked for again.
  await world.change('Uploads', { pk: `UPLOAD#${never[0] ?? ''}`, sk: 'UPLOAD' }, { quarantineVersionId: 'judged' });
  const askForReceipt = () => portal(readPortalReceipt, { body: { session: others.session, uploadId: never[0] ?? '' } });
  await expect(askForReceipt()).rejects.toThrow('receipt-not-ready');
  await world.host.drained(900);
  expect((await askForReceipt()).receipt.uploadId).toBe(never[0]);
  const takeBack = async (uploadId: string) =>
    officer(withdrawUpload, {
      path: { uploadId },
      body: reason,
      headers: { 'if-match': `"${String((await world.upload(uploadId)).version)}"` },
    });
  await takeBack(never[0] ?? '');
  await portal(withdrawPortalUpload, { body: { session: others.session, uploadId: never[1] ?? '' } });
  await takeBack(taken.uploadId);
  await world.host.drained(900);
  expect((await world.upload(taken.uploadId)).state).toBe('withdrawn');
  const nil = await portal(createNilReturn, { body: { session: others.session } });
  await world.host.drained(900);
  expect((await world.upload(nil.uploadId)).state).toBe('completed');
  await portal(withdrawPortalUpload, { body: { session: others.session, uploadId: nil.uploadId } });
  await world.host.drained(900);
  expect((await world.upload(nil.uploadId)).state).toBe('withdrawn');
};

/** The same by forms, in a browser without scripts. */
const byForm = async ({ issueLink, host, upload, change }: System): Promise<void> => {
  const link = await issueLink({ agency: 'form-school', feed: 'suspensions' });
  const door = formClient(host.portalUrl);
  await door.open(link.typedCode, link.code);
  const uploadKey = (uploadId: string) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });
  const { text, uploadId } = await door.start();
  isVerdictLost = true;
  await sendByForm(
    formIn(text, (action) => !action.startsWith('/')),
    exampleCsv(feeds.suspensions),
  );
  await host.drained(900);
  isVerdictLost = false;
  await change('Uploads', uploadKey(uploadId), { updatedAt: hoursAgo });
  await host.fireSchedules('sweep-uploads');
  await host.drained(900);
  expect((await upload(uploadId)).state).toBe('completed');
  // A receipt that was not signed when its file was judged is asked for again.
  const never = (await door.start()).uploadId;
  await change('Uploads', uploadKey(never), { quarantineVersionId: 'judged', size: 1, sha256: createHash('sha256').digest('base64') });
  expect((await door.get(`/form/files/${never}/receipt`)).text).toContain('The receipt is not ready');
  await host.drained(900);
  const seal = sealIn((await door.get('/form/link')).text);
  await door.post('/form/nothing', { seal });
  await host.drained(900);
  await door.post(`/form/files/${never}/withdrawal`, { seal });
  await door.post(`/form/files/${uploadId}/withdrawal`, { seal });
  await host.drained(900);
  expect((await upload(uploadId)).state).toBe('withdrawn');
};

const referral = async ({ as, agree, host }: System): Promise<void> => {
  const staff = await as('programme-officer');
  const row = {
    nomination_ref: 'N-1',
    referral_date: '02/11/2026',
    forename: 'Ottoline',
    surname: 'Sandiway',
    dob: '09/03/2015',
    nhs_number: '943 476 5870',
    address_line_1: '4 Quarry Bank',
    postcode: 'L36 9YY',
    h1: 'Y',
    h2: 'Y',
  };
  await agree('first-school');
  const request = {
    headers: { 'idempotency-key': randomUUID() },
    body: { agency: 'first-school', feed: 'professional-referral', agreement: 'DSA-first-school', row },
  };
  await staff(createReferral, request);
  await staff(createReferral, request);
  await host.drained();
};

const families = async ({ as }: System): Promise<void> => {
  const staff = await as('programme-officer');
  await staff(listFamilies, { query: { eligibility: 'eligible', heading: 'H2' } });
  const { items } = await staff(listFamilies, { query: { eligibility: 'eligible' } });
  const familyId = items[0]?.familyId ?? '';
  await staff(readFamily, { path: { familyId }, headers: purpose });
  await staff(readEligibility, { path: { familyId }, headers: purpose });
  await staff(searchPeople, { headers: purpose, body: { identifier: { type: 'nhs-number', value: '943 476 5870' } } });
  await staff(searchPeople, { headers: purpose, body: { forename: 'Ottoline', surname: 'Sandiway', birthDate: '2015-03-09' } });
};

/** A family is accepted, worked with and claimed for, and the claim is taken back. */
const work = async ({ as, host }: System): Promise<void> => {
  const staff = await as('programme-officer');
  const auditor = await as('auditor');
  const { items } = await staff(listCases, {});
  const path = { familyId: items[0]?.familyId ?? '' };
  const { version, determination } = await staff(readCase, { path, headers: purpose });
  const ifMatch = (read: number) => ({ ...purpose, 'if-match': `"${String(read)}"` });
  const decision = { answer: 'accept', reason: 'They want help.', determinationVersion: determination?.version ?? 0 } as const;
  const accepted = await staff(decideFamily, { path, headers: ifMatch(version), body: decision });
  const { members } = await staff(readFamily, { path, headers: purpose });
  const fact = { kind: 'assessment', on: '2026-01-05', personIds: members.map(({ personId }) => personId) } as const;
  await staff(recordFact, { path, headers: ifMatch(accepted.version), body: { fact } });
  await host.drained();
  await staff(readOutcomes, { path, headers: purpose });
  const order = {
    headers: { ...purpose, 'idempotency-key': randomUUID() },
    body: { ...path, kind: 'significant-and-sustained-progress' },
  } as const;
  const { claimId } = await staff(proposeClaim, order);
  await staff(proposeClaim, order);
  await staff(listClaims, {});
  await staff(readClaim, { path: { claimId }, headers: purpose });
  await staff(withdrawClaim, { path: { claimId }, headers: ifMatch(1), body: { reason: 'It was too early.' } });
  const body = { from: '2026-01-01', to: new Date().toISOString().slice(0, 10), percent: 10 };
  const { sampleId } = await auditor(drawClaimSample, { headers: { 'idempotency-key': randomUUID() }, body });
  await auditor(readClaimSample, { path: { sampleId } });
  expect((await staff(readProgrammeCounts, {})).counts).toMatchObject({ accepted: 1, open: 1, claimed: 0 });
};

/** A plan is drafted and asked about, and what a family was determined from is read. */
const rules = async ({ as }: System): Promise<void> => {
  const staff = await as('programme-officer');
  const plan = fourSuspensions('2099-04-01');
  await staff(listRuleSets, {});
  await staff(proposeRuleSet, { headers: { 'idempotency-key': randomUUID() }, body: { kind: 'plan', plan } });
  const question = { kind: 'version', id: plan.id, version: plan.version };
  const { whatIfId } = await staff(askWhatIf, { headers: { 'idempotency-key': randomUUID() }, body: question });
  await staff(readWhatIf, { path: { whatIfId } });
  const { items } = await staff(listFamilies, { query: { limit: 1 } });
  const familyId = items[0]?.familyId ?? '';
  const history = await staff(listDeterminations, { path: { familyId }, headers: purpose });
  const version = String(history.items[0]?.version ?? 1);
  await staff(readDeterminationRecord, { path: { familyId, version }, headers: purpose });
};

/** Two of a family are compared, told apart, and the answer is taken back. */
const whoIsWho = async ({ as, host }: System): Promise<void> => {
  const staff = await as('programme-officer');
  const { items } = await staff(listFamilies, { query: { limit: 2 } });
  const families = await Promise.all(items.map(({ familyId }) => staff(readFamily, { path: { familyId }, headers: purpose })));
  const [a = '', b = ''] = families.map(({ members }) => members[0]?.personId);
  const { reviewId } = await staff(proposeReview, { headers: purpose, body: { first: a, second: b } });
  await staff(listReviews, { query: { reason: 'proposed' } });
  await staff(readReview, { path: { reviewId }, headers: purpose });
  const ifMatch = (version: number) => ({ ...purpose, 'if-match': `"${String(version)}"` });
  const reason = 'They are two people.';
  const { judgement } = await staff(decideReview, { path: { reviewId }, headers: ifMatch(1), body: { answer: 'different', reason } });
  await host.drained();
  const { judgementId } = judgement;
  expect(await staff(readJudgement, { path: { judgementId }, headers: purpose })).toMatchObject({ status: 'applied' });
  await staff(undoJudgement, { path: { judgementId }, headers: ifMatch(3), body: { reason } });
  await host.drained();
  expect(await staff(readJudgement, { path: { judgementId }, headers: purpose })).toMatchObject({ status: 'undone' });
  await staff(readPersonHistory, { path: { personId: a }, headers: purpose });
  await staff(explainPerson, { path: { personId: a }, headers: purpose });
};

/** What goes wrong on the way, and what the sweep does about it. */
const mishaps = async (world: System): Promise<void> => {
  const { issueLink, change, host, portal, upload, as, items } = world;
  const school = { ...roll, agency: 'mishap-school' };
  const link = await issueLink(school);
  const { session, linkId } = link;
  // Asked for again when its first place is as good as given up.
  const forgotten = await grantOnly(world, session, 'w');
  await change('Uploads', { pk: `UPLOAD#${forgotten}`, sk: 'UPLOAD' }, { updatedAt: hoursAgo });
  expect(await grantOnly(world, session, 'w')).not.toBe(forgotten);

  const ids = await Promise.all(['x', 'y', 'z'].map((text) => grantOnly(world, session, text)));
  const [never = '', clean = '', ingesting = ''] = ids;
  const key = (uploadId: string) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });
  await change('Uploads', key(never), { updatedAt: hoursAgo });
  await change('Uploads', key(clean), { updatedAt: hoursAgo, state: 'clean', quarantineVersionId: 'never-stored' });
  await change('Uploads', key(ingesting), { updatedAt: hoursAgo, state: 'ingesting', leaseUntil: hoursAgo });
  // A verdict about an object that is not there.
  const stored = (await items('Uploads')).find(({ pk, sk }) => pk === `UPLOAD#${never}` && sk === 'UPLOAD');
  const bucket = host.model.ofType('AWS::S3::Bucket').find(({ logicalId }) => /^quarantine/i.test(logicalId))?.ref ?? '';
  const verdict = aVerdict({ bucket, key: String(stored?.['objectKey']), versionId: 'never-stored' });
  const record = { messageId: ulid(), body: JSON.stringify(verdict), attributes: { ApproximateReceiveCount: '1' }, eventSource: 'aws:sqs' };
  expect(await host.invoke('screen-upload', { Records: [record] })).toEqual({ batchItemFailures: [] });

  const outboxId = ulid();
  await change(
    'Records',
    { pk: `OUTBOX#${outboxId}`, sk: 'OUTBOX' },
    {
      outboxId,
      work: { kind: 'people', personIds: [ulid()] },
      createdAt: hoursAgo,
      schemaVersion: 1,
      listPk: 'OUTBOX',
      listSk: `${hoursAgo}#${outboxId}`,
    },
  );
  isVerdictLost = true;
  const unheard = (await world.send(link, schoolRollCsv(manyPupils(1, 6000)))).uploadId;
  const unjudged = (await world.send(link, schoolRollCsv(manyPupils(1, 6100)))).uploadId;
  isVerdictLost = false;
  await (
    await world.as('data-officer')
  )(rescanUpload, { path: { uploadId: unjudged } });
  await change('Uploads', key(unheard), { updatedAt: hoursAgo });
  await host.fireSchedules('sweep-uploads');
  await host.drained();
  expect((await upload(never)).state).toBe('expired');
  expect((await upload(unheard)).state).toBe('completed');
  expect((await upload(unjudged)).state).toBe('completed');

  // The link is withdrawn while a file is on its way.
  const other = await issueLink(school);
  await sendPartnerFile(portal, other, Buffer.from(schoolRollCsv(manyPupils(1, 5000))));
  await host.drained();
  const officer = await as('data-officer');
  await officer(revokeLink, { path: { linkId }, headers: { 'if-match': '"1"' } });
  await sendPartnerFile(portal, link, Buffer.from('x')).catch(() => undefined);
  await host.drained();
};

/** One message of each kind of worker is given up and sent back. */
const stuckMessages = async ({ as, host }: System): Promise<void> => {
  const admin = await as('administrator');
  const deadLettersOf = (name: string) =>
    host.model.ofType('AWS::SQS::Queue').find(({ logicalId }) => logicalId.startsWith(`Queues${name}`))?.ref ?? '';
  const uploadId = ulid();
  // The worker cannot read it and says so until its queue gives it up.
  await host.put(deadLettersOf('AssessQueue'), '{}');
  await host.drained();
  await host.put(deadLettersOf('ScreenDeadLetters'), JSON.stringify({ kind: 'promote', uploadId }));
  await host.put(deadLettersOf('WeighDeadLetters'), JSON.stringify({ kind: 'weigh', uploadId }));
  await host.put(deadLettersOf('IngestDeadLetters'), JSON.stringify({ kind: 'continue', uploadId }));
  await host.put(deadLettersOf('AssessDeadLetters'), JSON.stringify({ kind: 'outbox', outboxId: uploadId }));
  await host.put(deadLettersOf('Undelivered'), JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event' }));
  const { items } = await admin(countDeadLetters, {});
  // Those of the mishaps lie there, too.
  expect(items.filter(({ messages }) => messages === 0)).toEqual([]);
  for (const { queue } of items) {
    const order = { path: { queue }, headers: { 'idempotency-key': randomUUID() }, body: { reason: 'It is mended' } };
    await admin(listDeadLetters, { path: { queue } });
    expect((await admin(replayDeadLetters, order)).sent.length).toBeGreaterThan(0);
    expect((await admin(replayDeadLetters, order)).sent).toHaveLength(0);
  }
  await host.drained(900);
};

describe('Every right that a function has', () => {
  beforeAll(async () => {
    const world = system();
    await linksAndFiles(world);
    await byForm(world);
    await referral(world);
    await families(world);
    await rules(world);
    await whoIsWho(world);
    await work(world);
    await mishaps(world);
    await stuckMessages(world);
  }, 900_000);

  it('is enough: no call was refused', () => {
    const { host } = system();
    expect(host.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    expect(host.logs().filter(({ line }) => line.includes('is not allowed'))).toEqual([]);
    expect(new Set(host.calls().map((call) => call.function))).toEqual(new Set(host.functions));
  });

  it('is needed: no action and no resource was left unused', () => {
    expect(system().host.unusedGrants()).toEqual([]);
  });

  it('was put to the test: the worker handed over, and the sweep sent on what had stalled', () => {
    const said = (event: string) =>
      system()
        .host.logs()
        .filter(({ line }) => line.includes(`"${event}"`));
    expect(said('upload.handed-over').length).toBeGreaterThan(0);
    expect(said('upload.resent').length).toBeGreaterThanOrEqual(2);
    expect(said('outbox.resent').length).toBeGreaterThanOrEqual(1);
  });
});
