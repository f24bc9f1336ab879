import { createHash, createPublicKey } from 'node:crypto';
import { receiptLines } from '#shared/contracts/receipts/receipt-text.ts';
import { signedText, type SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import { isSignedBy } from '#shared/platform/signing/is-signed-by.ts';

interface Description {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

const keyIdOf = (pem: string): string | undefined => {
  try {
    return createHash('sha256')
      .update(createPublicKey(pem).export({ format: 'der', type: 'spki' }))
      .digest('hex');
  } catch {
    return undefined;
  }
};

/** What a receipt says, and whether it is what was signed with the key. */
export const describeReceipt = (
  { signed: { receipt, signature }, isAsSigned }: { readonly signed: SignedReceipt; readonly isAsSigned: boolean },
  pem: string | undefined,
): Description => {
  const said = [...receiptLines(receipt).map(([name, value]) => `${name}: ${value}`), `Key: ${signature.keyId}`, ''];
  if (pem === undefined) {
    const todo = 'Not verified: no key was given. Fetch the key of that id from GET /v1/receipts/keys and give its file with --key.';
    return { lines: [...said, todo], exitCode: 2 };
  }
  const keyId = keyIdOf(pem);
  if (keyId === undefined) return { lines: [...said, 'Not verified: what was given with --key is no public key in PEM.'], exitCode: 2 };
  if (keyId !== signature.keyId) return { lines: [...said, `NOT GENUINE under this key: its id is ${keyId}.`], exitCode: 1 };
  if (!isSignedBy(pem, signedText(receipt), signature.value)) {
    return { lines: [...said, 'NOT GENUINE: the signature does not fit what the receipt says. It was altered.'], exitCode: 1 };
  }
  if (!isAsSigned) {
    return { lines: [...said, 'ALTERED: the lines for people differ from what was signed. What was signed stands above.'], exitCode: 1 };
  }
  return { lines: [...said, 'Genuine: this is what was signed with the key.'], exitCode: 0 };
};
