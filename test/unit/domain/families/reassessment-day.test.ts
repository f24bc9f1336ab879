import { describe, expect, it } from 'vitest';
import { reassessmentDay } from '#shared/domain/families/reassessment-day.ts';

describe('The day on which a family is looked at again', () => {
  it.each([
    ['a birthday', '2026-11-23', { birthDate: '1960-12-01' }, '2026-12-01'],
    ['a birthday on 29 February, in a common year', '2027-02-20', { birthDate: '2016-02-29' }, '2027-03-01'],
    ['a birthday on 29 February, in a leap year', '2028-02-20', { birthDate: '2016-02-29' }, '2028-02-29'],
    ['a birthday that is today: the next one', '2026-11-23', { birthDate: '2010-11-23' }, '2027-11-23'],
    ['an expected birth', '2026-11-23', { expectedBirthDate: '2027-01-09' }, '2027-01-09'],
    ['an expected birth that is over: a year later', '2026-11-23', { expectedBirthDate: '2026-10-09' }, '2027-11-23'],
    ['nothing at all: a year later', '2026-11-23', {}, '2027-11-23'],
  ])('is that of %s', (_, asAt, member, expected) => {
    expect(reassessmentDay(asAt, [member], [undefined])).toBe(expected);
  });

  it('is the earliest of all, of those to come', () => {
    const family = [{ birthDate: '1985-06-01' }, { birthDate: '2014-05-05' }];
    expect(reassessmentDay('2026-11-23', family, [])).toBe('2027-05-05');
    expect(reassessmentDay('2026-11-23', family, ['2027-01-31', undefined, '2026-12-24'])).toBe('2026-12-24');
    // A day that has come is over.
    expect(reassessmentDay('2026-11-23', family, ['2026-11-23'])).toBe('2027-05-05');
  });
});
