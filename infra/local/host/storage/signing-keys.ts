import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { HostError } from '../../host-error.ts';
import { type JsonObject, textAt } from '../../json.ts';
import type { Resource } from '../../template/template-model.ts';

/** The template's keys that sign. */
export interface SigningKeys {
  /** The private halves by ARN (PKCS 8, PEM): what the next run needs to sign with the same keys. */
  readonly kept: Readonly<Record<string, string>>;
  /** The answer to a call of KMS; undefined where there is no such key. */
  readonly call: (operation: string, request: JsonObject) => JsonObject | undefined;
}

/** Signs for real, with keys known from an earlier run or generated as `KeySpec` says. */
export const openSigningKeys = (resources: readonly Resource[], known: JsonObject): SigningKeys => {
  const signing = resources.filter(({ properties }) => textAt(properties, 'KeyUsage') === 'SIGN_VERIFY');
  const kept = Object.fromEntries(
    signing.map(({ arn, properties }) => {
      const spec = textAt(properties, 'KeySpec');
      if (spec !== 'ECC_NIST_P256') throw new HostError(`The local host does not know keys of ${String(spec)}.`);
      return [arn, textAt(known, arn) ?? newKey()];
    }),
  );
  return {
    kept,
    call: (operation, request) => {
      const KeyId = textAt(request, 'KeyId') ?? '';
      const pem = kept[KeyId];
      if (pem === undefined) return undefined;
      const SigningAlgorithm = textAt(request, 'SigningAlgorithm');
      if (operation === 'GetPublicKey') {
        const key = createPublicKey(createPrivateKey(pem)).export({ format: 'der', type: 'spki' });
        return { KeyId, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', PublicKey: key.toString('base64') };
      }
      const message = Buffer.from(textAt(request, 'Message') ?? '', 'base64');
      const isKnown = operation === 'Sign' && SigningAlgorithm === 'ECDSA_SHA_256' && textAt(request, 'MessageType') !== 'DIGEST';
      if (!isKnown || message.length > 4096) throw new HostError(`The local host does not know this call kms:${operation}.`);
      return { KeyId, SigningAlgorithm, Signature: sign('sha256', message, pem).toString('base64') };
    },
  };
};

const newKey = (): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  }).privateKey;
