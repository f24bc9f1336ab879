import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  malwareVerdictSchema,
  scanResultSchema,
  screenMessageSchema,
  type ScreenMessage,
} from '#shared/contracts/events/malware-verdict.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { s3ScanMark } from '#shared/platform/objects/s3-scan-mark.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { requestRescan } from '#shared/services/screening/request-rescan.ts';
import { screenUpload, type ScreeningPorts } from '#shared/services/screening/screen-upload.ts';
import { Refusal } from '#shared/services/refusal.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { cleanKey } from '#shared/services/uploads/object-store.ts';
import { endAgreement } from '#shared/services/agreements/edit-agreement.ts';
import { allColumnsOf } from '#test/support/an-agreement.ts';
import { aWorkbook } from '#test/support/a-workbook.ts';
import { aVerdict } from '#test/support/a-verdict.ts';
import { hostileFiles } from '#test/support/hostile-files.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { cleanBucket, cleanKeyArn, quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';
import { aFileOf, newSha256, portalWorld, sha256, type PortalWorld, type WorldLink } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const store = useObjectStore();
const audit = memoryAuditTrail();
let world: PortalWorld;
let ports: ScreeningPorts;
/** Versions that another scan was asked for. */
const scans: { readonly key: string; readonly versionId: string }[] = [];
beforeAll(() => {
  world = portalWorld(database());
  ports = {
    ...world.ports,
    audit,
    quarantine: s3ObjectReader(store().client, quarantineBucket),
    scanMark: s3ScanMark(store().client, quarantineBucket),
    cleanFiles: s3ObjectWriter(store().client, { bucket: cleanBucket, keyArn: cleanKeyArn }),
    newSha256,
    scanAgain: (object) => {
      scans.push(object);
      return Promise.resolve();
    },
    promotion: s3ObjectPromotion(store().client, { from: quarantineBucket, to: cleanBucket, keyArn: cleanKeyArn }),
    quarantineBucket,
  };
});

/** A file that a partner has sent: granted, and in quarantine. */
const aSentFile = async (
  row = 'A123,Example',
  content: string | Uint8Array<ArrayBuffer> = aFileOf('school-roll', row),
  order: WorldLink = {},
) => {
  const { link, session } = await world.issueLink(order);
  const signer = s3UploadSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
  const request = { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' } as const;
  const { grant } = await createGrant({ ...world.ports, signer }, request);
  const { status } = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: content });
  expect(status).toBe(200);
  const { uploadId } = grant;
  const key = `q/${link.linkId}/${uploadId}`;
  const object = await ports.quarantine.describe(key);
  if (!object) throw new Error('not stored');
  return { link, uploadId, bucket: quarantineBucket, key, versionId: object.versionId };
};

const stateOf = async (uploadId: string) => {
  const upload = await world.ports.uploads.findUpload(uploadId);
  return [upload?.state, upload?.refusal?.code];
};
const copiesOf = (uploadId: string): number =>
  store().created.filter(({ bucket, key }) => bucket === cleanBucket && key === cleanKey(uploadId)).length;

