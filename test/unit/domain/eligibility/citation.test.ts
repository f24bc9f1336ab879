import { describe, expect, it } from 'vitest';
import { citationSchema } from '#shared/domain/eligibility/citation.ts';
import { criterionSchema } from '#shared/domain/eligibility/rule-set.ts';
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
  });
});
