import { createHash } from 'node:crypto';
import { canonicalJson, type Sha256 } from '../../domain/eligibility/replay/canonical-json.ts';

export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of the canonical JSON. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
