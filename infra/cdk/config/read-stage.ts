import * as z from 'zod';
import { dev } from './dev.ts';
import { prod } from './prod.ts';
import { stageConfigSchema, type StageConfig } from './stage-config.ts';
import { test } from './test.ts';

const stages: ReadonlyMap<string, StageConfig> = new Map([dev, test, prod].map((config) => [config.stage, config]));
export const stageNames: readonly string[] = [...stages.keys()];

/** A mistake of the person at the keyboard: shown as one line, without a stack. */
export class StageMistake extends Error {}

const asTyped = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const readStage = (name: unknown): StageConfig => {
  const config = typeof name === 'string' ? stages.get(name) : undefined;
  if (!config) {
    const choices = stageNames.join(', ');
    throw new StageMistake(
      name === undefined
        ? `Which stage? Add -c stage=NAME, where NAME is one of: ${choices}.`
        : `There is no stage '${asTyped(name)}'. Use -c stage=NAME, where NAME is one of: ${choices}.`,
    );
  }
  const result = stageConfigSchema.safeParse(config);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new StageMistake(`infra/cdk/config/${config.stage}.ts is not right. ${problems}`);
  }
  return result.data;
};

const ingestTimeoutSchema = z.coerce.number().int().min(3).max(900);

/** Seconds the ingest worker runs before it hands over: 900 unless `-c ingestTimeoutSeconds=N` says otherwise. */
export const readIngestTimeout = (value: unknown): number => {
  if (value === undefined) return 900;
  const result = ingestTimeoutSchema.safeParse(value);
  if (!result.success) throw new StageMistake(`ingestTimeoutSeconds must be a whole number from 3 to 900, not '${asTyped(value)}'.`);
  return result.data;
};
