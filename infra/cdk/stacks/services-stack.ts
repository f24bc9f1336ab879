import { Aws, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { Rule, Schedule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ApiFunction } from '#shared/contracts/http/route.ts';
import { acknowledge } from '../checks/acknowledge.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { asInterface } from '../constructs/as-interface.ts';
import { ApiFunctions } from '../constructs/api-functions.ts';
import { MalwareScan } from '../constructs/malware-scan.ts';
import type { FunctionSurroundings } from '../constructs/service-function.ts';
import { WorkQueues } from '../constructs/work-queues.ts';
import { Workers } from '../constructs/workers.ts';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import type { DataStack } from './data-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface ServicesStackProps extends StackProps {
  readonly config: StageConfig;
  readonly data: DataStack;
  readonly network: NetworkStack | undefined;
  readonly ingestTimeout: Duration;
}

/** Everything that works: functions, the queues between them, the rules that set them going. Holds nothing that must be kept. */
export class ServicesStack extends Stack {
  readonly topic: ITopic;
  readonly apiFunctions: Readonly<Record<ApiFunction, IAlias>>;
  readonly queues: WorkQueues;
  /** The same key as the data stack's, here without the means of changing its policy. */
  readonly operationsKey: IKey;

  constructor(scope: Construct, id: string, props: ServicesStackProps) {
    super(scope, id, props);
    const { config, data } = props;
    this.operationsKey = Key.fromKeyArn(this, 'OperationsKey', data.keys.operations.keyArn);
    this.topic = this.alarmTopic(config);
    const surroundings: FunctionSurroundings = {
      config,
      key: this.operationsKey,
      topic: this.topic,
      runtimePolicy: this.runtimePolicy(config),
      releases: this.releases(),
      ...(props.network ? { network: { vpc: asInterface(props.network.vpc), securityGroup: props.network.securityGroup } } : {}),
    };
    const workerTimeouts = {
      screen: Duration.minutes(5),
      weigh: Duration.minutes(5),
      ingest: props.ingestTimeout,
      assess: Duration.seconds(120),
    };
    this.queues = new WorkQueues(this, 'Queues', { key: this.operationsKey, topic: this.topic, workerTimeouts });
    this.apiFunctions = new ApiFunctions(this, 'Api', { surroundings, data, queues: this.queues }).aliases;
    const workers = new Workers(this, 'Workers', { surroundings, data, queues: this.queues, workerTimeouts });
    new MalwareScan(this, 'MalwareScan', { quarantine: data.quarantine.bucket, key: data.keys.quarantine });

    this.deliver('Verdict', 'screen', {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      account: [Aws.ACCOUNT_ID],
      detail: { s3ObjectDetails: { bucketName: [data.quarantine.bucket.bucketName] } },
    });
    this.deliver('FileIsClean', 'weigh', {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      account: [Aws.ACCOUNT_ID],
      detail: { bucket: { name: [data.clean.bucket.bucketName] }, object: { key: [{ prefix: 'c/' }] } },
    });
    this.reassessDaily();
    new Rule(this, 'Sweep', {
      description: 'Looks for uploads that stalled and work that was never announced',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(asInterface(workers.sweep), { retryAttempts: 0, deadLetterQueue: this.queues.undelivered })],
    });
  }

  /** A look-back that closes or a birthday changes answers on days without files, too. */
  private reassessDaily(): void {
    new Rule(this, 'NewDay', {
      description: 'Has families looked at again whose answer the day may have changed',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new SqsQueue(this.queues.assess.queue, { deadLetterQueue: this.queues.undelivered })],
    });
  }

  /** Sends matching events to a queue; what cannot be delivered in a day is kept in a queue of its own. */
  private deliver(id: string, queue: 'screen' | 'weigh', eventPattern: EventPattern): void {
    new Rule(this, id, {
      eventPattern,
      targets: [new SqsQueue(this.queues[queue].queue, { deadLetterQueue: this.queues.undelivered, maxEventAge: Duration.days(1) })],
    });
  }

  private alarmTopic(config: StageConfig): ITopic {
    const topic = new Topic(this, 'Alarms', {
      masterKey: this.operationsKey,
      enforceSSL: true,
      displayName: `Stronger Families ${config.stage}`,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (config.alarmEmail) {
      topic.addSubscription(new EmailSubscription(config.alarmEmail));
      const subscription = topic.node.findAll().find((child) => child instanceof Subscription);
      if (!subscription) throw new Error('a topic without the subscription it was given');
      acknowledge(subscription, {
        id: 'Serverless-SNSRedrivePolicy',
        reason: 'An e-mail that could not be delivered is no use later: the alarm itself keeps its state and its history.',
      });
    }
    return topic;
  }

  private runtimePolicy(config: StageConfig): ManagedPolicy {
    const inNetwork = config.network.kind === 'isolated';
    const policy = new ManagedPolicy(this, 'RuntimePolicy', {
      description: 'What Lambda itself does in the name of every function',
      statements: [
        new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
        ...(inNetwork
          ? [
              new PolicyStatement({
                actions: [
                  'ec2:CreateNetworkInterface',
                  'ec2:DescribeNetworkInterfaces',
                  'ec2:DescribeSubnets',
                  'ec2:DeleteNetworkInterface',
                  'ec2:AssignPrivateIpAddresses',
                  'ec2:UnassignPrivateIpAddresses',
                ],
                resources: ['*'],
                // The service needs them to place the function in the network; the function's own code does not get them.
                conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } },
              }),
            ]
          : []),
      ],
    });
    acknowledge(policy, {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Writing traces and describing network interfaces know no resources: IAM accepts these actions on * only.',
    });
    return policy;
  }

  private releases(): FunctionSurroundings['releases'] {
    const policy = new ManagedPolicy(this, 'ReleasePolicy', {
      description: 'Moving the aliases of these functions, and reading the alarms that move them back',
    });
    const role = new Role(this, 'ReleaseRole', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'), managedPolicies: [policy] });
    return { application: new LambdaApplication(this, 'Releases'), role, policy };
  }
}
