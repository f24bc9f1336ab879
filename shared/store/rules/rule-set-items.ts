import * as z from 'zod';
import type { RuleSetName } from '../../domain/eligibility/rule-set.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

export const rulesPartition = 'RULES';
export const versionPrefix = 'VERSION#';
export const versionKey = ({ id, version }: RuleSetName): Key => ({ pk: rulesPartition, sk: `${versionPrefix}${id}#${version}` });
export const rolledOutKey: Key = { pk: rulesPartition, sk: 'ROLLED-OUT' };
export const rolledOutSchema = z.object({ id: z.string(), version: z.string() });

const contentPartition = (sha256: string): string => `CONTENT#${sha256}`;
export const contentKey = (sha256: string): Key => ({ pk: contentPartition(sha256), sk: 'CONTENT' });
export const contentPartKey = (sha256: string, part: number): Key => ({
  pk: contentPartition(sha256),
  sk: `PART#${String(part).padStart(3, '0')}`,
});