describe('A verdict whose announcement was lost', () => {
  const look = (uploadId: string) => screenUpload(ports, screenMessageSchema.parse({ kind: 'look-for-verdict', uploadId }));
  const mark = (key: string, result: string) => store().tag(quarantineBucket, key, 'GuardDutyMalwareScanStatus', result);

  it.each([
    ['NO_THREATS_FOUND', 'promoted', ['clean', undefined], 1],
    ['THREATS_FOUND', 'refused', ['refused', 'malware-found'], 0],
    ['UNSUPPORTED', 'refused', ['refused', 'not-scannable'], 0],
    ['FAILED', 'held', ['granted', undefined], 0],
    ['ACCESS_DENIED', 'held', ['granted', undefined], 0],
  ] as const)('is read from the file itself: %s', async (result, kind, state, copies) => {
    const { uploadId, key } = await aSentFile(`${result},Example`);
    await mark(key, result);
    expect((await look(uploadId)).kind).toBe(kind);
    expect(await stateOf(uploadId)).toEqual(state);
    expect(copiesOf(uploadId)).toBe(copies);
    const expected = kind === 'held' ? [] : ['receiveUpload'];
    expect(audit.entries.filter(({ subjects }) => subjects.includes(uploadId)).map(({ action }) => action)).toEqual(expected);
  });

  it('that is not there yet, or is no verdict, changes nothing', async () => {
    const { uploadId, key } = await aSentFile('none,Example');
    expect(await look(uploadId)).toEqual({ kind: 'ignored', because: 'no-verdict', uploadId });
    await mark(key, 'SOMETHING_NEW');
    expect(await look(uploadId)).toEqual({ kind: 'ignored', because: 'no-verdict', uploadId });
    await store().tag(quarantineBucket, key, 'AnotherTag', 'NO_THREATS_FOUND');
    expect(await look(uploadId)).toEqual({ kind: 'ignored', because: 'no-verdict', uploadId });
    expect(await stateOf(uploadId)).toEqual(['granted', undefined]);
  });

  it('comes too late where the announcement was heard after all, or the file is gone', async () => {
    const { uploadId, ...object } = await aSentFile('late,Example');
    await screenUpload(ports, aVerdict(object));
    expect(await look(uploadId)).toEqual({ kind: 'ignored', because: 'already-decided', uploadId });
    const { link, session } = await world.issueLink();
    const { grant } = await createGrant(world.ports, { session, sha256: sha256('never'), size: 5, contentType: 'text/csv' });
    expect(link.linkId).toBeDefined();
    expect(await look(grant.uploadId)).toEqual({ kind: 'ignored', because: 'object-gone', uploadId: grant.uploadId });
  });
});

describe('A clean verdict', () => {
  it('moves the upload on and copies the judged version, with its fingerprint, to the clean bucket', async () => {
    const file = await aSentFile();
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'promoted', upload: { uploadId: file.uploadId } });
    const upload = await world.ports.uploads.findUpload(file.uploadId);
    expect([upload?.state, upload?.quarantineVersionId]).toEqual(['clean', file.versionId]);
    const copy = await s3ObjectReader(store().client, cleanBucket).describe(cleanKey(file.uploadId));
    expect(copy?.sha256).toBe(upload?.sha256);
    expect(audit.entries.at(-1)).toMatchObject({
      actorKind: 'link',
      actorId: file.link.linkId,
      action: 'receiveUpload',
      subjects: [file.uploadId, file.link.linkId],
      result: 'changed',
    });
  });

  it('marks the upload before the copy can announce itself', async () => {
    const file = await aSentFile();
    let seen: unknown;
    const watching: ScreeningPorts = {
      ...ports,
      promotion: {
        promote: async (from, toKey) => {
          seen = (await stateOf(file.uploadId))[0];
          return ports.promotion.promote(from, toKey);
        },
      },
    };
    await screenUpload(watching, aVerdict(file));
    expect(seen).toBe('clean');
  });

  it('may come five times at once', async () => {
    const file = await aSentFile();
    await Promise.all(Array.from({ length: 5 }, () => screenUpload(ports, aVerdict(file))));
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([['clean', undefined], 1]);
  });

  it('comes to nothing where the link was revoked after the file was sent', async () => {
    const file = await aSentFile();
    await revokeLink(world.ports, { linkId: file.link.linkId, version: 1 });
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'ignored', because: 'already-decided' });
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([['refused', 'link-withdrawn'], 0]);
  });

  it('is refused where the revocation was cut off before it came to the upload', async () => {
    const file = await aSentFile();
    await world.ports.links.revokeLink(file.link.linkId, { version: 1, at: '2026-11-23T09:01:00.000Z' });
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'refused', code: 'link-withdrawn' });
    expect(copiesOf(file.uploadId)).toBe(0);
  });

  it('racing a revocation never leaves a withdrawn link’s file waiting to be read', async () => {
    for (let race = 0; race < 20; race += 1) {
      const file = await aSentFile(`race ${String(race)}`);
      await Promise.all([revokeLink(world.ports, { linkId: file.link.linkId, version: 1 }), screenUpload(ports, aVerdict(file))]);
      expect(await stateOf(file.uploadId)).toEqual(['refused', 'link-withdrawn']);
    }
  });
});

