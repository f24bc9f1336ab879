import { beforeAll, describe, expect, it } from 'vitest';
import { s3FormSigner } from '#shared/platform/objects/s3-form-signer.ts';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { s3ScanMark } from '#shared/platform/objects/s3-scan-mark.ts';
import { addSeconds } from '#shared/domain/calendar/instant.ts';
import { readFeedDue } from '#shared/services/agreements/read-due-files.ts';
import { screenUpload, type ScreeningOutcome, type ScreeningPorts } from '#shared/services/screening/screen-upload.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { cleanKey, formKey } from '#shared/services/uploads/object-store.ts';
import { readForm } from '#shared/services/uploads/read-form.ts';
import { startForm } from '#shared/services/uploads/start-form.ts';
import { aVerdict } from '#test/support/a-verdict.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { sendByForm } from '#test/support/form-client.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { cleanBucket, cleanKeyArn, quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';
import { aFileOf, newSha256, portalWorld, sha256, type PortalWorld, type WorldLink } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const store = useObjectStore();
const audit = memoryAuditTrail();
let world: PortalWorld;
let ports: ScreeningPorts;
beforeAll(() => {
  world = portalWorld(database());
  ports = {
    ...world.ports,
    audit,
    quarantine: s3ObjectReader(store().client, quarantineBucket),
    scanMark: s3ScanMark(store().client, quarantineBucket),
    scanAgain: () => Promise.resolve(),
    cleanFiles: s3ObjectWriter(store().client, { bucket: cleanBucket, keyArn: cleanKeyArn }),
    newSha256,
    promotion: s3ObjectPromotion(store().client, { from: quarantineBucket, to: cleanBucket, keyArn: cleanKeyArn }),
    quarantineBucket,
  };
});

const then = 'https://send.example.gov.uk/form/files/x/sent';
const listed = () => s3ObjectListing(store().client, quarantineBucket);
const startPorts = () => ({ ...world.ports, quarantine: listed() });
const readPorts = () => {
  const { signForm } = s3FormSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
  // The store's clock is the machine's own.
  return {
    ...world.ports,
    quarantine: listed(),
    formSigner: { signForm: (order: Parameters<typeof signForm>[0]) => signForm({ ...order, now: new Date().toISOString() }) },
  };
};
const read = (session: string, uploadId: string) => readForm(readPorts(), { session, uploadId, then });

/** A file that a partner has sent by a form, and what its scanner says of it. */
const aSentForm = async (content: string | Uint8Array = aFileOf('school-roll', 'A123,Example'), order: WorldLink = {}) => {
  const issued = await world.issueLink(order);
  return { ...issued, ...(await sendTo(issued.session, content)) };
};
const sendTo = async (session: string, content: string | Uint8Array) => {
  const { uploadId, linkId } = await startForm(startPorts(), { session });
  const { state } = await read(session, uploadId);
  if (state.kind !== 'open') throw new Error(`the form is ${state.kind}`);
  expect((await sendByForm(state.form, content)).status).toBe(303);
  const key = formKey(linkId, uploadId);
  const object = await ports.quarantine.describe(key);
  if (!object) throw new Error('not stored');
  return { uploadId, bucket: quarantineBucket, key, versionId: object.versionId };
};
const found = async (uploadId: string) => {
  const upload = await world.ports.uploads.findUpload(uploadId);
  if (!upload) throw new Error('no upload');
  return upload;
};
const copiesOf = (uploadId: string) => store().created.filter(({ bucket, key }) => bucket === cleanBucket && key === cleanKey(uploadId));
const columns = 'upn,surname,category,start_date,sessions';
const suspensions = (row: string): string => `${columns}\r\n${row}\r\n`;
const row = 'J340123425001,Example,SUSP,07/09/2026,4';

