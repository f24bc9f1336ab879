import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricDimensions, metricNamespace, type Metric } from '../observability-catalogue.ts';

let emitter: Metrics | undefined;

const metricsEmitter = (): Metrics => {
  if (emitter) return emitter;
  const { service, stage } = metricDimensions(process.env['STAGE'] ?? 'none');
  emitter = new Metrics({ namespace: metricNamespace, serviceName: service, defaultDimensions: { stage } });
  return emitter;
};

/** Adds `n` to a metric of the catalogue; it goes out with `flushMetrics`, which the handlers call at their end. */
export const count = (metric: Metric, n = 1): void => {
  metricsEmitter().addMetric(metric.name, MetricUnit[metric.unit], n);
};

/** Writes what was counted since the last time as one line in CloudWatch's embedded metric format. */
export const flushMetrics = (): void => {
  if (emitter?.hasStoredMetrics()) emitter.publishStoredMetrics();
};
