import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logEvents, logFields, metrics } from '#shared/platform/observability-catalogue.ts';

const root = new URL('../../../', import.meta.url);
const sources = ['shared', 'functions'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('observability-catalogue.ts'))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8')),
);
const source = sources.join('\n');

describe('the catalogue of what the service says about itself', () => {
  it.each(Object.keys(logEvents))('has no event that nobody logs: %s', (name) => {
    expect(new RegExp(`logEvents\\.${name}\\b`).test(source)).toBe(true);
  });

  it.each(Object.keys(metrics))('has no metric that nobody counts: %s', (name) => {
    expect(new RegExp(`metrics\\.${name}\\b`).test(source)).toBe(true);
  });

  it.each(Object.keys(logFields))('has no field that nobody fills: %s', (name) => {
    expect(new RegExp(`\\b${name}\\b`).test(source)).toBe(true);
  });

  it('names events in dot case, metrics in Pascal case, each once', () => {
    const events = Object.values(logEvents);
    const names = Object.values(metrics).map((metric) => metric.name);
    for (const event of events) expect(event).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
    for (const name of names) expect(name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(new Set([...events, ...names]).size).toBe(events.length + names.length);
  });

  it('is data: it imports nothing, so that alarms can be made of it', () => {
    expect(readFileSync(new URL('shared/platform/observability-catalogue.ts', root), 'utf8')).not.toMatch(/^import /m);
  });
});
