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
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { asInterface } from '../constructs/as-interface.ts';
import { protectedLog } from '../constructs/protected-log.ts';
import type { InterfaceEndpoint, StageConfig } from '../config/stage-config.ts';

export interface NetworkStackProps extends StackProps {
  readonly config: StageConfig;
  readonly network: Extract<StageConfig['network'], { kind: 'isolated' }>;
  readonly key: IKey;
}

const endpointServices: Readonly<Record<InterfaceEndpoint, InterfaceVpcEndpointAwsService>> = {
  sqs: InterfaceVpcEndpointAwsService.SQS,
  secretsmanager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
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
      gatewayEndpoints: {
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        S3: { service: GatewayVpcEndpointAwsService.S3 },
      },
    });
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
      this.vpc.addInterfaceEndpoint(name, { service: endpointServices[name], securityGroups: [endpoints], open: false });
    }
    this.logFlows(props);
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
