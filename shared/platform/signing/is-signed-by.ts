import { createPublicKey, verify } from 'node:crypto';

/** ECDSA over SHA-256 of the text in UTF-8; the signature is ASN.1 DER in base64. False, too, for what is no signature. */
export const isSignedBy = (pem: string, text: string, signature: string): boolean =>
  verify('sha256', Buffer.from(text), createPublicKey(pem), Buffer.from(signature, 'base64'));
