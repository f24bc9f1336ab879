import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeReceipt } from '#infra/local/cli/verify-receipt/describe-receipt.ts';
import { openSigningKeys } from '#infra/local/host/storage/signing-keys.ts';
import { readReceiptText } from '#shared/contracts/receipts/read-receipt-text.ts';
import { receiptText } from '#shared/contracts/receipts/receipt-text.ts';
import { longestSignedText, signedText, type SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import type { Announced } from '#shared/domain/uploads/upload.ts';
import { issueReceipt, type IssueReceiptPorts } from '#shared/services/receipts/issue-receipt.ts';
import { readOwnReceipt } from '#shared/services/receipts/read-receipt.ts';
import { verifyReceipt } from '#shared/services/receipts/verify-receipt.ts';
import { Refusal } from '#shared/services/refusal.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { aFileOf, portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
let world: PortalWorld;
let ports: IssueReceiptPorts;

/** A key of the local host, as KMS answers about it. */
const aKey = () => {
  const arn = 'arn:aws:kms:eu-west-2:111122223333:key/1';
  const properties = { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' };
  const keys = openSigningKeys([{ arn, properties } as unknown as Parameters<typeof openSigningKeys>[0][number]], {});
  const ask = (operation: string, more = {}): Record<string, unknown> => ({ ...keys.call(operation, { KeyId: arn, ...more }) });
  const der = Buffer.from(String(ask('GetPublicKey')['PublicKey']), 'base64');
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
  return {
    sign: (text: string) =>
      Promise.resolve(
        String(ask('Sign', { Message: Buffer.from(text).toString('base64'), SigningAlgorithm: 'ECDSA_SHA_256' })['Signature']),
      ),
    publicKey: () => Promise.resolve({ keyId: createHash('sha256').update(der).digest('hex'), pem }),
  };
};

beforeAll(() => {
  world = portalWorld(database());
  ports = { ...world.ports, receiptSigner: aKey() };
});

const announced: Announced = { chosen: { size: 900, sha256: sha256('chosen') }, rows: 1, columnsNotSent: ['notes', 'Cláss'] };
let files = 0;

const aFile = async (over: { readonly announced?: Announced; readonly isChecked?: boolean } = {}) => {
  const content = aFileOf('school-roll', `receipt ${String((files += 1))}`);
  const { link, session } = await world.issueLink();
  const request = { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' } as const;
  const { grant } = await createGrant(world.ports, { ...request, ...(over.announced && { announced: over.announced }) });
  if (over.isChecked !== false) await world.ports.uploads.markClean(grant.uploadId, 'v1', '2026-11-23T09:01:00.000Z');
  return { uploadId: grant.uploadId, reference: grant.reference, session, link, content };
};
const issued = async (uploadId: string): Promise<SignedReceipt> => {
  const signed = await issueReceipt(ports, uploadId);
  if (!signed) throw new Error('no receipt');
  return signed;
};
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

describe('A receipt', () => {
  it('says what came, from whom, for what and when, and what the sender’s page said of the file chosen', async () => {
    const { uploadId, reference, content } = await aFile({ announced });
    const { receipt } = await issued(uploadId);
    expect(receipt).toMatchObject({
      reference,
      council: 'Exampleshire Council',
      feed: 'school-roll',
      sentAt: '2026-11-23T09:00:00.000Z',
      file: { size: content.length, sha256: createHash('sha256').update(content).digest('hex') },
      statedBySender: {
        chosen: { size: 900, sha256: createHash('sha256').update('chosen').digest('hex') },
        rows: 1,
        columnsNotSent: ['notes', 'Cláss'],
      },
    });
    expect(receipt.sender).not.toBe('');
  });

  it('is signed once: whoever asks, and however many at once, gets the same', async () => {
    const { uploadId } = await aFile();
    const all = await Promise.all(Array.from({ length: 5 }, () => issued(uploadId)));
    expect(new Set(all.map(({ signature }) => signature.value)).size).toBe(1);
    expect(await world.ports.receipts.findReceipt(uploadId)).toEqual(all[0]);
  });

  it('is not there before the file was found to be the one announced, nor through another link; then it is asked for', async () => {
    const early = await aFile({ isChecked: false });
    expect(await issueReceipt(ports, early.uploadId)).toBeUndefined();
    expect(await codeOf(readOwnReceipt(world.ports, early))).toBe('receipt-not-ready');
    expect(world.screened).toEqual([]);
    const { uploadId, session } = await aFile();
    expect(await codeOf(readOwnReceipt(world.ports, { uploadId, session: early.session }))).toBe('upload-not-found');
    expect(await codeOf(readOwnReceipt(world.ports, { uploadId, session }))).toBe('receipt-not-ready');
    expect(world.screened).toEqual([{ kind: 'receipt', uploadId }]);
    await issued(uploadId);
    expect((await readOwnReceipt(world.ports, { uploadId, session })).signed.receipt.uploadId).toBe(uploadId);
  });

  it('is short enough to be signed, however many columns stayed with the sender', async () => {
    const many = Array.from({ length: 500 }, (_, number) => `${String(number)} ${'ü'.repeat(30)}`);
    const { receipt } = await issued((await aFile({ announced: { ...announced, columnsNotSent: many } })).uploadId);
    expect(receipt.statedBySender?.otherColumnsNotSent).toBe(460);
    expect(Buffer.byteLength(signedText(receipt))).toBeLessThan(longestSignedText);
  });
});

describe('Verifying a receipt', () => {
  const verify = (signed: SignedReceipt) => verifyReceipt(world.ports, signed).then(({ verdict }) => verdict);

  it('tells the genuine one from one that was altered, one of another key and one that is not on record', async () => {
    const { uploadId } = await aFile({ announced });
    const signed = await issued(uploadId);
    expect(await verify(signed)).toBe('genuine');
    expect(await verify({ ...signed, receipt: { ...signed.receipt, sentAt: '2026-11-20T09:00:00.000Z' } })).toBe('altered');
    const stranger = aKey();
    const forged = { ...signed.signature, value: await stranger.sign(signedText(signed.receipt)) };
    expect(await verify({ ...signed, signature: forged })).toBe('altered');
    expect(await verify({ ...signed, signature: { ...forged, keyId: (await stranger.publicKey()).keyId } })).toBe('unknown-key');
    const never = { ...signed.receipt, uploadId: '01K0000000000000000000000A' };
    const value = await ports.receiptSigner.sign(signedText(never));
    expect(await verify({ receipt: never, signature: { ...signed.signature, value } })).toBe('not-on-record');
  });

  it('goes on after the key was changed: each receipt names its own', async () => {
    const before = await issued((await aFile()).uploadId);
    const after = await issueReceipt({ ...ports, receiptSigner: aKey() }, (await aFile()).uploadId);
    expect(after?.signature.keyId).not.toBe(before.signature.keyId);
    expect([await verify(before), after && (await verify(after))]).toEqual(['genuine', 'genuine']);
    const keyIds = (await world.ports.receipts.listKeys()).map(({ keyId }) => keyId);
    expect(keyIds).toEqual(expect.arrayContaining([before.signature.keyId, after?.signature.keyId]));
  });

  it('works without the service, on the text file that a sender keeps, with the public key alone', async () => {
    const signed = await issued((await aFile({ announced })).uploadId);
    const key = await world.ports.receipts.findKey(signed.signature.keyId);
    const described = (text: string, pem = key?.pem) => {
      const kept = readReceiptText(text);
      if (!kept) throw new Error('not a receipt');
      const { lines, exitCode } = describeReceipt(kept, pem);
      return [exitCode, lines.at(-1)?.split(':')[0]];
    };
    const text = receiptText(signed);
    expect(text).toContain(signed.receipt.file.sha256);
    expect(described(text)).toEqual([0, 'Genuine']);
    expect(described(text.replaceAll('\r\n', '\n'))).toEqual([0, 'Genuine']);
    expect(described(JSON.stringify(signed))).toEqual([0, 'Genuine']);
    // The lines for people, and what was signed.
    expect(described(text.replace('Rows sent, as you counted them: 1', 'Rows sent, as you counted them: 9'))).toEqual([1, 'ALTERED']);
    expect(described(text.replace('"rows":1', '"rows":9'))).toEqual([1, 'NOT GENUINE']);
    expect(described(text, (await aKey().publicKey()).pem)[0]).toBe(1);
    expect(described(text, 'no key')[0]).toBe(2);
    expect(describeReceipt({ signed, isAsSigned: true }, undefined).exitCode).toBe(2);
    expect(readReceiptText('Receipt for a file')).toBeUndefined();
    expect(readReceiptText(text.replace('"version":1', '"version":2'))).toBeUndefined();
  });
});