describe('A place for a file that a form will send', () => {
  it('is the same one however often it is asked for, until something has come by it', async () => {
    const { session, link } = await world.issueLink({ feed: 'suspensions' });
    const first = await startForm(startPorts(), { session });
    expect(await startForm(startPorts(), { session })).toEqual({ ...first, isNew: false });
    expect(await found(first.uploadId)).toMatchObject({
      state: 'granted',
      objectKey: formKey(link.linkId, first.uploadId),
      agreementVersion: 1,
    });
    expect((await found(first.uploadId)).sha256).toBeUndefined();
    await sendTo(session, suspensions(row));
    expect((await read(session, first.uploadId)).state.kind).toBe('come');
    expect((await startForm(startPorts(), { session })).uploadId).not.toBe(first.uploadId);
  });

  it('is no file on its way until something has come', async () => {
    const { session, link } = await world.issueLink({ feed: 'suspensions', agency: 'idle-school' });
    const agreement = await world.ports.agreements.findAgreement(link.agreementId);
    if (!agreement) throw new Error('no agreement');
    const dueStates = async () => (await readFeedDue(world.ports, agreement, 'suspensions')).map(({ state }) => state);
    const before = await dueStates();
    await startForm(startPorts(), { session });
    expect(await dueStates()).toEqual(before);
    await screenUpload(ports, aVerdict(await sendTo(session, suspensions(row))));
    expect(await dueStates()).toContain('under-way');
  });

  it('is another one for a file that replaces one of the same link; of another link there is nothing to replace', async () => {
    const { session, uploadId } = await aSentForm();
    const replacing = await startForm(startPorts(), { session, replaces: uploadId });
    expect((await read(session, replacing.uploadId)).replaced?.reference).toBe((await found(uploadId)).reference);
    expect((await startForm(startPorts(), { session })).uploadId).not.toBe(replacing.uploadId);
    const other = await world.issueLink();
    await expect(startForm(startPorts(), { session: other.session, replaces: uploadId })).rejects.toMatchObject({
      code: 'upload-not-found',
    });
    await expect(read(other.session, uploadId)).rejects.toMatchObject({ code: 'upload-not-found' });
  });

  it('counts against the link’s limit, and is refused where the link, its agreement or the session is over', async () => {
    const { session } = await aSentForm(undefined, { maxUploads: 1 });
    await expect(startForm(startPorts(), { session })).rejects.toMatchObject({ code: 'link-used-up' });
    await expect(startForm(startPorts(), { session: `${session}x` })).rejects.toMatchObject({ code: 'session-ended' });
  });

  it('is signed anew each time its page is opened, for as long as the sweep will wait for it', async () => {
    const { session } = await world.issueLink();
    const { uploadId } = await startForm(startPorts(), { session });
    const before = world.ports.clock.now();
    world.setNow(addSeconds(before, 3_300));
    expect((await read(session, uploadId)).state.kind).toBe('open');
    world.setNow(addSeconds(before, 3_301));
    expect((await read(session, uploadId)).state.kind).toBe('over');
    expect((await startForm(startPorts(), { session })).uploadId).not.toBe(uploadId);
    world.setNow(before);
  });
});

