import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import { UserImpactAlarm } from './user-impact-alarm.ts';
import { WorkQueue } from './work-queue.ts';

export interface WorkQueuesProps {
  readonly key: IKey;
  readonly topic: ITopic;
  readonly workerTimeouts: Readonly<Record<'screen' | 'weigh' | 'ingest' | 'assess', Duration>>;
}

/** screen → weigh → ingest → assess, and one for events that reached none of them. */
export class WorkQueues extends Construct {
  readonly screen: WorkQueue;
  readonly weigh: WorkQueue;
  readonly ingest: WorkQueue;
  readonly assess: WorkQueue;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, props: WorkQueuesProps) {
    super(scope, id);
    const { key, topic, workerTimeouts } = props;
    this.screen = new WorkQueue(this, 'Screen', {
      key,
      topic,
      workerTimeout: workerTimeouts.screen,
      lossImpact: 'A scanned file is stuck in quarantine: the partner sees it as waiting and its rows are missing.',
      lossRunbook: 'messages-lost-after-screening',
      slowAfter: Duration.minutes(15),
      slowImpact: 'Scanned files wait before they are read: partners see them as waiting.',
      slowRunbook: 'files-wait-to-be-screened',
    });
    this.weigh = new WorkQueue(this, 'Weigh', {
      key,
      topic,
      workerTimeout: workerTimeouts.weigh,
      lossImpact: 'A file was not looked at as a whole: it is not taken in, and the partner sees it as waiting.',
      lossRunbook: 'messages-lost-before-reading-files',
      slowAfter: Duration.minutes(30),
      slowImpact: 'Files wait to be looked at: partners see them as waiting.',
      slowRunbook: 'files-wait-to-be-looked-at',
    });
    this.ingest = new WorkQueue(this, 'Ingest', {
      key,
      topic,
      workerTimeout: workerTimeouts.ingest,
      lossImpact: 'A file was not read to its end: some of its rows are missing from people and families.',
      lossRunbook: 'messages-lost-while-reading-files',
      slowAfter: Duration.hours(1),
      slowImpact: 'Files wait to be read: people and families are behind what partners have sent.',
      slowRunbook: 'files-wait-to-be-read',
    });
    this.assess = new WorkQueue(this, 'Assess', {
      key,
      topic,
      workerTimeout: workerTimeouts.assess,
      lossImpact: 'Some families were not held against the criteria again: their eligibility is out of date.',
      lossRunbook: 'messages-lost-while-assessing',
      slowAfter: Duration.hours(1),
      slowImpact: 'Families wait to be assessed: eligibility is behind the evidence.',
      slowRunbook: 'families-wait-to-be-assessed',
    });
    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      dataKeyReuse: Duration.minutes(5),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new CfnOutput(this, 'UndeliveredArn', { value: this.undelivered.queueArn, description: 'Events that reached no queue' });
    const reason = 'This is the dead-letter queue of the event rules: an alarm calls a person, and the sweep finds the files by itself.';
    acknowledge(this.undelivered, { id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });
    new UserImpactAlarm(this, 'UndeliveredEvents', {
      topic,
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      impact: 'An event could not be delivered to its queue: a file may wait until the sweep finds it.',
      runbook: 'undelivered-events',
    });
  }
}
