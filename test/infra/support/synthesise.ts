import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { readStage } from '#infra/cdk/config/read-stage.ts';
import type { StageConfig } from '#infra/cdk/config/stage-config.ts';
import { createApp } from '#infra/cdk/create-app.ts';

const settings = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(fileURLToPath(new URL('../../../cdk.json', import.meta.url)), 'utf8')));

/** The feature flags and rules of `cdk.json`, which the command line would pass. */
export const cdkContext = settings.context;

const pageFolder = fileURLToPath(new URL('./page/', import.meta.url));

export interface Options {
  readonly context?: Readonly<Record<string, unknown>>;
  /** Changes to the stage's configuration. */
  readonly config?: Partial<StageConfig>;
  readonly outdir?: string;
  /** @default 900 */
  readonly ingestTimeoutSeconds?: number;
}

/** The app of a stage, as `cdk synth` makes it, except that nothing is bundled. */
export const appOf = (stage: string, options: Options = {}): App =>
  createApp(
    { config: { ...readStage(stage), ...options.config }, ingestTimeoutSeconds: options.ingestTimeoutSeconds ?? 900, pageFolder },
    {
      ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
      context: { ...cdkContext, 'aws:cdk:bundling-stacks': [], ...options.context },
      analyticsReporting: false,
    },
  );

/** Stack name (`Data`, `Services`, …) → template. */
export const templatesOf = (app: App): ReadonlyMap<string, Template> =>
  new Map(app.node.children.filter((child) => Stack.isStack(child)).map((stack) => [stack.node.id, Template.fromStack(stack)]));

const resourceSchema = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All resources of all stacks, or those of one type. */
export const resourcesOf = (templates: ReadonlyMap<string, Template>, type?: string): readonly Resource[] =>
  [...templates].flatMap(([stack, template]) =>
    Object.entries(z.object({ Resources: z.record(z.string(), resourceSchema) }).parse(template.toJSON()).Resources)
      .filter(([, resource]) => type === undefined || resource.Type === type)
      .map(([logicalId, resource]) => ({ stack, logicalId, type: resource.Type, properties: resource.Properties })),
  );
