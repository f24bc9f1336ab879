import { describe, expect, it } from 'vitest';
import {
  abuse,
  aChild,
  aParent,
  aRecord,
  askedAboutBenefits,
  attendance,
  benefit,
  covering,
  criterion,
  determine,
  everythingCovered,
  inNeed,
  offence,
  policeIncident,
  suspension,
  today,
} from './builders.ts';

const without = (feed: string) => everythingCovered.filter((period) => period.feed !== feed);

describe('unauthorised absence over the last three completed terms', () => {
  const rate = (...terms: readonly [number, number][]) =>
    criterion(
      determine([
        aChild([
          aRecord(
            'school-attendance',
            (['autumn', 'spring', 'summer'] as const).map((term, i) => attendance(term, ...(terms[i] ?? [0, 120]))),
          ),
        ]),
      ]),
      'P2.H2.1',
    ).value;

  it.each([
    ['exactly 10% is not more than 10%', [13, 130], [13, 130], [13, 130], 'not-met'],
    ['one session over', [14, 130], [13, 130], [13, 130], 'met'],
    ['one session under', [12, 130], [13, 130], [13, 130], 'not-met'],
    ['10.05%, which rounds to 10%, is more', [19, 126], [10, 140], [10, 122], 'met'],
    ['9.97%, which rounds to 10%, is less', [19, 127], [10, 141], [10, 123], 'not-met'],
    ['terms of different length are summed, not averaged: 14 of 138', [10, 20], [2, 60], [2, 58], 'met'],
    ['an average of term rates over 10% with a sum under it', [5, 10], [0, 100], [0, 100], 'not-met'],
  ] as const)('%s', (_, autumn, spring, summer, value) => {
    expect(rate([...autumn], [...spring], [...summer])).toBe(value);
  });

  it('does not look at the term that is still going on', () => {
    const child = aChild([
      aRecord('school-attendance', [
        attendance('autumn', 0, 120),
        attendance('spring', 0, 120),
        attendance('summer', 0, 120),
        attendance('autumn', 90, 100, '2026/27'),
      ]),
    ]);
    expect(criterion(determine([child]), 'P2.H2.1').value).toBe('not-met');
  });

  it('looks at it from its last day on', () => {
    const child = aChild([
      aRecord('school-attendance', [attendance('spring', 0, 120), attendance('summer', 0, 120), attendance('autumn', 90, 100, '2026/27')]),
    ]);
    expect(criterion(determine([child], { asAt: '2026-12-30' }), 'P2.H2.1').value).toBe('unknown');
    expect(criterion(determine([child], { asAt: '2026-12-31' }), 'P2.H2.1').value).toBe('met');
  });

  it('stays open where a term of a child of school age is missing, and says which', () => {
    const result = criterion(
      determine([aChild([aRecord('school-attendance', [attendance('autumn', 60, 120), attendance('summer', 60, 120)])])]),
      'P2.H2.1',
    );
    expect(result.value).toBe('unknown');
    expect(result.missing.map(({ says }) => says)).toEqual(['No attendance figures of this person for the spring term 2025/26.']);
  });

  it('does not ask for terms before the child was of school age', () => {
    const child = aChild([aRecord('school-attendance', [attendance('summer', 20, 120)])], { birthDate: '2021-02-10' });
    expect(criterion(determine([child]), 'P2.H2.1').value).toBe('met');
  });

  it('is unknown for a child without a row though the schools sent files, and not covered where none did', () => {
    expect(criterion(determine([aChild()]), 'P2.H2.1').value).toBe('unknown');
    expect(criterion(determine([aChild()], { coverage: without('school-attendance') }), 'P2.H2.1').value).toBe('not-covered');
  });

  it('is not met where nobody is of school age', () => {
    expect(criterion(determine([aChild([], { birthDate: '2024-01-01' }), aParent()], { coverage: [] }), 'P2.H2.1').value).toBe('not-met');
  });

  it.each([
    // 30 of 300 is 10 per cent, not more; with the autumn counted twice 54 of 360 would be 15.
    ['by two agencies alike', 'school', 'council', [24, 3, 3], 'not-met'],
    // One agency’s two rows are two schools’ sessions: 54 of 360.
    ['by one agency for two schools', 'school', 'school', [24, 3, 3], 'met'],
  ])('counts a term once that is reported %s', (_, one, other, [autumn = 0, spring = 0, summer = 0], value) => {
    const rows = [attendance('autumn', autumn, 60), attendance('spring', spring, 120), attendance('summer', summer, 120)];
    const again = aRecord('school-attendance', [attendance('autumn', autumn, 60)], { agency: other });
    expect(criterion(determine([aChild([aRecord('school-attendance', rows, { agency: one }), again])]), 'P2.H2.1').value).toBe(value);
  });

  it('is unknown where no session was possible', () => {
    const none = aRecord('school-attendance', [attendance('autumn', 0, 0), attendance('spring', 0, 0), attendance('summer', 0, 0)]);
    expect(criterion(determine([aChild([none])]), 'P2.H2.1')).toMatchObject({
      value: 'unknown',
      missing: [{ reason: 'term-missing' }, { reason: 'term-missing' }, { reason: 'term-missing' }],
    });
  });
});

