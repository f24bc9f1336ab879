import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Dashboard, GraphWidget, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { metricDimensions, metricNamespace, metrics, type Metric as MetricRow } from '#shared/platform/observability-catalogue.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { UserImpactAlarm } from '../constructs/user-impact-alarm.ts';
import type { WorkQueues } from '../constructs/work-queues.ts';

export interface MonitoringStackProps extends StackProps {
  readonly config: StageConfig;
  readonly topic: ITopic;
  readonly api: RestApi;
  readonly queues: WorkQueues;
}

/** Alarms on what the service counts about itself, and one page to look at. */
export class MonitoringStack extends Stack {
  private readonly config: StageConfig;

  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    this.config = props.config;
    this.addAlarms(props);
    this.addDashboard(props);
  }

  private counted(metric: MetricRow, minutes: number): IMetric {
    return new Metric({
      namespace: metricNamespace,
      metricName: metric.name,
      dimensionsMap: { ...metricDimensions(this.config.stage) },
      statistic: 'Sum',
      period: Duration.minutes(minutes),
    });
  }

  private addAlarms(props: MonitoringStackProps): void {
    const { topic } = props;
    new UserImpactAlarm(this, 'RequestsFail', {
      topic,
      metric: this.counted(metrics.requestFailed, 5),
      threshold: 1,
      impact: 'Somebody got an error page instead of an answer.',
      runbook: 'requests-fail',
    });
    new UserImpactAlarm(this, 'RequestsTurnedAway', {
      topic,
      metric: this.counted(metrics.requestTurnedAway, 5),
      threshold: 10,
      impact: 'People are told that the service is busy and have to try again.',
      runbook: 'requests-turned-away',
    });
    new UserImpactAlarm(this, 'AuditFails', {
      topic,
      metric: this.counted(metrics.auditFailed, 5),
      threshold: 1,
      impact: 'Staff and partners get no answers, because access cannot be recorded.',
      runbook: 'audit-fails',
    });
    new UserImpactAlarm(this, 'LinksGuessed', {
      topic,
      metric: this.counted(metrics.linkNotRecognised, 5),
      threshold: 50,
      impact: 'Somebody is trying out upload links, or a partner keeps using a wrong one.',
      runbook: 'links-guessed',
    });
    new UserImpactAlarm(this, 'LinkLocked', {
      topic,
      metric: this.counted(metrics.linkLocked, 5),
      threshold: 1,
      impact: 'A partner cannot open their link until they get a new code, or somebody else has their link and tries codes.',
      runbook: 'link-locked',
    });
    new UserImpactAlarm(this, 'AccessRefused', {
      topic,
      metric: this.counted(metrics.requestForbidden, 15),
      threshold: 20,
      impact: 'A member of staff lacks the role for their work, or looks for what is not theirs to see.',
      runbook: 'access-refused',
    });
    new UserImpactAlarm(this, 'InfectedFile', {
      topic,
      metric: this.counted(metrics.uploadInfected, 5),
      threshold: 1,
      impact: 'A partner sent a file with malware: their file is refused and their network may be infected.',
      runbook: 'infected-file',
    });
    new UserImpactAlarm(this, 'UploadsStall', {
      topic,
      metric: this.counted(metrics.uploadResent, 30),
      threshold: 3,
      impact: 'Uploads stop on their way and only go on because the sweep finds them: partners wait longer.',
      runbook: 'uploads-stall',
    });
    new UserImpactAlarm(this, 'FilesWithoutVerdict', {
      topic,
      metric: this.counted(metrics.uploadUnscreened, 15),
      threshold: 1,
      impact: 'A file has arrived and the malware scan says nothing about it: it is given up after a day.',
      runbook: 'files-without-a-verdict',
    });
    new UserImpactAlarm(this, 'FilesHeldLong', {
      topic,
      metric: this.counted(metrics.uploadHeldLong, 60),
      threshold: 1,
      impact: 'A partner’s file has waited for more than three days for somebody to decide about it: its evidence is missing.',
      runbook: 'files-held-long',
    });
    new UserImpactAlarm(this, 'ReceiptsNotSigned', {
      topic,
      metric: this.counted(metrics.receiptFailed, 15),
      threshold: 1,
      impact: 'Receipts of files cannot be signed: partners have no proof yet. The files themselves go on.',
      runbook: 'receipts-not-signed',
    });
    new UserImpactAlarm(this, 'FilesRefused', {
      topic,
      metric: this.counted(metrics.uploadRefused, 60),
      threshold: 5,
      impact: 'Several files were refused as a whole: partners’ evidence is missing.',
      runbook: 'files-refused',
    });
    new UserImpactAlarm(this, 'ApiFails', {
      topic,
      metric: props.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 3,
      impact: 'The API does not answer.',
      runbook: 'api-fails',
    });
    new UserImpactAlarm(this, 'ApiIsSlow', {
      topic,
      metric: props.api.metricLatency({ period: Duration.minutes(5), statistic: 'p95' }),
      threshold: 3000,
      periods: 3,
      impact: 'Pages and searches take more than three seconds.',
      runbook: 'api-is-slow',
    });
  }

  private addDashboard(props: MonitoringStackProps): void {
    const { queues, api } = props;
    const graph = (title: string, ...left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12, height: 6 });
    const waiting = [queues.screen, queues.weigh, queues.ingest, queues.assess].map(({ queue }) =>
      queue.metricApproximateNumberOfMessagesVisible(),
    );
    const lost = [queues.screen, queues.weigh, queues.ingest, queues.assess].map(({ deadLetterQueue }) =>
      deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
    );
    new Dashboard(this, 'Dashboard', {
      dashboardName: `stronger-families-${this.config.stage}`,
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph(
            'Files',
            ...[metrics.uploadGranted, metrics.uploadCompleted, metrics.uploadRefused, metrics.uploadExpired].map((m) =>
              this.counted(m, 15),
            ),
          ),
          graph(
            'Rows and families',
            ...[metrics.rowsApplied, metrics.rowsRefused, metrics.familiesAssessed].map((m) => this.counted(m, 15)),
          ),
        ],
        [graph('Waiting messages', ...waiting), graph('Lost messages', ...lost)],
        [
          graph('API', api.metricCount(), api.metricClientError(), api.metricServerError()),
          graph(
            'Trouble',
            ...[metrics.requestFailed, metrics.auditFailed, metrics.linkNotRecognised, metrics.requestForbidden].map((m) =>
              this.counted(m, 15),
            ),
          ),
        ],
      ],
    });
  }
}
