import type { ClaimState } from '../../domain/claims/claim.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

export const claimPartition = (claimId: string): string => `CLAIM#${claimId}`;
export const claimKey = (claimId: string): Key => ({ pk: claimPartition(claimId), sk: 'CLAIM' });
export const claimList = (state: ClaimState): string => `CLAIMS#${state}`;
export const packPrefix = 'PACK#';

/** Stands with the family: one claim under one rule set. */
export const markKey = (familyId: string, ruleSetId: string): Key => ({ pk: `FAMILY#${familyId}`, sk: `CLAIMED#${ruleSetId}` });

export const samplePartition = (sampleId: string): string => `CLAIM-SAMPLE#${sampleId}`;
export const sampleKey = (sampleId: string): Key => ({ pk: samplePartition(sampleId), sk: 'SAMPLE' });
export const drawnPrefix = 'DRAWN#';
export const sampleList = 'CLAIM-SAMPLES';
