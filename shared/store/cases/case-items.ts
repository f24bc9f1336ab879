import type { ListedStage } from '../../services/cases/case-repository.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

const familyPartition = (familyId: string): string => `FAMILY#${familyId}`;

export const headKey = (familyId: string): Key => ({ pk: familyPartition(familyId), sk: 'CASE' });
export const stageList = (stage: ListedStage): string => `CASES#${stage}`;

const entryPrefix = 'CASE#';
export const entryKey = (familyId: string, entryId: string): Key => ({ pk: familyPartition(familyId), sk: `${entryPrefix}${entryId}` });
export const entriesIn = (familyId: string) => ({ partition: familyPartition(familyId), beginsWith: entryPrefix });

/** What a family was accepted on, sealed. */
export const entryRecordPrefix = (entryId: string): string => `ENTRY#${entryId}#`;
export const entryRecordPartition = familyPartition;
