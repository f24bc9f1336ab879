import { createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { isSignedBy } from '#shared/platform/signing/is-signed-by.ts';

/** RFC 6979, A.2.5: P-256, SHA-256, the message “sample”. */
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const pem = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: base64url('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6'),
    y: base64url('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299'),
  },
})
  .export({ format: 'pem', type: 'spki' })
  .toString();
/** SEQUENCE of two INTEGERs, each with a leading zero: both begin with a set bit. */
const signature = Buffer.from(
  '3046022100EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716022100F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  'hex',
).toString('base64');

it('A signature of the published example fits its message and no other', () => {
  expect(isSignedBy(pem, 'sample', signature)).toBe(true);
  expect(isSignedBy(pem, 'Sample', signature)).toBe(false);
  expect(isSignedBy(pem, 'sample', signature.replace('R', 'S'))).toBe(false);
  expect(isSignedBy(pem, 'sample', '')).toBe(false);
  expect(isSignedBy(pem, 'sample', 'bm90IGEgc2lnbmF0dXJl')).toBe(false);
});
