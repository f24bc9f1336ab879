import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import * as z from 'zod';
import { withoutAcknowledgements } from '#infra/cdk/checks/acknowledge.ts';
import { appOf, type Options } from './synthesise.ts';

/** One rule broken by one construct. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
}

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      violations: z.array(z.object({ ruleName: z.string(), violatingConstructs: z.array(z.object({ constructPath: z.string() })) })),
    }),
  ),
});

/** What the rule packs find, acknowledged findings left out. Synthesis itself refuses when there are any: then the report counts. */
export const findingsOf = (stage: string, options: Options = {}): readonly Finding[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'findings-'));
  try {
    const app = appOf(stage, { ...options, outdir });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
    try {
      app.synth();
    } catch (error) {
      if (!(error instanceof Error && /Acknowledge with|Validation failed/.test(error.message))) throw error;
    }
    const report = reportSchema.parse(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
    return report.pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
      ),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

export const findingsWithoutAcknowledgements = (stage: string): readonly Finding[] =>
  findingsOf(stage, { context: { [withoutAcknowledgements]: true } });

export interface Acknowledged extends Finding {
  readonly reason: string;
  readonly onStackOrApp: boolean;
}

const entrySchema = z.record(z.string(), z.string());

/** Every acknowledgement of a stage, with the construct it stands on. */
export const acknowledgementsOf = (stage: string): readonly Acknowledged[] =>
  appOf(stage)
    .node.findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) =>
          Object.entries(entrySchema.parse(data))
            // CDK's own constructs acknowledge rules about templates that they know better.
            .filter(([id]) => !id.startsWith('CloudFormation-Validate::'))
            .map(([id, reason]) => ({
              rule: id.replace(/^Annotation::/, ''),
              path: construct.node.path,
              reason,
              onStackOrApp: construct.node.scopes.length < 3,
            })),
        ),
    );
