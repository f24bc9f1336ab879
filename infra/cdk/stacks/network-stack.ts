import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { asInterface } from '../constructs/as-interface.ts';
import { grantable } from '../constructs/function-permissions.ts';
import { protectedLog } from '../constructs/protected-log.ts';
import type { InterfaceEndpoint, StageConfig } from '../config/stage-config.ts';
import type { DataStack } from './data-stack.ts';

export interface NetworkStackProps extends StackProps {
  readonly config: StageConfig;
  readonly network: Extract<StageConfig['network'], { kind: 'isolated' }>;
  /** What functions may reach through the network, and nothing else of the same services. */
  readonly data: Pick<DataStack, 'keys' | 'tables' | 'quarantine' | 'clean' | 'matchSecret' | 'linkSecret'>;
  /** Names of the queues of this stage, as far as they are known before there are any: `stronger-families-prod-services-*`. */
  readonly queueNames: string;
  readonly key: IKey;
}

const endpointServices: Readonly<Record<InterfaceEndpoint, InterfaceVpcEndpointAwsService>> = {
  sqs: InterfaceVpcEndpointAwsService.SQS,
  secretsmanager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  guardduty: InterfaceVpcEndpointAwsService.GUARDDUTY,
  kms: InterfaceVpcEndpointAwsService.KMS,
  logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
};

/** A network with no way out: no internet gateway, no NAT, only the services the functions call. */
export class NetworkStack extends Stack {
  readonly vpc: Vpc;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.40.0.0/22'),
      // Named, so that synthesis asks no account which zones it has.
      availabilityZones: [...props.network.zones],
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'functions', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    this.vpc
      .addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB })
      .addToPolicy(onlyOurs(grantable.dynamodb, this.tableArns(props)));
    const s3 = this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    const buckets = [props.data.quarantine.bucket, props.data.clean.bucket];
    s3.addToPolicy(
      onlyOurs(
        grantable.s3,
        buckets.map((bucket) => bucket.arnForObjects('*')),
      ),
    );
    s3.addToPolicy(
      onlyOurs(
        ['s3:ListBucket'],
        buckets.map(({ bucketArn }) => bucketArn),
      ),
    );
    acknowledge(this.vpc, {
      id: 'NIST.800.53.R5-VPCDefaultSecurityGroupClosed',
      reason:
        'Nothing joins the default group, and the network has no way in or out; emptying it would take a function with rights over every security group.',
    });
    this.securityGroup = new SecurityGroup(this, 'Functions', {
      vpc: asInterface(this.vpc),
      description: 'Functions: out by TLS only, nothing in',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'TLS; the route table knows AWS services only');

    const endpoints = new SecurityGroup(this, 'Endpoints', {
      vpc: asInterface(this.vpc),
      description: 'Endpoints: TLS from the functions',
      allowAllOutbound: false,
    });
    endpoints.addIngressRule(this.securityGroup, Port.tcp(443), 'TLS from the functions');
    for (const name of props.network.interfaceEndpoints) {
      const endpoint = this.vpc.addInterfaceEndpoint(name, { service: endpointServices[name], securityGroups: [endpoints], open: false });
      endpoint.addToPolicy(this.throughEndpoint(name, props));
    }
    this.logFlows(props);
  }

  private tableArns({ data }: NetworkStackProps): readonly string[] {
    return Object.values(data.tables).flatMap(({ resource }) => [resource.tableArn, `${resource.tableArn}/index/*`]);
  }

  private throughEndpoint(name: InterfaceEndpoint, { data, queueNames, config }: NetworkStackProps): PolicyStatement {
    const arn = (service: string, rest: string): string => `arn:${this.partition}:${service}:${this.region}:${this.account}:${rest}`;
    switch (name) {
      case 'sqs':
        return onlyOurs(grantable.sqs, [arn('sqs', queueNames)]);
      case 'secretsmanager':
        return onlyOurs(['secretsmanager:GetSecretValue'], [data.matchSecret.resource.secretArn, data.linkSecret.resource.secretArn]);
      case 'guardduty':
        return onlyOurs(grantable.guardduty, ['*']);
      case 'kms':
        return onlyOurs(grantable.signing, [data.keys.receipts.keyArn]);
      case 'logs':
        return onlyOurs(['logs:CreateLogStream', 'logs:PutLogEvents'], [arn('logs', `log-group:stronger-families-${config.stage}-*`)]);
    }
  }

  private logFlows(props: NetworkStackProps): void {
    const logGroup = protectedLog(this, 'FlowLog', props);
    const role = new Role(this, 'FlowLogRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [
        new ManagedPolicy(this, 'FlowLogPolicy', {
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [logGroup.logGroupArn],
            }),
          ],
        }),
      ],
    });
    this.vpc.addFlowLog('Flows', { destination: FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()) });
  }
}

/** Even a function that was taken over reaches no bucket, table or queue of another account, nor ours with another account's credentials. */
const onlyOurs = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [...resources],
    conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  });
