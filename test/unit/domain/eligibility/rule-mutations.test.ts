import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFamily } from '#shared/domain/eligibility/decide-family.ts';
import type { FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import type { Way } from '#shared/domain/eligibility/measure.ts';
import { prepareRules, type PreparedRules } from '#shared/domain/eligibility/prepare-rules.ts';
import type { Criterion, RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { answerTo } from '#test/support/worked-families/answer-to.ts';
import { readWorkedFamilies, type WorkedFamily } from '#test/support/worked-families/read-worked-families.ts';

/**
 * What the rule data say is held by the worked families: a slip in a threshold, a look-back, a feed, an age or an entry rule must make at least one
 * row come out otherwise. The slips are made one by one, from a list of every slip of these kinds, drawn with a seed.
 */

interface Slip {
  readonly says: string;
  readonly ruleSet: RuleSet;
}

type Change<Part> = readonly [string, (part: Part) => Part | undefined];

const changed = <Part>(changes: readonly Change<Part>[], part: Part): (readonly [string, Part])[] =>
  changes.flatMap(([says, change]) => {
    const after = change(part);
    return after === undefined ? [] : [[says, after] as const];
  });

const atLeast =
  (by: number) =>
  (way: Way): Way | undefined =>
    way.measure.kind === 'count' && way.measure.atLeast + by >= 1
      ? { ...way, measure: { ...way.measure, atLeast: way.measure.atLeast + by } }
      : undefined;
const percent =
  (by: number) =>
  (way: Way): Way | undefined =>
    way.measure.kind === 'count' ? undefined : { ...way, measure: { ...way.measure, percent: way.measure.percent + by } };
const lookBack =
  (by: number) =>
  (way: Way): Way | undefined =>
    way.lookBack.unit === 'current' || way.lookBack.count + by < 1
      ? undefined
      : { ...way, lookBack: { ...way.lookBack, count: way.lookBack.count + by } };

const slipsOfWay: readonly Change<Way>[] = [
  ['one more is asked for', atLeast(1)],
  ['one fewer is asked for', atLeast(-1)],
  ['5 per cent more is asked for', percent(5)],
  ['5 per cent less is asked for', percent(-5)],
  ['it looks back longer', lookBack(1)],
  ['it looks back less far', lookBack(-1)],
  ['today only', (way) => (way.lookBack.unit === 'months' ? { ...way, lookBack: { unit: 'current' } } : undefined)],
  [
    'twelve months, not today',
    (way) => (way.lookBack.unit === 'current' ? { ...way, lookBack: { unit: 'months', count: 12 } } : undefined),
  ],
  [
    'another fact',
    (way) =>
      way.measure.kind === 'count' && way.measure.per === 'person' ? { ...way, facts: [{ kind: 'youth-justice-order' }] } : undefined,
  ],
  [
    'silence of a register taken for that of each person',
    (way) => (way.silence.means === 'register' ? { ...way, silence: { means: 'each-person', expected: {} } } : undefined),
  ],
  [
    'silence taken for no',
    (way) =>
      way.silence.means === 'kept-here' || way.silence.means === 'says-nothing' ? undefined : { ...way, silence: { means: 'kept-here' } },
  ],
];

const slipsOfCriterion: readonly Change<Criterion>[] = [
  ['asked of adults', (criterion) => (criterion.subject === 'child' ? { ...criterion, subject: 'adult', ages: undefined } : undefined)],
  ['asked of children', (criterion) => (criterion.subject === 'adult' ? { ...criterion, subject: 'child', ages: undefined } : undefined)],
  [
    'a year older',
    (criterion) =>
      criterion.ages?.from === undefined ? undefined : { ...criterion, ages: { ...criterion.ages, from: criterion.ages.from + 1 } },
  ],
  [
    'to a year younger',
    (criterion) =>
      criterion.ages?.below === undefined ? undefined : { ...criterion, ages: { ...criterion.ages, below: criterion.ages.below - 1 } },
  ],
];

const slipsOfRules: readonly Change<RuleSet>[] = [
  [
    'one more is needed to be eligible',
    (rules) =>
      rules.entry.count === 'core-or-discretion' ? undefined : { ...rules, entry: { ...rules.entry, atLeast: rules.entry.atLeast + 1 } },
  ],
  [
    'one fewer is needed to be eligible',
    (rules) =>
      rules.entry.count === 'core-or-discretion' || rules.entry.atLeast === 1
        ? undefined
        : { ...rules, entry: { ...rules.entry, atLeast: rules.entry.atLeast - 1 } },
  ],
  [
    'local discretion is worth two',
    (rules) => (rules.entry.count === 'core-or-discretion' ? { ...rules, entry: { ...rules.entry, coreWithDiscretion: 1 } } : undefined),
  ],
  ['a dependent child is under 15', (rules) => ({ ...rules, dependentChild: { ...rules.dependentChild, below: 15 } })],
  ['a dependent child is under 17', (rules) => ({ ...rules, dependentChild: { ...rules.dependentChild, below: 17 } })],
  [
    'a young person depends to 17',
    (rules) => ({ ...rules, dependentChild: { ...rules.dependentChild, inEducationOrUnemployedBelow: 18 } }),
  ],
  [
    'the unborn the other way',
    (rules) => ({ ...rules, dependentChild: { ...rules.dependentChild, unbornCounts: !rules.dependentChild.unbornCounts } }),
  ],
  [
    'the expectant parent the other way',
    (rules) => ({
      ...rules,
      dependentChild: { ...rules.dependentChild, expectantParentCounts: !rules.dependentChild.expectantParentCounts },
    }),
  ],
  ['no limit to parents elsewhere', (rules) => (rules.fromParentElsewhere ? { ...rules, fromParentElsewhere: undefined } : undefined)],
];

const slips: readonly Slip[] = nationalProgramme.flatMap((ruleSet) => [
  ...changed(slipsOfRules, ruleSet).map(([says, after]): Slip => ({ says: `${ruleSet.id}: ${says}`, ruleSet: after })),
  ...ruleSet.criteria.flatMap((criterion, index) => {
    const at = (after: Criterion): RuleSet => ({ ...ruleSet, criteria: ruleSet.criteria.with(index, after) });
    const ofWays = criterion.ways.flatMap((way, position) =>
      changed(slipsOfWay, way).map(([says, after]): Slip => ({
        says: `${ruleSet.id} ${criterion.id}, way ${String(position + 1)}: ${says}`,
        ruleSet: at({ ...criterion, ways: criterion.ways.with(position, after) }),
      })),
    );
    const ofIt = changed(slipsOfCriterion, criterion).map(([says, after]): Slip => ({
      says: `${ruleSet.id} ${criterion.id}: ${says}`,
      ruleSet: at(after),
    }));
    return [...ofWays, ...ofIt];
  }),
]);

const aRow = (question: string, expected: string, input: WorkedFamily['input']): WorkedFamily => ({
  where: 'here',
  case: question,
  description: '',
  question,
  expected,
  covers: undefined,
  why: '',
  rule: '',
  cells: {},
  input,
});

const alone = (asAt: string, birthDate: string, records: WorkedFamily['input']['family']['members'][number]['records']) => ({
  asAt,
  members: [{ personId: 'person', birthDate, parent: false, lives: 'in-the-household' as const, restricted: false, records }],
});

/** The bound of 15% that held until August 2015: of a child too young for school, and of one whose first of three terms was the worst. */
const untilAugust2015: readonly WorkedFamily[] = [
  { birthDate: '2012-01-01', figures: [], expected: 'not-met' },
  { birthDate: '2005-01-01', figures: [40, 10, 10], expected: 'met' },
  { birthDate: '2005-01-01', figures: [25, 10, 9], expected: 'not-met' },
].map(({ birthDate, figures, expected }) => {
  const terms = [
    ['summer', '2013/14'],
    ['autumn', '2014/15'],
    ['spring', '2014/15'],
  ] as const;
  const facts = figures.map((sessionsUnauthorised, index) => {
    const [term, academicYear] = terms[index] ?? terms[0];
    return {
      kind: 'school-attendance' as const,
      from: '2014-05-01',
      academicYear,
      term,
      sessionsPossible: 100,
      sessionsAuthorised: 0,
      sessionsUnauthorised,
    };
  });
  const record = {
    feed: 'school-attendance' as const,
    agency: 'school',
    uploadId: 'upload',
    row: 1,
    accessClass: 'standard' as const,
    periodEnd: '2015-05-31',
    facts,
  };
  return aRow('P2.H2.1', expected, {
    ruleSet: 'troubled-families-expanded',
    termCalendar: { terms: usualTerms.terms },
    coverage: [],
    family: alone('2015-06-01', birthDate, [record]),
  });
});

/** By the ten headings a professional can name any need, for twelve months: of each need the first day that counts, and the day before. */
const nominations: readonly WorkedFamily[] = (['supporting-families-ten-headings', 'families-first'] as const).flatMap((ruleSet) =>
  (nationalProgramme.find(({ id }) => id === ruleSet)?.criteria ?? []).flatMap(({ id, subject, ages }) => {
    const [asAt, first, before] =
      ruleSet === 'families-first' ? ['2026-06-15', '2025-06-16', '2025-06-15'] : ['2024-06-15', '2023-06-16', '2023-06-15'];
    const age = ages?.from === undefined ? (ages?.below === 5 ? 3 : subject === 'adult' ? 40 : 12) : ages.from + 1;
    return [first, before].map((from, index) =>
      aRow(id, index === 0 ? 'met' : 'not met by it', {
        ruleSet,
        termCalendar: { terms: usualTerms.terms },
        coverage: [],
        family: alone(asAt, `${String(Number(asAt.slice(0, 4)) - age - 1)}-08-01`, [
          {
            feed: 'professional-referral',
            agency: 'council',
            uploadId: 'upload',
            row: 1,
            accessClass: 'standard',
            periodEnd: asAt,
            facts: [{ kind: 'nominated-need', from, heading: id, note: false }],
          },
        ]),
      }),
    );
  }),
);

/** A row about somebody’s mental health says nothing of drugs or alcohol where no file covers the day. */
const otherTreatment = aRow('SF.4.1', 'not-covered', {
  ruleSet: 'supporting-families-ten-headings',
  termCalendar: { terms: usualTerms.terms },
  coverage: [],
  family: alone('2024-06-15', '1985-01-01', [
    {
      feed: 'adult-health',
      agency: 'trust',
      uploadId: 'upload',
      row: 1,
      accessClass: 'standard',
      periodEnd: '2024-06-01',
      facts: [{ kind: 'mental-health-need', from: '2024-01-01' }],
    },
  ]),
});

const families = [...readWorkedFamilies(), ...nominations, ...untilAugust2015, otherTreatment];

/** Only rows of the rule set, and of these the ones about the criterion first: the sooner it is found out. */
const isHeldBy = ({ ruleSet, says }: Slip, rows: readonly WorkedFamily[]): boolean => {
  const prepared = new Map<string, PreparedRules>();
  const about = / (P\d|SF)\.[^,:]+/.exec(says)?.[0].trim();
  const ordered = [...rows.filter(({ question }) => question === about), ...rows.filter(({ question }) => question !== about)];
  return ordered.some(({ input, question, expected }) => {
    const key = `${input.family.asAt} ${JSON.stringify(input.coverage)}`;
    const rules =
      prepared.get(key) ??
      prepareRules({
        asAt: input.family.asAt,
        coverage: input.coverage,
        ruleSet,
        termCalendar: { title: '', citation: { source: '', confidence: 'local' }, terms: [...input.termCalendar.terms] },
      });
    prepared.set(key, rules);
    const { criteria, headings, dependentChild, outcome } = decideFamily(input.family as unknown as FamilyEvidence, rules);
    const words = { true: 'met', false: 'not-met', unknown: 'unknown' };
    const answers = {
      criteria: Object.fromEntries(criteria.map(({ prepared: { criterion }, value }) => [criterion.id, value])),
      headings: Object.fromEntries(headings.map(({ id, all }) => [id, words[all]])),
      dependentChild: words[dependentChild.value],
      outcome,
    };
    const answer = answerTo(answers, question);
    return expected === 'not met by it' ? answer === 'met' : answer !== expected;
  });
};

describe('A slip in the rule data', () => {
  it('is none where there is none', () => {
    for (const ruleSet of nationalProgramme) {
      expect(
        isHeldBy(
          { says: 'nothing', ruleSet },
          families.filter(({ input }) => input.ruleSet === ruleSet.id),
        ),
      ).toBe(false);
    }
  });

  const drawn = fc.sample(fc.shuffledSubarray([...slips], { minLength: 100, maxLength: 100 }), { numRuns: 1, seed: 1 }).flat();

  it.each(drawn.map((slip) => [slip.says, slip] as const))('%s: some worked family comes out otherwise', (_, slip) => {
    expect(
      isHeldBy(
        slip,
        families.filter(({ input }) => input.ruleSet === slip.ruleSet.id),
      ),
    ).toBe(true);
  });
});