describe('suspensions over the last three completed terms', () => {
  const suspended = (...days: string[]) =>
    criterion(determine([aChild(days.map((day) => aRecord('suspensions', [suspension(day)])))]), 'P2.H2.2');

  it.each([
    [['2025-10-01', '2026-02-01'], 'not-met'],
    [['2025-10-01', '2026-02-01', '2026-05-01'], 'met'],
    [['2025-10-01', '2026-02-01', '2026-05-01', '2026-06-01'], 'met'],
  ])('%j: %s', (days, value) => {
    expect(suspended(...days).value).toBe(value);
  });

  it.each([
    ['the day before the first of the three terms', '2025-08-31', 'not-met'],
    ['the first day', '2025-09-01', 'met'],
    ['the last day', '2026-07-31', 'met'],
    ['the day after', '2026-08-01', 'not-met'],
    ['the term going on', '2026-10-05', 'not-met'],
  ])('counts or leaves out %s', (_, day, value) => {
    expect(suspended('2026-02-01', '2026-05-01', day).value).toBe(value);
  });

  it.each([
    ['three on three days', ['school 2025-10-01', 'school 2026-02-01', 'school 2026-05-01'], 'met'],
    ['three on three days, reported by two agencies in turn', ['school 2025-10-01', 'council 2026-02-01', 'school 2026-05-01'], 'met'],
    ['two, one of them reported by two agencies', ['school 2025-10-01', 'school 2026-02-01', 'council 2026-02-01'], 'not-met'],
    [
      'two, each reported by two agencies',
      ['school 2025-10-01', 'council 2025-10-01', 'school 2026-02-01', 'council 2026-02-01'],
      'not-met',
    ],
    [
      'three, each reported by two agencies',
      [0, 1, 4].flatMap((n) => [`school 2026-0${String(n + 1)}-10`, `council 2026-0${String(n + 1)}-10`]),
      'met',
    ],
  ])('count once by the day on which they begin, whoever reports them: %s', (_, reports, value) => {
    const records = reports.map((report) => {
      const [agency = '', day = ''] = report.split(' ');
      return aRecord('suspensions', [suspension(day)], { agency });
    });
    expect(criterion(determine([aChild(records)]), 'P2.H2.2').value).toBe(value);
  });

  it('are counted per child, not across brothers and sisters', () => {
    const two = [aRecord('suspensions', [suspension('2026-02-01')]), aRecord('suspensions', [suspension('2026-03-01')])];
    expect(criterion(determine([aChild(two), aChild(two, { personId: 'brother' })]), 'P2.H2.2').value).toBe('not-met');
  });

  it('says when older evidence will stop counting, and shows the rows', () => {
    const result = suspended('2025-10-01', '2026-02-01', '2026-05-01');
    expect(result.evidence.map(({ from, says }) => [from, says])).toEqual([
      ['2026-05-01', 'Suspended on 1 May 2026 (4 sessions)'],
      ['2026-02-01', 'Suspended on 1 February 2026 (4 sessions)'],
      ['2025-10-01', 'Suspended on 1 October 2025 (4 sessions)'],
    ]);
    expect(result.wouldChange).toBe('Time: without newer evidence it stops counting when one more term is over.');
  });
});

