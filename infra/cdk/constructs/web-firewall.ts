import { CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';

export interface WebFirewallProps {
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
  readonly name: string;
  /** Requests of one address in five minutes; above it the address waits. */
  readonly requestsPerAddress: number;
  /** For what stands behind the upload page's distribution: docs/adr/0013. */
  readonly behindThePage?: {
    /** What the distribution says in the header `pageHeader`; nobody else knows it. */
    readonly key: string;
    /** Paths that are answered through the distribution only. */
    readonly paths: string;
  };
}

/** Set by the distribution on its way to the API, whatever the visitor sent. */
export const pageHeader = 'x-upload-page-key';

/** As much of a body as AWS WAF looks at, if asked to; the functions take no more either. */
const inspectedBytes = 64 * 1024;

interface ManagedRules {
  readonly name: string;
  /** Rules that only count. */
  readonly counted?: readonly string[];
}

const managedRules: readonly ManagedRules[] = [
  // Its own limit is 8 KB, less than a long referral; ours stands before it.
  { name: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesAmazonIpReputationList' },
];

/** What never reaches us: known attacks, known bad addresses, floods and oversized bodies. */
export class WebFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    // Samples would keep headers, and with them tokens, where no retention rule reaches.
    const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      metricName: `${props.name}-${metricName}`,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      scope: props.scope,
      defaultAction: { allow: {} },
      visibilityConfig: visible('all'),
      associationConfig: {
        requestBody: { [props.scope === 'CLOUDFRONT' ? 'CLOUDFRONT' : 'API_GATEWAY']: { defaultSizeInspectionLimit: 'KB_64' } },
      },
      rules: [
        {
          name: 'floods',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: props.requestsPerAddress,
              evaluationWindowSec: 300,
              // What comes through the page's distribution was counted there, by the visitor's own address.
              ...(props.behindThePage ? { scopeDownStatement: { notStatement: { statement: saysKey(props.behindThePage.key) } } } : {}),
            },
          },
          visibilityConfig: visible('floods'),
        },
        {
          name: 'oversized-bodies',
          priority: 1,
          action: { block: {} },
          statement: {
            sizeConstraintStatement: {
              fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
              comparisonOperator: 'GT',
              size: inspectedBytes,
              textTransformations: [{ priority: 0, type: 'NONE' }],
            },
          },
          visibilityConfig: visible('oversized-bodies'),
        },
        ...(props.behindThePage
          ? [
              {
                name: 'past-the-page',
                priority: 2,
                action: { block: {} },
                statement: {
                  andStatement: {
                    statements: [isUnder(props.behindThePage.paths), { notStatement: { statement: saysKey(props.behindThePage.key) } }],
                  },
                },
                visibilityConfig: visible('past-the-page'),
              },
            ]
          : []),
        ...managedRules.map(({ name, counted = [] }, index) => ({
          name,
          priority: 10 + index,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ...(counted.length === 0 ? {} : { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
            },
          },
          visibilityConfig: visible(name),
        })),
      ],
    });
    // Its log would have to stay in us-east-1.
    if (props.scope === 'CLOUDFRONT') {
      acknowledge(acl, {
        id: 'NIST.800.53.R5-WAFv2LoggingEnabled',
        reason:
          'CloudFront’s firewall can log in us-east-1 only, and its lines hold people’s addresses: they stay in this country, so it only counts.',
      });
    }
    // Read from another region by name: no custom resource, nothing of ours to run and guard there.
    if (props.scope === 'CLOUDFRONT') CrossStackReferences.of(acl).produce(ReferenceStrength.WEAK);
    this.arn = acl.attrArn;
  }
}

const saysKey = (key: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { singleHeader: { Name: pageHeader } },
    positionalConstraint: 'EXACTLY',
    searchString: key,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

/** However the path is written: the gateway decodes and joins it before it looks for a method. */
const isUnder = (path: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'CONTAINS',
    searchString: path,
    textTransformations: ['URL_DECODE', 'NORMALIZE_PATH', 'LOWERCASE'].map((type, priority) => ({ priority, type })),
  },
});
