import type { ReceiptKey, SignedReceipt } from '../../domain/uploads/receipt.ts';

export interface ReceiptRepository {
  readonly findReceipt: (uploadId: string) => Promise<SignedReceipt | undefined>;
  /** The first one stands: gives what is held. */
  readonly keepReceipt: (signed: SignedReceipt, expiresOn: string) => Promise<SignedReceipt>;
  readonly findKey: (keyId: string) => Promise<ReceiptKey | undefined>;
  /** Once for each key; kept as long as any receipt signed with it. */
  readonly keepKey: (key: ReceiptKey) => Promise<void>;
  readonly listKeys: () => Promise<readonly ReceiptKey[]>;
}

export interface ReceiptSigner {
  /** ECDSA on P-256 over SHA-256 of the text in UTF-8: ASN.1 DER, base64. */
  readonly sign: (text: string) => Promise<string>;
  readonly publicKey: () => Promise<Pick<ReceiptKey, 'keyId' | 'pem'>>;
}
