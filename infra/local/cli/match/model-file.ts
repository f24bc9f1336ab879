import { readFileSync } from 'node:fs';
import { matchModelSchema, type MatchModel } from '#shared/domain/matching/model/match-model.ts';
import { cleaningVersion } from '#shared/domain/matching/rows/clean-row.ts';
import { UsageError } from './usage-error.ts';

export const readModelFile = (file: string): MatchModel => {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} is not JSON: give the file that "train" wrote`);
    throw error;
  }
  const parsed = matchModelSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${file} is no model: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Write one with "train"`);
  }
  if (parsed.data.cleaningVersion !== cleaningVersion)
    throw new UsageError(`${file} was trained on rows cleaned another way (version ${parsed.data.cleaningVersion}): train it again`);
  return parsed.data;
};
