import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { readIngestTimeout, readStage, stageNames, StageMistake } from '#infra/cdk/config/read-stage.ts';
import { appOf, cdkContext, resourcesOf, templatesOf } from './support/synthesise.ts';

/** CloudFormation takes 500 a stack; a quarter is left to grow into before the API's is to be taken apart by its functions. */
const mostResources = 375;

describe.each(stageNames)('stage %s', (stage) => {
  const app = appOf(stage);
  const templates = templatesOf(app);

  test('synthesises, without an account or a look-up', () => {
    expect([...templates.keys()].toSorted()).toEqual(
      [...(stage === 'dev' ? [] : ['Network']), 'Api', 'Data', 'Edge', 'Monitoring', 'Portal', 'Services'].toSorted(),
    );
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });

  test('keeps every stack well under the size that CloudFormation takes', () => {
    for (const [name, template] of templates) {
      expect(Object.keys(template.toJSON()['Resources'] as object).length, name).toBeLessThan(mostResources);
    }
    expect(resourcesOf(templates).length).toBeGreaterThan(200);
  });

  test('puts everything in London, except the firewall of the upload page', () => {
    for (const stack of app.node.children.filter((child) => Stack.isStack(child))) {
      expect(stack.region, stack.node.id).toBe(stack.node.id === 'Edge' ? 'us-east-1' : 'eu-west-2');
    }
    expect(
      resourcesOf(templates)
        .filter(({ stack }) => stack === 'Edge')
        .map(({ type }) => type),
    ).toEqual(['AWS::WAFv2::WebACL']);
  });

  test('refuses to lose data where the data is to be kept', () => {
    const kept = readStage(stage).keepData;
    const policy = kept ? 'Retain' : 'Delete';
    const types = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool'];
    const data = templates.get('Data')?.toJSON() as { Resources: Record<string, { Type: string; DeletionPolicy?: string }> };
    for (const [id, resource] of Object.entries(data.Resources)) {
      if (types.includes(resource.Type)) expect(resource.DeletionPolicy, id).toBe(policy);
    }
    const stack = app.node.findChild('Data');
    expect(Stack.isStack(stack) && stack.terminationProtection).toBe(kept);
  });
});

test('a stage that does not exist is refused in one line that names those that do', () => {
  expect(() => readStage('live')).toThrow(
    new StageMistake("There is no stage 'live'. Use -c stage=NAME, where NAME is one of: dev, test, prod."),
  );
  expect(() => readStage(undefined)).toThrow('Which stage? Add -c stage=NAME, where NAME is one of: dev, test, prod.');
});

test('a template that CloudFormation would refuse is refused by the synthesis already', () => {
  const app = new App({ context: cdkContext, analyticsReporting: false });
  new CfnResource(new Stack(app, 'Wrong'), 'Queue', { type: 'AWS::SQS::Queue', properties: { VisibilityTimeout: 'a while' } });
  expect(() => app.synth()).toThrow('VisibilityTimeout');
});

test('the ingest timeout can be set for a synthesis, from 3 to 900 seconds', () => {
  expect(readIngestTimeout(undefined)).toBe(900);
  expect(readIngestTimeout('5')).toBe(5);
  expect(() => readIngestTimeout('soon')).toThrow("ingestTimeoutSeconds must be a whole number from 3 to 900, not 'soon'.");
  expect(() => readIngestTimeout('901')).toThrow(StageMistake);
});

test('a mistake at the command line ends the synthesis with one line and no stack trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const run = (context: object): string => {
      try {
        execFileSync(process.execPath, ['infra/cdk/app.ts'], {
          cwd: new URL('../..', import.meta.url),
          env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: folder },
          stdio: 'pipe',
          encoding: 'utf8',
        });
        return 'no complaint';
      } catch (error) {
        return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      }
    };
    expect(run({ stage: 'live' })).toBe("There is no stage 'live'. Use -c stage=NAME, where NAME is one of: dev, test, prod.\n");
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
