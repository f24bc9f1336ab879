import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metrics } from '#shared/platform/observability-catalogue.ts';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

/** The figures that docs/operations.md gives, against the templates: whoever adds a function or an alarm corrects the page. */
const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const templates = templatesOf(appOf('prod'));
const count = (type: string): number => resourcesOf(templates, type).length;
const figure = (words: RegExp): number => Number(words.exec(page)?.[1]);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

test('the concurrency that prod reserves', () => {
  const reserved = resourcesOf(templates, 'AWS::Lambda::Function').flatMap(({ properties }) => {
    const own = properties['ReservedConcurrentExecutions'];
    return typeof own === 'number' ? [own] : [];
  });
  const [, calculation = '', said = ''] = /`prod` reserves ([\d ×+]+) = (\d+)/.exec(page) ?? [];
  const parts = calculation.split(' + ').map((part) => part.split(' × ').reduce((product, factor) => product * Number(factor), 1));
  expect([sum(parts), Number(said)]).toEqual([sum(reserved), sum(reserved)]);
});

test.each([
  ['keys', /customer keys \| (\d+) × 1\.00/, () => count('AWS::KMS::Key')],
  ['secrets', /secrets \| (\d+) × 0\.40/, () => count('AWS::SecretsManager::Secret')],
  ['firewalls', /firewalls \| (\d+) × 5\.00/, () => count('AWS::WAFv2::WebACL')],
  [
    'rules of the firewalls',
    /firewalls .* \+ (\d+) rules/,
    () => sum(resourcesOf(templates, 'AWS::WAFv2::WebACL').map(({ properties: { Rules } }) => (Array.isArray(Rules) ? Rules.length : 0))),
  ],
  ['alarms', /alarms \| (\d+) × 0\.10/, () => count('AWS::CloudWatch::Alarm')],
  ['counted metrics', /counted metrics \| (\d+) × 0\.30/, () => Object.keys(metrics).length],
])('the number of %s that is paid for', (_, words, inTemplates) => {
  expect(figure(words)).toBe(inTemplates());
});

test('the sums of what is paid whatever is used', () => {
  const fixed = page.slice(page.indexOf('**Fixed:**'), page.indexOf('**With use**'));
  const rows = fixed.split('\n').filter((line) => /^\| \w/.test(line) && !line.includes('`dev`'));
  const ofStage = (line: string): readonly number[] =>
    line
      .split('|')
      .slice(3, 6)
      .map((cell) => Number(cell.trim().replace('–', '0')));
  const [together = ''] = fixed.split('\n').filter((line) => line.includes('**together**'));
  const said = together
    .split('|')
    .slice(3, 6)
    .map((cell) => Number(cell.replaceAll('*', '').trim()));
  expect(rows).toHaveLength(6);
  for (const [stage, total] of said.entries()) expect(total).toBeCloseTo(sum(rows.map((line) => ofStage(line)[stage] ?? NaN)), 2);
});
