import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { UserImpactAlarm } from './user-impact-alarm.ts';

export interface WorkQueueProps {
  readonly key: IKey;
  readonly topic: ITopic;
  /** Of the worker. The message stays out of sight six times as long, as Lambda asks for. */
  readonly workerTimeout: Duration;
  /** What a user loses when messages end in the dead-letter queue. */
  readonly lossImpact: string;
  readonly lossRunbook: string;
  /** Rings when the oldest message waits this long. */
  readonly slowAfter: Duration;
  readonly slowImpact: string;
  readonly slowRunbook: string;
}

/** A queue with its dead-letter queue, both encrypted, and an alarm for messages lost and for messages late. */
export class WorkQueue extends Construct {
  static readonly attempts = 5;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const shared = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      dataKeyReuse: Duration.minutes(5),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    } as const;
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      ...shared,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.ALLOW_ALL },
    });
    acknowledge(this.deadLetterQueue, {
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is the dead-letter queue: an alarm calls a person, who sends its messages back once the cause is gone.',
    });
    new CfnOutput(this, 'DeadLettersArn', { value: this.deadLetterQueue.queueArn, description: `Messages that ${id} gave up on` });
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: WorkQueue.attempts },
    });
    new UserImpactAlarm(this, 'Lost', {
      topic: props.topic,
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      impact: props.lossImpact,
      runbook: props.lossRunbook,
    });
    new UserImpactAlarm(this, 'Late', {
      topic: props.topic,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: props.slowAfter.toSeconds(),
      periods: 2,
      impact: props.slowImpact,
      runbook: props.slowRunbook,
    });
  }
}