describe('A file that came by a form', () => {
  it('is told from the version that its first clean verdict is about, and goes on like any other', async () => {
    const content = suspensions(row);
    const file = await aSentForm(content, { feed: 'suspensions', agency: 'told-school' });
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'promoted' });
    expect(await found(file.uploadId)).toMatchObject({
      state: 'clean',
      sha256: sha256(content),
      size: content.length,
      pinnedVersionId: file.versionId,
      quarantineVersionId: file.versionId,
    });
    expect(copiesOf(file.uploadId)).toMatchObject([{ size: content.length, sha256: sha256(content) }]);
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'promoted' });
    expect(copiesOf(file.uploadId)).toHaveLength(1);
  });

  it('leaves what the agreement does not cover in quarantine', async () => {
    const content = `${columns},forename,diagnosis\r\n${row},Marigold,private matter\r\n`;
    const agreed = { feeds: [{ feed: 'suspensions', columns: columns.split(',') }] };
    const file = await aSentForm(content, { feed: 'suspensions', agency: 'left-school', agreement: agreed as never });
    await screenUpload(ports, aVerdict(file));
    const upload = await found(file.uploadId);
    expect(upload.kept).toMatchObject({ left: { columns: ['forename'], positions: [6, 7] } });
    const [copy] = copiesOf(file.uploadId);
    const clean = s3ObjectReader(store().client, cleanBucket);
    let text = '';
    for await (const piece of await clean.read({ key: cleanKey(file.uploadId), versionId: copy?.versionId ?? '' }))
      text += new TextDecoder().decode(piece);
    expect(text).toContain('J340123425001');
    expect(text).not.toMatch(/Marigold|private|forename|diagnosis/);
  });

  it('that we have already is refused with the reference of the one we have, whichever door that came by', async () => {
    const agency = 'twice-school';
    const content = aFileOf('school-attendance', 'twice');
    const order = { feed: 'school-attendance', agency } as const;
    const agreementId = (await world.agree({ agency })).agreementId;
    const first = await aSentForm(content, { ...order, agreementId });
    await screenUpload(ports, aVerdict(first));
    const again = await aSentForm(content, { ...order, agreementId });
    expect(await screenUpload(ports, aVerdict(again))).toMatchObject({ kind: 'refused', code: 'already-received' });
    const { reference } = await found(first.uploadId);
    expect((await found(again.uploadId)).refusal?.message).toContain(reference);
    const { session } = await world.issueLink({ ...order, agreementId });
    const request = { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' } as const;
    await expect(createGrant(world.ports, request)).rejects.toMatchObject({ code: 'file-already-received' });
  });

  it('takes the place of a grant of the same bytes that nothing came by', async () => {
    const content = aFileOf('school-roll', 'B123,Example');
    const { session } = await world.issueLink();
    const { grant } = await createGrant(world.ports, { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' });
    const file = await sendTo(session, content);
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'promoted' });
    expect(grant.uploadId).not.toBe(file.uploadId);
  });

  it.each([
    ['THREATS_FOUND', ['refused', 'malware-found']],
    ['UNSUPPORTED', ['refused', 'not-scannable']],
    ['FAILED', ['granted', undefined]],
    ['ACCESS_DENIED', ['granted', undefined]],
  ] as const)('is not read before its verdict is clean: %s', async (result, state) => {
    const file = await aSentForm(aFileOf('school-roll', `${result},Example`));
    let reads = 0;
    const counting: ScreeningPorts = {
      ...ports,
      quarantine: { ...ports.quarantine, read: (...asked) => ((reads += 1), ports.quarantine.read(...asked)) },
    };
    await screenUpload(counting, aVerdict(file, result));
    const { state: now, refusal, sha256: told } = await found(file.uploadId);
    expect([[now, refusal?.code], told, reads]).toEqual([state, undefined, 0]);
  });

  it('that is not what was asked for is refused in the words of every door', async () => {
    const file = await aSentForm('name,colour\r\nSomebody,green\r\n', { feed: 'suspensions', agency: 'other-school' });
    const outcome = await screenUpload(ports, aVerdict(file));
    expect(outcome.kind).toBe('refused');
    expect(copiesOf(file.uploadId)).toEqual([]);
  });

  it('is made good by the next delivery, wherever the worker dies', async () => {
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const file = await aSentForm(aFileOf('school-roll', `${when} ${String(at)}`));
        const dying = dyingAt(at, when);
        await screenUpload(dying.ports, aVerdict(file)).catch((): ScreeningOutcome | undefined => undefined);
        if (!dying.died()) {
          expect(deaths).toBeGreaterThan(20);
          return;
        }
        deaths += 1;
        await screenUpload(ports, aVerdict(file));
        expect([at, when, (await found(file.uploadId)).state, copiesOf(file.uploadId).length]).toEqual([at, when, 'clean', 1]);
      }
    }
  });
});

/** The worker's ports, of which the call with this number is the last: made or not, nobody hears its answer. */
const dyingAt = (at: number, when: 'before' | 'after'): { readonly ports: ScreeningPorts; readonly died: () => boolean } => {
  let calls = 0;
  let died = false;
  const mortal = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || String(name).endsWith('Fragment')) return value;
        return async (...given: unknown[]): Promise<unknown> => {
          calls += 1;
          const now = calls === at;
          if (died || (now && when === 'before')) {
            died = true;
            throw new Error('died');
          }
          const result: unknown = await Reflect.apply(value, target, given);
          if (now) {
            died = true;
            throw new Error('died');
          }
          return result;
        };
      },
    });
  const { uploads, grants, links, agreements, quarantine, promotion, cleanFiles, transactions } = ports;
  return {
    died: () => died,
    ports: {
      ...ports,
      uploads: mortal(uploads),
      grants: mortal(grants),
      links: mortal(links),
      agreements: mortal(agreements),
      quarantine: mortal(quarantine),
      promotion: mortal(promotion),
      cleanFiles: mortal(cleanFiles),
      transactions: mortal(transactions),
      audit: mortal(audit),
    },
  };
};
