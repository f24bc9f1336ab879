import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, SignCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { ReceiptSigner } from '../../services/receipts/receipt-ports.ts';

/** Signs with a KMS key (ECC_NIST_P256); its public half is fetched once. */
export const kmsReceiptSigner = (client: KMSClient, keyArn: string): ReceiptSigner => {
  let known: ReturnType<ReceiptSigner['publicKey']> | undefined;
  const fetchPublicKey = async () => {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyArn }));
    if (PublicKey === undefined) throw new Error('the signing key has no public half');
    const pem = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }).export({ format: 'pem', type: 'spki' });
    return { keyId: createHash('sha256').update(PublicKey).digest('hex'), pem: pem.toString() };
  };
  return {
    sign: async (text) => {
      const { Signature } = await client.send(
        new SignCommand({ KeyId: keyArn, Message: Buffer.from(text), MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
      );
      if (Signature === undefined) throw new Error('an answer without a signature');
      return Buffer.from(Signature).toString('base64');
    },
    publicKey: () => {
      known ??= fetchPublicKey().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
};
