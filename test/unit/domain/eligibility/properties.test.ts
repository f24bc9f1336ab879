import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, formatIsoDate, parseIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import type { CriterionValue, Determination } from '#shared/domain/eligibility/determination.ts';
import { daysAhead } from '#shared/domain/eligibility/change-day.ts';
import { determineOnDay, evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { MemberEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { and, or, type Truth } from '#shared/domain/eligibility/kleene.ts';
import { prepareRules } from '#shared/domain/eligibility/prepare-rules.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import type { Fact } from '#shared/domain/people/fact.ts';
import { campaign } from '#test/support/campaigns.ts';
import { aChild, aRecord, covering, determine, offence, suspension } from './builders.ts';
import { aFinding, aRecordOf, aSituation, rulesOf, type Situation } from './family-arbitrary.ts';

const { runs, seed } = campaign('eligibility');
const settings = { seed, numRuns: runs };
const longEnough = 1_200_000;

/** Without the day of the next change: that looks ahead day by day. */
const answer = ({ family, coverage, rules }: Situation): Omit<Determination, 'changesOn'> =>
  determineOnDay(family, prepareRules({ asAt: family.asAt, coverage, ruleSet: rulesOf({ rules }), termCalendar: usualTerms }));

const evaluate = ({ family, coverage, rules }: Situation): Determination =>
  evaluateFamily({ family, coverage, ruleSet: rulesOf({ rules }), termCalendar: usualTerms });

const withMembers = (situation: Situation, members: readonly MemberEvidence[]): Situation => ({
  ...situation,
  family: { ...situation.family, members },
});

const rank = { 'not-met': 0, unknown: 1, 'not-covered': 1, met: 2 } as const satisfies Record<CriterionValue, number>;
const outcomeRank = { 'not-eligible': 0, 'cannot-tell': 1, eligible: 2 } as const;

/** Criteria of feeds that answer person by person: one more row about somebody also says that there is nothing else. */
const isAnsweredPersonByPerson = (situation: Situation, id: string): boolean =>
  rulesOf(situation).criteria.some((each) => each.id === id && each.ways.some(({ silence }) => silence.means === 'each-person'));

describe('whatever the family and the rule set', () => {
  it(
    'more evidence of a need never makes it less eligible',
    () => {
      const more = aSituation.chain((situation) =>
        fc.tuple(fc.constant(situation), aRecordOf(situation.family.asAt, aFinding(situation.family.asAt)), fc.nat()),
      );
      fc.assert(
        fc.property(more, ([situation, extra, at]) => {
          const { members } = situation.family;
          const index = at % members.length;
          const before = answer(situation);
          const after = answer(
            withMembers(
              situation,
              members.map((each, i) => (i === index ? { ...each, records: [...each.records, extra] } : each)),
            ),
          );
          if (before.outcome === 'eligible') expect(after.outcome).toBe('eligible');
          if (before.dependentChild.value === 'met') expect(after.dependentChild.value).toBe('met');
          const settled = before.criteria.filter((each, i) => rank[after.criteria[i]?.value ?? 'not-met'] < rank[each.value]);
          for (const { criterionId, value } of settled) {
            expect(value).not.toBe('met');
            expect(isAnsweredPersonByPerson(situation, criterionId)).toBe(true);
          }
          if (settled.length === 0) expect(outcomeRank[after.outcome]).toBeGreaterThanOrEqual(outcomeRank[before.outcome]);
        }),
        settings,
      );
    },
    longEnough,
  );

  it(
    'the order of people, rows and coverage does not matter, to the last byte',
    () => {
      fc.assert(
        fc.property(aSituation, (situation) => {
          const turned = situation.family.members.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed();
          const after = answer({ ...withMembers(situation, turned), coverage: situation.coverage.toReversed() });
          expect(canonicalJson(after)).toBe(canonicalJson(answer(situation)));
        }),
        settings,
      );
    },
    longEnough,
  );

  it(
    'the same twice is the same, and nothing given is changed',
    () => {
      fc.assert(
        fc.property(aSituation, (situation) => {
          const copy = structuredClone(situation);
          const first = canonicalJson(answer(situation));
          expect(situation).toEqual(copy);
          expect(canonicalJson(evaluate(copy))).toBe(canonicalJson(evaluate(situation)));
          expect(canonicalJson(answer(copy))).toBe(first);
        }),
        settings,
      );
    },
    longEnough,
  );

  it(
    'split into two families and put together again, or a person’s rows parted and joined, it is determined as before',
    () => {
      fc.assert(
        fc.property(aSituation, fc.nat(), (situation, at) => {
          const { members } = situation.family;
          const cut = at % (members.length + 1);
          const [here, there] = [members.slice(0, cut), members.slice(cut)];
          const [one, other] = [withMembers(situation, here), withMembers(situation, there)];
          expect(() => [answer(one), answer(other)]).not.toThrow();
          const joined = [...other.family.members, ...one.family.members].map((member) => {
            const [odd, even] = [member.records.filter((_, i) => i % 2), member.records.filter((_, i) => i % 2 === 0)];
            return { ...member, records: [...odd, ...even] };
          });
          expect(canonicalJson(answer(withMembers(situation, joined)))).toBe(canonicalJson(answer(situation)));
        }),
        settings,
      );
    },
    longEnough,
  );

  it(
    'a file more, without a row in it, never makes a need met, and never leaves less known',
    () => {
      fc.assert(
        fc.property(aSituation, fc.constantFrom('youth-justice', 'police-incidents', 'suspensions'), (situation, feed) => {
          const before = answer(situation);
          const after = answer({ ...situation, coverage: [...situation.coverage, covering(feed, '2010-01-01', situation.family.asAt)] });
          // A newer file of the agency that keeps a record makes the record fresh: those feeds send none that goes on.
          expect(after.criteriaMet).toEqual(before.criteriaMet);
          expect(outcomeRank[after.outcome]).toBeLessThanOrEqual(outcomeRank[before.outcome]);
        }),
        settings,
      );
    },
    longEnough,
  );
});

const valuesOf = ({ outcome, dependentChild, headings, criteria }: Omit<Determination, 'changesOn'>) => ({
  outcome,
  dependentChild: dependentChild.value,
  headings: headings.map(({ value }) => value),
  criteria: criteria.map(({ criterionId, value }) => [criterionId, value]),
});

const later = (day: string, days: number): string => formatIsoDate(addDays(parseIsoDate(day) ?? fail(), days));
const fail = (): never => {
  throw new Error('no such day');
};

describe('the day on which the date alone changes an answer', () => {
  it(
    'is not before any answer changes, and on it one has',
    () => {
      fc.assert(
        fc.property(aSituation, fc.nat({ max: 1000 }), (situation, at) => {
          const now = evaluate(situation);
          const { asAt } = situation.family;
          const on = (day: string) => answer({ ...situation, family: { ...situation.family, asAt: day } });
          const span = now.changesOn === undefined ? 1000 : (parseIsoDate(now.changesOn) ?? 0) - (parseIsoDate(asAt) ?? 0);
          if (span > 1) expect(valuesOf(on(later(asAt, 1 + (at % (span - 1))))), 'before').toEqual(valuesOf(now));
          // Further ahead it names a day on which something may change, not one on which it does.
          if (now.changesOn !== undefined && span <= daysAhead && now.changesOn !== rulesOf(situation).period.effectiveTo)
            expect(canonicalJson(withHousehold(on(now.changesOn))), 'on the day').not.toBe(canonicalJson(withHousehold(now)));
        }),
        settings,
      );
    },
    longEnough,
  );
});

const withHousehold = (determination: Omit<Determination, 'changesOn'>) => ({
  ...valuesOf(determination),
  inHousehold: determination.criteria.map(({ valueInHousehold }) => valueInHousehold),
});

describe('data that cannot be', () => {
  const date = fc.oneof(fc.constantFrom('2026-02-30', '', 'soon', '0000-00-00', '2025-05-05', '2027-01-01', '1890-01-01'), fc.string());
  const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, -1, 0.5));
  const fact = fc.oneof(
    fc
      .tuple(date, fc.option(date, { nil: undefined }))
      .map(([from, to]): Fact => ({ kind: 'child-in-need', from, ...(to !== undefined && { to }) })),
    date.map((from): Fact => offence(from)),
    fc
      .tuple(number, number, number, fc.constantFrom('2025/26', '2024/25', 'x', ''))
      .map(([sessionsPossible, sessionsAuthorised, sessionsUnauthorised, academicYear]): Fact => ({
        kind: 'school-attendance',
        from: '2025-09-01',
        term: 'autumn',
        academicYear,
        sessionsPossible,
        sessionsAuthorised,
        sessionsUnauthorised,
      })),
  );

  it(
    'never throws',
    () => {
      const impossible = aSituation.chain((situation) =>
        fc.tuple(fc.constant(situation), fc.array(fact, { minLength: 1, maxLength: 4 }), fc.option(date, { nil: undefined }), date),
      );
      fc.assert(
        fc.property(impossible, ([situation, facts, birthDate, periodEnd]) => {
          const odd: MemberEvidence = {
            ...aChild([aRecord('childrens-social-care', facts, { periodEnd, endedOn: periodEnd })]),
            birthDate,
            expectedBirthDate: periodEnd,
          };
          const coverage = [...situation.coverage, { ...covering('suspensions'), from: periodEnd, to: birthDate ?? '' }];
          expect(() => evaluate({ ...withMembers(situation, [...situation.family.members, odd]), coverage })).not.toThrow();
        }),
        settings,
      );
    },
    longEnough,
  );
});

