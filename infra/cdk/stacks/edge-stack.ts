import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { WebFirewall } from '../constructs/web-firewall.ts';

/** CloudFront takes its firewall from us-east-1 only. No data is kept or logged there. */
export class EdgeStack extends Stack {
  readonly firewallArn: string;

  constructor(scope: Construct, id: string, props: StackProps & { readonly config: StageConfig }) {
    super(scope, id, props);
    this.firewallArn = new WebFirewall(this, 'Firewall', {
      scope: 'CLOUDFRONT',
      name: `stronger-families-${props.config.stage}-portal`,
      requestsPerAddress: 1000,
    }).arn;
  }
}