describe('A verdict against the file', () => {
  it.each([
    ['THREATS_FOUND', 'malware-found'],
    ['UNSUPPORTED', 'not-scannable'],
  ] as const)('%s refuses the file as %s, copies nothing, and stands', async (result, code) => {
    const file = await aSentFile();
    expect(await screenUpload(ports, aVerdict(file, result))).toMatchObject({ kind: 'refused', code });
    expect(await screenUpload(ports, aVerdict(file, 'NO_THREATS_FOUND'))).toMatchObject({ kind: 'ignored', because: 'already-decided' });
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([['refused', code], 0]);
    expect(audit.entries.at(-1)).toMatchObject({ action: 'receiveUpload', result: 'refused', code });
  });

  it('is not one when its result is a word we do not know', () => {
    const event = aVerdict({ bucket: quarantineBucket, key: 'q/a/b', versionId: 'v' });
    const unknown = { ...event, detail: { ...event.detail, scanResultDetails: { scanResultStatus: 'PROBABLY_FINE' } } };
    expect(malwareVerdictSchema.safeParse(unknown).success).toBe(false);
    expect(screenMessageSchema.safeParse({ ...event, source: 'somebody.else' }).success).toBe(false);
  });
});

describe('A check that says nothing about the file', () => {
  const scansOf = (key: string) => scans.filter((scan) => scan.key === key).length;

  it('FAILED: the file waits, its sender is told, and it is scanned once more by itself', async () => {
    const file = await aSentFile('failed,Example');
    expect(await screenUpload(ports, aVerdict(file, 'FAILED'))).toMatchObject({ kind: 'held', code: 'scan-failed', again: true });
    expect(scans.at(-1)).toEqual({ key: file.key, versionId: file.versionId });
    // The same event again, and a second failure: no endless scanning.
    for (let time = 1; time <= 2; time += 1)
      expect(await screenUpload(ports, aVerdict(file, 'FAILED'))).toMatchObject({ kind: 'held', again: false });
    expect(scansOf(file.key)).toBe(1);
    expect((await world.ports.uploads.findUpload(file.uploadId))?.scan).toEqual({ trouble: 'scan-failed', rescans: 1 });
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([['granted', undefined], 0]);
  });

  it('ACCESS_DENIED: the file waits for whoever can give the right; nothing is scanned again by itself', async () => {
    const file = await aSentFile('denied,Example');
    expect(await screenUpload(ports, aVerdict(file, 'ACCESS_DENIED'))).toMatchObject({
      kind: 'held',
      code: 'scan-not-possible',
      again: false,
    });
    expect(scansOf(file.key)).toBe(0);
    expect(await screenUpload(ports, { kind: 'rescan', uploadId: file.uploadId })).toMatchObject({ kind: 'rescanned' });
    expect(scansOf(file.key)).toBe(1);
  });

  it.each([
    ['NO_THREATS_FOUND', ['clean', undefined], 1],
    ['THREATS_FOUND', ['refused', 'malware-found'], 0],
    ['UNSUPPORTED', ['refused', 'not-scannable'], 0],
  ] as const)('never stands in the way of one that does: %s', async (result, state, copies) => {
    const file = await aSentFile(`then ${result},Example`);
    await screenUpload(ports, aVerdict(file, 'ACCESS_DENIED'));
    await screenUpload(ports, aVerdict(file, result));
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([state, copies]);
    // One that comes late changes nothing.
    expect(await screenUpload(ports, aVerdict(file, 'FAILED'))).toMatchObject({ kind: 'ignored', because: 'already-decided' });
    expect(await screenUpload(ports, { kind: 'rescan', uploadId: file.uploadId })).toMatchObject({ because: 'already-decided' });
  });

  it('notes the trouble even where no other scan can be asked for, and asks again with the next delivery', async () => {
    const file = await aSentFile('no scanner,Example');
    const down = { ...ports, scanAgain: () => Promise.reject(new Error('the scanner is down')) };
    await expect(screenUpload(down, aVerdict(file, 'FAILED'))).rejects.toThrow('the scanner is down');
    expect((await world.ports.uploads.findUpload(file.uploadId))?.scan).toEqual({ trouble: 'scan-failed', rescans: 0 });
    expect(await screenUpload(ports, aVerdict(file, 'FAILED'))).toMatchObject({ kind: 'held', again: true });
  });
});