describe('twelve months', () => {
  const proven = (day: string, asAt = today, birthDate = '2012-05-05') =>
    criterion(determine([aChild([aRecord('youth-justice', [offence(day)])], { birthDate })], { asAt }), 'P2.H1.1').value;

  it.each([
    ['2025-11-23', 'not-met'],
    ['2025-11-24', 'met'],
    ['2026-11-23', 'met'],
    ['2026-11-24', 'not-met'],
  ])('an offence on %s as at 23 November 2026: %s', (day, value) => {
    // The last 62 days need no file yet; the rest is covered.
    expect(proven(day)).toBe(value);
  });

  it.each([
    ['as at 28 February 2025, the day after 29 February 2024', '2024-03-01', '2025-02-28', 'met'],
    ['as at 28 February 2025, 29 February 2024 itself', '2024-02-29', '2025-02-28', 'not-met'],
    ['as at 29 February 2024, 1 March 2023', '2023-03-01', '2024-02-29', 'met'],
    ['as at 29 February 2024, 28 February 2023', '2023-02-28', '2024-02-29', 'not-met'],
    [
      'as at 28 February 2024, 28 February 2023: the window ends on the 29th and begins on the last of February',
      '2023-02-28',
      '2024-02-28',
      'met',
    ],
    ['as at 28 February 2024, 27 February 2023', '2023-02-27', '2024-02-28', 'not-met'],
  ])('%s', (_, day, asAt, value) => {
    expect(
      criterion(
        determine([aChild([aRecord('youth-justice', [offence(day)])], { birthDate: '2010-05-05' })], {
          asAt,
          coverage: [covering('youth-justice', '2020-01-01', '2030-01-01')],
        }),
        'P2.H1.1',
      ).value,
    ).toBe(value);
  });

  it.each([
    ['nine on the day', '2026-06-01', '2016-06-02', 'not-met'],
    ['ten on the day', '2026-06-01', '2016-06-01', 'met'],
    ['seventeen on the day', '2026-06-01', '2008-06-02', 'met'],
    ['eighteen on the day', '2026-06-01', '2008-06-01', 'not-met'],
    ['born on a leap day, seventeen on 28 February', '2026-02-28', '2008-02-29', 'met'],
    ['born on a leap day, eighteen on 1 March', '2026-03-01', '2008-02-29', 'not-met'],
  ])('counts offences at ten to seventeen: %s', (_, day, birthDate, value) => {
    expect(proven(day, today, birthDate)).toBe(value);
  });

  it('says from when the evidence will no longer count', () => {
    const child = aChild([aRecord('youth-justice', [offence('2026-06-30')])]);
    expect(criterion(determine([child]), 'P2.H1.1').wouldChange).toBe('Time: without newer evidence it stops counting after 29 June 2027.');
  });

  it('counts repeat police calls by day: two people in one incident are one call', () => {
    const call = (day: string) => aRecord('police-incidents', [policeIncident(day, { domesticAbuse: true, role: 'witness' })]);
    const calls = (...members: Parameters<typeof determine>[0]) => criterion(determine(members), 'P2.H5.3').value;
    expect(calls(aParent([call('2026-05-01')]), aChild([call('2026-05-01')]))).toBe('not-met');
    expect(calls(aParent([call('2026-05-01')]), aChild([call('2026-05-02')]))).toBe('met');
  });

  it('takes antisocial behaviour from suspects only', () => {
    const value = (role: 'suspect' | 'victim' | 'witness') =>
      criterion(
        determine([aParent([aRecord('police-incidents', [policeIncident('2026-05-01', { antisocialBehaviour: true, role })])])]),
        'P2.H1.2',
      ).value;
    expect([value('suspect'), value('victim'), value('witness')]).toEqual(['met', 'not-met', 'not-met']);
  });
});

describe('what holds now', () => {
  const value = (facts: Parameters<typeof aRecord>[1], change: Parameters<typeof aRecord>[2] = {}, coverage = everythingCovered) =>
    criterion(determine([aChild([aRecord('childrens-social-care', facts, change)])], { coverage }), 'P2.H3.2').value;

  it.each([
    ['began today', inNeed('2026-11-23'), 'met'],
    ['begins tomorrow', inNeed('2026-11-24'), 'not-met'],
    ['last day today', inNeed('2026-01-01', '2026-11-24'), 'met'],
    ['ended yesterday', inNeed('2026-01-01', '2026-11-23'), 'not-met'],
    ['still going on', inNeed('2019-01-01'), 'met'],
  ] as const)('%s', (_, fact, expected) => {
    expect(value([fact])).toBe(expected);
  });

  it('ends where a later snapshot no longer has the record', () => {
    expect(value([inNeed('2026-01-01')], { endedOn: '2026-11-01' })).toBe('not-met');
  });

  it('goes on being known while newer files of the same agency keep the record', () => {
    expect(value([inNeed('2024-01-01')], { periodEnd: '2024-03-31' })).toBe('met');
  });

  it('is not known any more 45 days after the last file', () => {
    const file = (to: string) => [covering('childrens-social-care', '2024-01-01', to)];
    expect(value([inNeed('2026-01-01')], { periodEnd: '2026-01-31' }, file('2026-10-10'))).toBe('met');
    expect(value([inNeed('2026-01-01')], { periodEnd: '2026-01-31' }, file('2026-10-09'))).toBe('unknown');
  });
});