describe('the edges of a window', () => {
  const anyDay = fc.integer({ min: 16_900, max: 20_900 }).map((days) => formatIsoDate(addDays(parseIsoDate('1970-01-01') ?? fail(), days)));
  /** Twelve months before the day after, by the clock of another library. */
  const firstDayOf = (asAt: string): string => {
    const end = new Date(`${asAt}T00:00:00Z`);
    end.setUTCDate(end.getUTCDate() + 1);
    const [year, month, day] = [end.getUTCFullYear() - 1, end.getUTCMonth(), end.getUTCDate()];
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
  };
  const isMet = (record: ReturnType<typeof aRecord>, asAt: string, id: string): boolean =>
    determine([aChild([record], { birthDate: `${String(Number(asAt.slice(0, 4)) - 14)}-01-01` })], {
      asAt,
      coverage: [],
    }).criteria.some(({ criterionId, value }) => criterionId === id && value === 'met');

  it(
    'of twelve months are the same on leap days as on any other',
    () => {
      const leapDays = fc.constantFrom('2024-02-28', '2024-02-29', '2024-03-01', '2025-02-28', '2025-03-01', '2023-02-28');
      fc.assert(
        fc.property(fc.oneof(anyDay, leapDays), (asAt) => {
          const first = firstDayOf(asAt);
          const on = [later(first, -1), first, asAt, later(asAt, 1)];
          expect(on.map((day) => isMet(aRecord('youth-justice', [offence(day)]), asAt, 'P2.H1.1'))).toEqual([false, true, true, false]);
        }),
        settings,
      );
    },
    longEnough,
  );

  it(
    'of three terms are the first day of the first and the last day of the last, whatever the day',
    () => {
      const termEnds = fc.constantFrom(
        ...usualTerms.terms.flatMap(({ to }) => [later(to, -2), later(to, -1), to]).filter((day) => day > '2016' && day < '2038'),
      );
      fc.assert(
        fc.property(fc.oneof(anyDay, termEnds), (asAt) => {
          const over = usualTerms.terms.filter(({ to }) => later(to, -1) <= asAt).toSorted((a, b) => (a.to < b.to ? -1 : 1));
          const [first, last] = [over.at(-3), over.at(-1)];
          if (!first || !last) return;
          const on = [later(first.from, -1), first.from, later(last.to, -1), last.to];
          const excluded = (day: string) =>
            aRecord('suspensions', [{ ...suspension(day), kind: 'exclusion', category: 'permanent', sessions: 0 }]);
          expect(on.map((day) => isMet(excluded(day), asAt, 'P2.H2.3'))).toEqual([false, true, true, false]);
        }),
        settings,
      );
    },
    longEnough,
  );
});

describe('strong Kleene logic', () => {
  const truths = fc.array(fc.constantFrom<Truth>('true', 'false', 'unknown'), { maxLength: 5 });
  const worlds = (values: readonly Truth[]): boolean[][] =>
    values.reduce<boolean[][]>(
      (all, value) =>
        all.flatMap((world) =>
          value === 'unknown'
            ? [
                [...world, true],
                [...world, false],
              ]
            : [[...world, value === 'true']],
        ),
      [[]],
    );
  const truthOver = (results: readonly boolean[]): Truth => (results.every(Boolean) ? 'true' : results.some(Boolean) ? 'unknown' : 'false');

  it('answers as all the ways in which the unknown could turn out agree', () => {
    fc.assert(
      fc.property(truths, (values) => {
        expect(or(values)).toBe(truthOver(worlds(values).map((world) => world.some(Boolean))));
        expect(and(values)).toBe(truthOver(worlds(values).map((world) => world.every(Boolean))));
      }),
      settings,
    );
  });
});