describe('A rescan asked for by staff', () => {
  const ask = (uploadId: string, isThere = true) =>
    requestRescan({ ...world.ports, quarantine: { has: () => Promise.resolve(isThere) } }, uploadId);
  const refusalOf = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: unknown) => (error instanceof Refusal ? [error.code, error.errors[0]?.code] : error),
    );

  it('is passed on to screening, and the trouble is told no more', async () => {
    const file = await aSentFile('rescan,Example');
    await screenUpload(ports, aVerdict(file, 'ACCESS_DENIED'));
    expect((await ask(file.uploadId)).scan).toEqual({ rescans: 1 });
    expect(world.screened.at(-1)).toEqual({ kind: 'rescan', uploadId: file.uploadId });
  });

  it('is refused where a verdict stands, where the file is gone, and after five', async () => {
    const file = await aSentFile('rescans,Example');
    expect(await refusalOf(ask(file.uploadId, false))).toEqual(['state-conflict', 'not-in-quarantine']);
    for (let time = 1; time <= 5; time += 1) await ask(file.uploadId);
    expect(await refusalOf(ask(file.uploadId))).toEqual(['state-conflict', 'scanned-often']);
    await screenUpload(ports, aVerdict(file, 'UNSUPPORTED'));
    expect(await refusalOf(ask(file.uploadId))).toEqual(['state-conflict', 'verdict-stands']);
    expect(await refusalOf(ask(file.link.linkId))).toEqual(['upload-not-found', undefined]);
  });
});

describe('An event that is not about one of our files', () => {
  it('changes nothing', async () => {
    const file = await aSentFile();
    const about = (over: object) => screenUpload(ports, aVerdict({ ...file, ...over }, 'THREATS_FOUND'));
    expect(await about({ bucket: 'other' })).toEqual({ kind: 'ignored', because: 'other-bucket' });
    expect(await about({ key: 'q/../x' })).toEqual({ kind: 'ignored', because: 'not-our-key' });
    expect(await about({ key: file.key.replace(/.$/, (last) => (last === '0' ? '1' : '0')) })).toMatchObject({ because: 'unknown-upload' });
    expect(await about({ key: file.key.replace(file.link.linkId, 'referral') })).toMatchObject({ because: 'unknown-upload' });
    expect(await about({ versionId: 'older' })).toMatchObject({ because: 'other-version' });
    expect(await screenUpload(ports, { kind: 'promote', uploadId: file.uploadId })).toMatchObject({ because: 'nothing-to-promote' });
    expect(await stateOf(file.uploadId)).toEqual(['granted', undefined]);
  });
});

/** Dies at the `at`-th call that leaves the worker: before it is made, or after it was and its answer got lost. */
const dyingAt = (at: number, when: 'before' | 'after'): { readonly ports: ScreeningPorts; readonly died: () => boolean } => {
  let calls = 0;
  let died = false;
  const step =
    <Arguments extends unknown[], Result>(call: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      calls += 1;
      const now = calls === at;
      died ||= now;
      if (now && when === 'before') throw new Error('died');
      const result = await call(...given);
      if (now) throw new Error('died');
      return result;
    };
  const { uploads, links, agreements, quarantine, promotion } = ports;
  return {
    died: () => died,
    ports: {
      ...ports,
      uploads: {
        findUpload: step(uploads.findUpload),
        pinFragment: uploads.pinFragment,
        markClean: step(uploads.markClean),
        refuseUpload: step(uploads.refuseUpload),
        noteScan: step(uploads.noteScan),
      },
      links: { findLink: step(links.findLink) },
      agreements: { findAgreement: step(agreements.findAgreement) },
      quarantine: { describe: step(quarantine.describe), read: step(quarantine.read) },
      promotion: { promote: step(promotion.promote) },
      audit: { record: step(audit.record) },
    },
  };
};

