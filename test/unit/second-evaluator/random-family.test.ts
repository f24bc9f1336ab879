import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from '#test/support/second-evaluator/days.ts';
import { familiesAtOnce, randomFamilies } from '#test/support/second-evaluator/random-family.ts';
import { secondEvaluation } from '#test/support/second-evaluator/second-evaluation.ts';

const runs = 800;
const families = (seen: (input: Parameters<typeof secondEvaluation>[0]) => void): void => {
  fc.assert(
    fc.property(randomFamilies, (batch) => batch.forEach(seen)),
    { numRuns: runs / familiesAtOnce, seed: 7 },
  );
};

describe('the random families', () => {
  test(
    'come to the outcomes of every rule set and to the values of every criterion, so that agreeing on them says something',
    { timeout: 120_000 },
    () => {
      const outcomes = new Set<string>();
      const values = new Map<string, Set<string>>();
      families((input) => {
        const evaluation = secondEvaluation(input);
        outcomes.add(`${input.ruleSet} ${evaluation.outcome}`);
        for (const [id, value] of Object.entries(evaluation.criteria)) values.set(id, (values.get(id) ?? new Set()).add(value));
      });
      // Fifteen pairs there are; "eligible" under phase 1 is rare among so few.
      expect(outcomes.size).toBeGreaterThanOrEqual(14);
      const neverDecided = [...values].filter(([, seen]) => !seen.has('not-met') || !seen.has('unknown')).map(([id]) => id);
      expect(neverDecided).toEqual([]);
      const met = [...values].filter(([, seen]) => seen.has('met')).length;
      expect(met / values.size).toBeGreaterThan(0.8);
    },
  );

  test(
    'have people at every boundary, leap-day children, estimates, the unborn, the restricted and parents elsewhere',
    { timeout: 120_000 },
    () => {
      const seen = new Set<string>();
      families(({ family, coverage }) => {
        if (family.members.length === 0) seen.add('nobody');
        if (coverage.some(({ cohort }) => cohort !== undefined)) seen.add('cohort');
        if (family.asAt.endsWith('-02-29')) seen.add('leap day');
        for (const member of family.members) {
          if (member.birthDate?.endsWith('-02-29')) seen.add('leap-day child');
          if (member.birthDateEstimated) seen.add('estimate');
          if (member.restricted) seen.add('restricted');
          if (member.lives === 'elsewhere') seen.add('elsewhere');
          if (member.birthDate === undefined) seen.add(member.expectedBirthDate === undefined ? 'no birth date' : 'unborn');
          if (member.birthDate !== undefined && dayOf(member.birthDate) > dayOf(family.asAt)) seen.add('born later');
          for (const { facts, endedOn } of member.records) {
            if (endedOn !== undefined) seen.add('ended row');
            for (const fact of facts) {
              if (fact.from === '2020-02-30') seen.add('no such day');
              if ((fact.sessionsPossible ?? 0) < 0) seen.add('negative sessions');
              if (fact.to !== undefined && fact.to < fact.from) seen.add('ends before it begins');
            }
          }
        }
      });
      expect([...seen].sort()).toEqual(
        [
          ...[
            'nobody',
            'cohort',
            'leap day',
            'leap-day child',
            'estimate',
            'restricted',
            'elsewhere',
            'no birth date',
            'unborn',
            'born later',
          ],
          ...['ended row', 'no such day', 'negative sessions', 'ends before it begins'],
        ].sort(),
      );
    },
  );
});