describe('silence', () => {
  it('of a register whose files cover the window is an answer', () => {
    expect(criterion(determine([aParent()]), 'P2.H5.1').value).toBe('not-met');
  });

  it('of one of two feeds is not', () => {
    const result = criterion(determine([aParent()], { coverage: without('police-incidents') }), 'P2.H5.1');
    expect(result).toMatchObject({
      value: 'unknown',
      missing: [{ reason: 'no-file', feed: 'police-incidents', says: 'No file of police incidents has come.' }],
    });
  });

  it('of no feed at all is not covered', () => {
    expect(criterion(determine([aParent()], { coverage: [] }), 'P2.H5.1').value).toBe('not-covered');
  });

  it('over a gap between two files names the days', () => {
    const coverage = [
      ...without('youth-justice'),
      covering('youth-justice', '2025-01-01', '2026-03-01'),
      covering('youth-justice', '2026-04-01', '2026-11-01'),
    ];
    expect(criterion(determine([aChild()], { coverage }), 'P2.H1.1')).toMatchObject({
      value: 'unknown',
      missing: [{ says: 'No file of youth justice covers 1 March 2026 to 31 March 2026.' }],
    });
  });

  it('does not keep a criterion from being met by another feed', () => {
    const victim = aParent([aRecord('domestic-abuse-marac', [abuse('2026-09-01')])]);
    expect(criterion(determine([victim], { coverage: [] }), 'P2.H5.1').value).toBe('met');
  });

  it('about an adult on benefits is an answer only where the feed has a row about each adult', () => {
    const value = (...members: Parameters<typeof determine>[0]) => criterion(determine(members), 'P2.H4.1').value;
    expect(value(aParent())).toBe('unknown');
    expect(value(aParent([askedAboutBenefits()]))).toBe('not-met');
    expect(value(aParent([askedAboutBenefits()]), aParent([], { personId: 'other' }))).toBe('unknown');
    expect(value(aParent([askedAboutBenefits()]), aParent([aRecord('dwp-benefits', [benefit('2026-01-01')])], { personId: 'other' }))).toBe(
      'met',
    );
    expect(value(aParent([askedAboutBenefits()]), aParent([], { personId: 'grandmother', birthDate: '1950-01-01' }))).toBe('not-met');
  });

  it('about nominations is an answer, because the council takes them in itself', () => {
    expect(criterion(determine([aParent()], { coverage: [] }), 'P2.H1.5').value).toBe('not-met');
  });
});

describe('what is not known about a person', () => {
  it('leaves a criterion about children open where the evidence is about somebody without a birth date', () => {
    const result = criterion(
      determine([aChild([aRecord('childrens-social-care', [inNeed('2026-01-01')])], { birthDate: undefined })]),
      'P2.H3.2',
    );
    expect(result).toMatchObject({ value: 'unknown', missing: [{ reason: 'birth-date-unknown', personId: 'child' }], evidenceCount: 1 });
  });

  it('takes a parent without a birth date for an adult', () => {
    const parent = aParent([aRecord('dwp-benefits', [benefit('2026-01-01')])], { birthDate: undefined });
    expect(criterion(determine([parent]), 'P2.H4.1').value).toBe('met');
  });

  it('leaves a restricted person’s rows alone and says so', () => {
    const result = criterion(
      determine([aChild([aRecord('childrens-social-care', [inNeed('2026-01-01')])], { restricted: true })]),
      'P2.H3.2',
    );
    expect(result).toMatchObject({ value: 'unknown', evidence: [], missing: [{ reason: 'restricted', personId: 'child' }] });
  });
});