describe('A worker that dies', () => {
  it.each([
    ['NO_THREATS_FOUND', 'before', ['clean', undefined], 1],
    ['NO_THREATS_FOUND', 'after', ['clean', undefined], 1],
    ['THREATS_FOUND', 'before', ['refused', 'malware-found'], 0],
    ['THREATS_FOUND', 'after', ['refused', 'malware-found'], 0],
  ] as const)('at any step of a %s verdict, %s its effect, is made good by the next delivery', async (result, when, state, copies) => {
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      const file = await aSentFile(`death ${result} ${when} ${String(at)}`);
      const message = aVerdict(file, result);
      const dying = dyingAt(at, when);
      await screenUpload(dying.ports, message).catch(() => undefined);
      if (!dying.died()) break;
      deaths += 1;
      await screenUpload(ports, message);
      expect([at, await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([at, state, copies]);
      expect(audit.entries.some(({ subjects, correlationId }) => subjects.includes(file.uploadId) && correlationId === message.id)).toBe(
        true,
      );
    }
    expect(deaths).toBe(copies === 1 ? 11 : 6);
  });

  it('between mark and copy, is made good by the sweep where the verdict never comes again', async () => {
    const file = await aSentFile();
    const dying: ScreeningPorts = { ...ports, promotion: { promote: () => Promise.reject(new Error('died')) } };
    await expect(screenUpload(dying, aVerdict(file))).rejects.toThrow('died');
    expect(copiesOf(file.uploadId)).toBe(0);
    expect(await screenUpload(ports, { kind: 'promote', uploadId: file.uploadId })).toMatchObject({ kind: 'promoted' });
    expect(copiesOf(file.uploadId)).toBe(1);
  });
});

describe('Verdicts in any number and order', () => {
  let run = 0;
  it('leave the file clean and copied once, or refused and never copied; the first that says something about this version decides', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ result: fc.constantFrom(...scanResultSchema.options), isThisVersion: fc.boolean(), isPromotion: fc.boolean() }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        async (deliveries) => {
          const file = await aSentFile(`run ${String((run += 1))}`);
          for (const { result, isThisVersion, isPromotion } of deliveries) {
            const message: ScreenMessage = isPromotion
              ? { kind: 'promote', uploadId: file.uploadId }
              : aVerdict(isThisVersion ? file : { ...file, versionId: 'another' }, result);
            await screenUpload(ports, message);
          }
          const first = deliveries.find(
            ({ isThisVersion, isPromotion, result }) => isThisVersion && !isPromotion && !['FAILED', 'ACCESS_DENIED'].includes(result),
          )?.result;
          const [state] = await stateOf(file.uploadId);
          const expected = first === undefined ? ['granted', 0] : first === 'NO_THREATS_FOUND' ? ['clean', 1] : ['refused', 0];
          expect([state, copiesOf(file.uploadId)]).toEqual(expected);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });
});

