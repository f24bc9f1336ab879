import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface UserImpactAlarmProps {
  readonly topic: ITopic;
  readonly metric: IMetric;
  /** Rings at this value or above. */
  readonly threshold: number;
  /** Periods in a row. @default 1 */
  readonly periods?: number;
  /** What a user loses while it rings: one sentence in plain English. */
  readonly impact: string;
  /** Heading of the section in docs/runbook.md, as its anchor. */
  readonly runbook: string;
  /** @default silence is good news */
  readonly missingData?: TreatMissingData;
  /** @default at or above the threshold */
  readonly comparison?: ComparisonOperator;
}

const runbookLink = (section: string): string => `docs/runbook.md#${section}`;

/** An alarm that says what a user loses and where to read what to do. */
export class UserImpactAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: UserImpactAlarmProps) {
    super(scope, id);
    this.alarm = new Alarm(this, 'Alarm', {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.missingData ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} What to do: ${runbookLink(props.runbook)}`,
    });
    const tell = new SnsAction(props.topic);
    this.alarm.addAlarmAction(tell);
    this.alarm.addOkAction(tell);
  }
}
