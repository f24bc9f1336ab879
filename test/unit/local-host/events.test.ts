import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { everyMilliseconds } from '#infra/local/host/events/event-bus.ts';
import { matchesEvent } from '#infra/local/host/events/event-pattern.ts';
import { scanFile, type ScanOutcome } from '#infra/local/host/events/malware-check.ts';
import { authorizerClaims } from '#infra/local/host/http/token-issuer.ts';
import { failedIds } from '#infra/local/host/lambda/queue-poller.ts';
import type { Json } from '#infra/local/json.ts';
import { aWorkbook } from '../../support/a-workbook.ts';

describe('an event pattern', () => {
  const event = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'clean' }, object: { key: 'c/1', size: 5 }, tags: ['a', 'b'] },
  };

  it.each<[Json, boolean]>([
    [{ source: ['aws.s3'] }, true],
    [{ source: ['aws.ec2', 'aws.s3'] }, true],
    [{ source: ['aws.ec2'] }, false],
    [{ source: ['aws.s3'], detail: { bucket: { name: ['quarantine'] } } }, false],
    [{ detail: { object: { key: [{ prefix: 'c/' }] } } }, true],
    [{ detail: { object: { key: [{ prefix: 'q/' }] } } }, false],
    [{ detail: { object: { key: [{ suffix: '/1' }] } } }, true],
    [{ detail: { object: { key: [{ wildcard: 'c/*' }] } } }, true],
    [{ detail: { object: { size: [5] } } }, true],
    [{ detail: { object: { size: ['5'] } } }, false],
    [{ detail: { tags: ['b'] } }, true],
    [{ detail: { bucket: { name: [{ 'anything-but': ['quarantine', 'other'] }] } } }, true],
    [{ detail: { bucket: { name: [{ 'anything-but': 'clean' }] } } }, false],
    [{ detail: { object: { key: [{ 'anything-but': { prefix: 'c/' } }] } } }, false],
    [{ detail: { reason: [{ exists: false }] } }, true],
    [{ detail: { reason: [{ exists: true }] } }, false],
    [{ detail: { missing: { deeper: ['x'] } } }, false],
    [{ $or: [{ source: ['aws.ec2'] }, { detail: { bucket: { name: ['clean'] } } }] }, true],
  ])('%j fits: %s', (pattern, expected) => {
    expect(matchesEvent(pattern, event)).toBe(expected);
  });

  it('with an operator the host does not know is not guessed at', () => {
    expect(() => matchesEvent({ source: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow('does not know the event pattern operator cidr');
  });
});

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 day)', 86_400_000],
  ])('%s is %d milliseconds', (expression, expected) => {
    expect(everyMilliseconds(expression)).toBe(expected);
  });

  it('other than a rate is refused', () => {
    expect(() => everyMilliseconds('cron(0 9 * * ? *)')).toThrow('knows rate(…) schedules only, not cron(0 9 * * ? *)');
  });
});

describe('the malware check', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'malware-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const testVirus = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
  const scan = (content: Buffer): Promise<ScanOutcome> => {
    const file = path.join(folder, 'file');
    writeFileSync(file, content);
    return scanFile(file);
  };
  const found = async (content: Buffer): Promise<string | undefined> => (await scan(content)).threat;
  /** An archive of one deflated entry. */
  const zipOf = (content: Buffer, flags = 0): Buffer => {
    const data = deflateRawSync(content);
    const header = Buffer.alloc(30);
    header.write('PK\u0003\u0004');
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(crc32(content), 14);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(5, 26);
    return Buffer.concat([header, Buffer.from('a.csv'), data, Buffer.from('PK\u0001\u0002 central directory')]);
  };

  it('finds the test file at the start, amid other text and across the pieces it reads', async () => {
    expect(await found(testVirus)).toBe('EICAR-Test-File (not a virus)');
    expect(await found(Buffer.concat([Buffer.from('UPN,Surname\n'), testVirus, Buffer.from('\n')]))).toBe('EICAR-Test-File (not a virus)');
    expect(await found(Buffer.concat([Buffer.alloc(1024 * 1024 - 30, 'x'), testVirus]))).toBe('EICAR-Test-File (not a virus)');
  });

  it('finds it inside an archive', async () => {
    expect(await found(zipOf(Buffer.concat([Buffer.alloc(5000, 'x'), testVirus])))).toBe('EICAR-Test-File (not a virus)');
  });

  it('finds nothing in a file of rows, in an archive of them, in a broken archive and in an empty file', async () => {
    const rows = Buffer.from('UPN,Surname\nH801200001001,Molyneux\n'.repeat(1000));
    expect(await Promise.resolve(found(rows))).toBeUndefined();
    expect(await found(zipOf(rows))).toBeUndefined();
    expect(await found(zipOf(rows).subarray(0, 40))).toBeUndefined();
    expect(await found(Buffer.from('PK\u0003\u0004'))).toBeUndefined();
    expect(await found(Buffer.alloc(0))).toBeUndefined();
  });

  it('cannot look into a workbook with a password or an encrypted archive, and says so', async () => {
    const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const workbook = Buffer.concat([compound, Buffer.alloc(5000), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(5000)]);
    expect(await scan(workbook)).toEqual({ status: 'UNSUPPORTED' });
    expect(await scan(zipOf(Buffer.from('rows'), 1))).toEqual({ status: 'UNSUPPORTED' });
    // An old workbook without one, and a text that merely names it.
    expect(await scan(Buffer.concat([compound, Buffer.alloc(5000)]))).toEqual({ status: 'NO_THREATS_FOUND' });
    expect(await scan(Buffer.from('EncryptedPackage', 'utf16le'))).toEqual({ status: 'NO_THREATS_FOUND' });
    expect(await scan(Buffer.concat([zipOf(Buffer.from('rows'), 1), zipOf(testVirus)]))).toMatchObject({ status: 'THREATS_FOUND' });
  });

  it('finds the test file in a cell of a workbook', async () => {
    const sheets = [{ name: 'Pupils', rows: [['UPN', testVirus.toString()]] }];
    expect(await scan(Buffer.from(aWorkbook({ sheets })))).toMatchObject({ status: 'THREATS_FOUND' });
  });

  it('is not led astray by an archive that unpacks to far more than it is', async () => {
    expect(await found(zipOf(Buffer.alloc(64 * 1024 * 1024)))).toBeUndefined();
  });
});

describe('a batch response', () => {
  const ids = ['1', '2', '3'];
  it.each<[unknown, boolean, readonly string[]]>([
    [{ batchItemFailures: [] }, true, []],
    [undefined, true, []],
    [null, true, []],
    [{ batchItemFailures: [{ itemIdentifier: '2' }] }, true, ['2']],
    [{ batchItemFailures: [{ itemIdentifier: '2' }] }, false, []],
    [{ batchItemFailures: [{ itemIdentifier: '9' }] }, true, ids],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }, true, ids],
    [{ batchItemFailures: [{}] }, true, ids],
  ])('%j, reported item by item %s, gives back %j', (response, partial, expected) => {
    expect([...failedIds(response, ids, partial)]).toEqual(expected);
  });
});

it('claims reach a function as API Gateway writes them', () => {
  expect(authorizerClaims({ sub: 'a', exp: 1_795_435_200, 'cognito:groups': ['data-officer', 'auditor'], email_verified: true })).toEqual({
    sub: 'a',
    exp: 'Mon Nov 23 12:00:00 UTC 2026',
    'cognito:groups': 'data-officer,auditor',
    email_verified: 'true',
  });
});