const cleanFile = async (uploadId: string): Promise<string> => {
  const reader = s3ObjectReader(store().client, cleanBucket);
  const object = await reader.describe(cleanKey(uploadId));
  if (!object) throw new Error('not there');
  const chunks: Uint8Array[] = [];
  for await (const chunk of await reader.read(object)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

describe('Columns that the agreement does not cover', () => {
  const csv = (rows: readonly string[]) =>
    ['Surname;DOB;Estab_No;Partner_Person_Id;Enrol_Status;Entry_Date;Shoe size;Postcode;source_row', ...rows]
      .map((row) => `${row}\r\n`)
      .join('');
  const agreedOn = { feeds: [allColumnsOf('school-roll', ['postcode'])] };

  it('are left out before the file leaves quarantine; each row says where it stood', async () => {
    const rows = [
      'Example;09/03/2015;3404001;A1;C;01/09/2020;secret 4;L36 9GL;4',
      '',
      '"Exam;""ple""";09/03/2016;3404001;A2;C;;secret 5;;7',
    ];
    const file = await aSentFile('', csv(rows), { agreement: agreedOn });
    expect((await screenUpload(ports, aVerdict(file))).kind).toBe('promoted');
    const text = await cleanFile(file.uploadId);
    expect(text).toBe(
      [
        'source_row,source_fault,surname,dob,estab_no,partner_person_id,enrol_status,entry_date',
        '4,,Example,09/03/2015,3404001,A1,C,01/09/2020',
        '7,,"Exam;""ple""",09/03/2016,3404001,A2,C,',
        '',
      ].join('\r\n'),
    );
    const upload = await world.ports.uploads.findUpload(file.uploadId);
    expect(upload?.kept).toMatchObject({
      sha256: sha256(text),
      size: text.length,
      left: { columns: ['postcode'], positions: [7, 8] },
    });
    // The same verdict once more finds the copy there and changes nothing.
    await screenUpload(ports, aVerdict(file));
    expect([await stateOf(file.uploadId), copiesOf(file.uploadId)]).toEqual([['clean', undefined], 1]);
  });

  it('leave nothing behind but the place and the fault of a row that cannot be taken apart', async () => {
    const file = await aSentFile('', csv(['"Example;09/03/2015;3404001;A1;C;;secret 4;L36 9GL', 'x']), { agreement: agreedOn });
    expect((await screenUpload(ports, aVerdict(file))).kind).toBe('promoted');
    expect((await cleanFile(file.uploadId)).split('\r\n')[1]).toBe('2,row-quotes');
  });

  it('let a file pass as it is that has none of them', async () => {
    const file = await aSentFile('', 'surname,estab_no,partner_person_id,enrol_status,entry_date\nExample,3404001,A1,C,\n', {
      agreement: agreedOn,
    });
    await screenUpload(ports, aVerdict(file));
    expect((await world.ports.uploads.findUpload(file.uploadId))?.kept).toBeUndefined();
    expect(copiesOf(file.uploadId)).toBe(1);
  });
});

describe('A file of another form than CSV in UTF-8', () => {
  const header = ['surname', 'estab_no', 'partner_person_id', 'enrol_status', 'entry_date', 'notes'];
  const rows = [header, ['Núñez', '3404001', 'A1', 'C', '', 'secret 4'], [], ['O’Brien', '3404001', 'A2', 'C', '', 'secret 5']];
  const text = rows.map((row) => `${row.join('\t')}\r\n`).join('');
  const windows = Buffer.from(text.replace('’', String.fromCharCode(0x92)), 'latin1');

  it.each([
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['windows-1252', windows],
    ['workbook', aWorkbook({ sheets: [{ rows }] })],
  ])('(%s) leaves quarantine as CSV in UTF-8, of the agreed columns', async (form, content) => {
    const file = await aSentFile('', Uint8Array.from(content));
    expect((await screenUpload(ports, aVerdict(file))).kind).toBe('promoted');
    expect(await cleanFile(file.uploadId)).toBe(
      [
        'source_row,source_fault,surname,estab_no,partner_person_id,enrol_status,entry_date',
        '2,,Núñez,3404001,A1,C,',
        '4,,O’Brien,3404001,A2,C,',
        '',
      ].join('\r\n'),
    );
    expect((await world.ports.uploads.findUpload(file.uploadId))?.kept).toMatchObject({ form, left: { columns: [], positions: [6] } });
  });

  it.each(
    hostileFiles
      .flatMap(({ name, source, code }) => {
        const made = source();
        return made instanceof Uint8Array && made.length < 100_000 && code.startsWith('workbook') ? [[name, made, code] as const] : [];
      })
      .slice(0, 4),
  )('(%s) is refused with its reason, and the next file is taken', async (_, content, code) => {
    const file = await aSentFile('', Uint8Array.from(content), {
      feed: 'suspensions',
      agreement: { feeds: [allColumnsOf('suspensions')] },
    });
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'refused', code });
    expect(copiesOf(file.uploadId)).toBe(0);
    expect((await screenUpload(ports, aVerdict(await aSentFile(`${code},Next`)))).kind).toBe('promoted');
  });
});

describe('A file whose agreement ended after it was sent', () => {
  it('goes no further', async () => {
    const file = await aSentFile('ended,Example');
    const edit = { agreementId: file.link.agreementId, version: 1, staffId: 'b4d5a1e0-0000-4000-8000-000000000001' };
    await endAgreement(world.ports, edit, 'The school has withdrawn.');
    expect(await screenUpload(ports, aVerdict(file))).toMatchObject({ kind: 'refused', code: 'agreement-ended' });
    expect(copiesOf(file.uploadId)).toBe(0);
  });
});
