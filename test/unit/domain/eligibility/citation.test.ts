import { describe, expect, it } from 'vitest';
import { citationSchema } from '#shared/domain/eligibility/citation.ts';
import { criterionSchema, ruleSetSchema } from '#shared/domain/eligibility/rule-set.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';

describe('A rule without words', () => {
  it.each(['', ' ', '\t\n'])('has no source in %j, whatever it says about how sure it is', (source) => {
    for (const confidence of ['confirmed', 'local', 'unconfirmed'])
      expect(citationSchema.safeParse({ source, confidence }).success).toBe(false);
  });

  it('is none that a person could read', () => {
    const [criterion] = nationalProgramme.flatMap(({ criteria }) => criteria);
    expect(criterionSchema.safeParse(criterion).success).toBe(true);
    expect(criterionSchema.safeParse({ ...criterion, question: ' ' }).success).toBe(false);
    expect(criterionSchema.safeParse({ ...criterion, says: { ...criterion?.says, met: '' } }).success).toBe(false);
    expect(criterionSchema.safeParse({ ...criterion, outcome: { ...criterion?.outcome, says: ' ' } }).success).toBe(false);
  });

  it.each([{ title: '' }, { period: { because: ' ' } }, { headings: { title: '' } }])(
    'is none of a rule set: %j',
    ({ title, period, headings }) => {
      const [ruleSet] = nationalProgramme;
      if (ruleSet === undefined) throw new Error('There are no rules.');
      const bent = {
        ...ruleSet,
        ...(title !== undefined && { title }),
        ...(period && { period: { ...ruleSet.period, ...period } }),
        ...(headings && { headings: ruleSet.headings.map((heading) => ({ ...heading, ...headings })) }),
      };
      expect(ruleSetSchema.safeParse(ruleSet).success).toBe(true);
      expect(ruleSetSchema.safeParse(bent).success).toBe(false);
    },
  );
});
