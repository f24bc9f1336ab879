import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { LambdaDeploymentConfig, LambdaDeploymentGroup, type ILambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Alias, Architecture, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { asInterface } from './as-interface.ts';
import { functionCode } from './function-code.ts';
import { FunctionPermissions } from './function-permissions.ts';
import { protectedLog } from './protected-log.ts';
import { UserImpactAlarm } from './user-impact-alarm.ts';

/** What all functions of a stage have in common. */
export interface FunctionSurroundings {
  readonly config: StageConfig;
  /** Encrypts log groups and environments. */
  readonly key: IKey;
  readonly topic: ITopic;
  /** Absent where functions run outside any network of ours. */
  readonly network?: { readonly vpc: IVpc; readonly securityGroup: ISecurityGroup };
  /** Tracing and network interfaces: the rights every function needs. */
  readonly runtimePolicy: IManagedPolicy;
  readonly releases: { readonly application: ILambdaApplication; readonly role: Role; readonly policy: ManagedPolicy };
}

/** Every function says what a user loses when it fails, or why nobody has to know. */
type Monitoring = { readonly errorImpact: string } | { readonly noMonitoring: string };

export interface ServiceFunctionProps<Environment extends Readonly<Record<string, string>>> {
  /** Folder under `functions/`. */
  readonly name: string;
  readonly description: string;
  readonly surroundings: FunctionSurroundings;
  /** `z.input<typeof envSchema>` of the function's `config.ts`: a missing variable does not compile. */
  readonly environment: Environment;
  readonly monitoring: Monitoring;
  readonly timeout: Duration;
  /** MB. More memory is also more processor: 1,769 MB is one whole. */
  readonly memorySize: number;
  readonly reservedConcurrency: number;
}

/**
 * One Lambda: its bundle, its role with its own policy, its log group, the alias `live` that everybody calls, and the release
 * that moves the alias and moves it back when the function's alarm rings.
 */
export class ServiceFunction<Environment extends Readonly<Record<string, string>>> extends Construct {
  readonly live: Alias;
  readonly permissions: FunctionPermissions;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Environment>) {
    super(scope, id);
    const { config, key, network, runtimePolicy } = props.surroundings;
    const logGroup = protectedLog(this, 'Log', { config, key });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What ${props.name} may do`,
      statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })],
    });
    this.permissions = new FunctionPermissions(policy);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy, runtimePolicy],
    });

    const lambda = new Function(this, 'Function', {
      description: props.description,
      code: functionCode(props.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // Its rights stand in its policy above, not in what CDK would add here and there.
      role: role.withoutPolicyUpdates(),
      timeout: props.timeout,
      memorySize: props.memorySize,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      environmentEncryption: key,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      // Earlier versions stay, so that the alias can go back to one.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(network
        ? { vpc: network.vpc, vpcSubnets: { subnets: network.vpc.isolatedSubnets }, securityGroups: [network.securityGroup] }
        : {}),
    });
    // The name of its folder: what the local host, costs and logs call it.
    Tags.of(lambda).add('function', props.name);
    this.live = new Alias(this, 'Live', { aliasName: 'live', version: asInterface(lambda.currentVersion) });

    const alarms =
      'errorImpact' in props.monitoring
        ? [
            new UserImpactAlarm(this, 'Errors', {
              topic: props.surroundings.topic,
              metric: this.live.metricErrors({ period: Duration.minutes(1) }),
              threshold: 1,
              periods: 1,
              impact: props.monitoring.errorImpact,
              runbook: `errors-in-${props.name}`,
            }).alarm,
          ]
        : [];
    const { releases } = props.surroundings;
    releases.policy.addStatements(
      new PolicyStatement({ actions: ['lambda:GetAlias', 'lambda:UpdateAlias'], resources: [lambda.functionArn] }),
      new PolicyStatement({ actions: ['lambda:GetProvisionedConcurrencyConfig'], resources: [this.live.functionArn] }),
      ...alarms.map((alarm) => new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: [alarm.alarmArn] })),
    );
    new LambdaDeploymentGroup(this, 'Release', {
      application: releases.application,
      role: releases.role.withoutPolicyUpdates(),
      alias: this.live,
      deploymentConfig: config.rollout === 'canary' ? LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES : LambdaDeploymentConfig.ALL_AT_ONCE,
      alarms,
    });

    const reason =
      'Nobody calls this function and walks away: API Gateway gets its answer, messages go back to their queue and end in its dead-letter queue, the schedule comes again.';
    acknowledge(lambda, { id: 'NIST.800.53.R5-LambdaDLQ', reason }, { id: 'Serverless-LambdaDLQ', reason });
    if (!network) {
      acknowledge(lambda, {
        id: 'NIST.800.53.R5-LambdaInsideVPC',
        reason:
          'Stages for trying things out hold invented data only and save the hourly price of interface endpoints; test and prod are isolated.',
      });
    }
  }
}
