import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { metricNamespace, metrics } from '#shared/platform/observability-catalogue.ts';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

const templates = templatesOf(appOf('prod'));
const alarmSchema = z.object({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).min(1),
  OKActions: z.array(z.unknown()).min(1),
  TreatMissingData: z.string(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).optional(),
});
const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm').map(({ properties }) => alarmSchema.parse(properties));
const sectionOf = (description: string): string => /docs\/runbook\.md#([a-z0-9-]+)$/.exec(description)?.[1] ?? 'no section';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
/** As GitHub makes anchors: lower case, spaces to hyphens, the rest of the punctuation dropped. */
const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

describe('alarms', () => {
  test('say what a user loses and tell a person when they ring and when they stop', () => {
    expect(alarms.length).toBeGreaterThan(20);
    for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/^[A-Z].{20,}\. What to do: docs\/runbook\.md#/);
  });

  test('each lead to a section of the runbook', () => {
    expect(alarms.map(({ AlarmDescription }) => sectionOf(AlarmDescription)).filter((section) => !anchors.includes(section))).toEqual([]);
  });

  test('are all the sections that the runbook has', () => {
    const sections = new Set(alarms.map(({ AlarmDescription }) => sectionOf(AlarmDescription)));
    expect(anchors.filter((anchor) => !sections.has(anchor))).toEqual(['before-you-start', 'sending-messages-back']);
  });

  test('watch the errors of every function', () => {
    const folders = readdirSync(new URL('../../functions', import.meta.url));
    const watched = alarms.map(({ AlarmDescription }) => sectionOf(AlarmDescription)).filter((section) => section.startsWith('errors-in-'));
    expect(watched.toSorted()).toEqual(folders.map((folder) => `errors-in-${folder}`).toSorted());
  });

  test('watch every queue for messages lost, and every working queue for messages late', () => {
    const ofMetric = (name: string): number => alarms.filter(({ MetricName }) => MetricName === name).length;
    expect(ofMetric('ApproximateNumberOfMessagesVisible')).toBe(5);
    expect(ofMetric('ApproximateAgeOfOldestMessage')).toBe(4);
  });

  test('name metrics that the service really counts', () => {
    const counted = new Set<string>(Object.values(metrics).map(({ name }) => name));
    const ours = alarms.filter(({ Namespace }) => Namespace === metricNamespace);
    expect(ours.length).toBeGreaterThan(5);
    for (const { MetricName, Dimensions } of ours) {
      expect(counted.has(MetricName ?? ''), MetricName).toBe(true);
      expect(Dimensions).toEqual([
        { Name: 'service', Value: 'stronger-families' },
        { Name: 'stage', Value: 'prod' },
      ]);
    }
  });
});

test('every log group is encrypted with a key of ours and forgets', () => {
  const groups = resourcesOf(templates, 'AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(12);
  for (const { properties, logicalId } of groups) {
    expect(properties['RetentionInDays'], logicalId).toBe(365);
    expect(properties['KmsKeyId'], logicalId).toBeDefined();
  }
});
