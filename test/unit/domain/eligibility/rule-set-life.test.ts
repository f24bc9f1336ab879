import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inheritSignOffs } from '#shared/domain/eligibility/life/inherit-sign-offs.ts';
import { compareRuleSets } from '#shared/domain/eligibility/life/compare-rule-sets.ts';
import {
  approveRuleSet,
  draftRuleSet,
  openSignOffs,
  retireRuleSet,
  ruleSetVersionSchema,
  signOffCriterion,
  standingOn,
  type LifeStep,
  type RuleSetVersion,
} from '#shared/domain/eligibility/life/rule-set-version.ts';
import { layPlan, localPlanSchema } from '#shared/domain/eligibility/local-plan.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { ruleSetSchema, type RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';
import { supportingFamiliesSixHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-six-headings.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { troubledFamiliesExpanded } from '#shared/domain/eligibility/rule-sets/troubled-families-expanded.ts';
import { troubledFamiliesPhase1 } from '#shared/domain/eligibility/rule-sets/troubled-families-phase-1.ts';
import { aChild, aParent, aRecord, abuse, askedAboutBenefits, attendance, criterion, determine, inNeed } from './builders.ts';

const hashOf = (ruleSet: RuleSet): string => createHash('sha256').update(canonicalJson(ruleSet)).digest('hex');
const today = '2026-11-23';
const by = (name: string) => ({ by: name, at: '2026-11-23T09:00:00.000Z' });

const next: RuleSet = {
  ...familiesFirst,
  version: '2027-04-01',
  period: { ...familiesFirst.period, effectiveFrom: '2027-04-01', effectiveTo: '2028-04-01' },
};
const draft = (ruleSet = next): RuleSetVersion => draftRuleSet(ruleSet, hashOf(ruleSet), by('author'));
const approve = (version: RuleSetVersion, who = 'manager', others: readonly RuleSetVersion[] = []): LifeStep =>
  approveRuleSet(version, by(who), { read: version.sha256, today, others });
const approved = (version = draft()): RuleSetVersion => {
  const step = approve(version);
  if (!step.ok) throw new Error(step.refusal);
  return step.version;
};

describe('The life of a rule set', () => {
  it('goes from draft to approved, and is in force from its first day to before its last', () => {
    expect(standingOn(draft(), '2027-06-01')).toBe('draft');
    expect(['2027-03-31', '2027-04-01', '2028-03-31', '2028-04-01'].map((day) => standingOn(approved(), day))).toEqual([
      'approved',
      'in-force',
      'in-force',
      'retired',
    ]);
  });

  it('comes out of a file as it went in', () => {
    expect(ruleSetVersionSchema.parse(JSON.parse(JSON.stringify(approved())))).toEqual(approved());
  });

  it('needs two people', () => {
    expect(approve(draft(), 'author')).toEqual({ ok: false, refusal: 'approver-is-author' });
  });

  it('is approved as it was read', () => {
    expect(approveRuleSet(draft(), by('manager'), { read: 'another hash', today, others: [] })).toEqual({
      ok: false,
      refusal: 'content-changed',
    });
  });

  it('does not begin in the past, and does not begin twice', () => {
    const past = draft({ ...next, period: { ...next.period, effectiveFrom: '2026-11-22' } });
    expect(approve(past)).toEqual({ ok: false, refusal: 'takes-effect-in-the-past' });
    expect(approve(approved())).toEqual({ ok: false, refusal: 'not-a-draft' });
  });

  it('does not overlap with rules that are approved, but may follow them to the day', () => {
    const until = (effectiveTo: string) => approved(draft({ ...next, period: { ...next.period, effectiveFrom: today, effectiveTo } }));
    expect(approve(draft(), 'manager', [until('2027-04-02')])).toEqual({ ok: false, refusal: 'overlaps-rules-in-force' });
    expect(approve(draft(), 'manager', [until('2027-04-01')]).ok).toBe(true);
    expect(approve(draft(), 'manager', [draft()]).ok).toBe(true);
  });

  it('can end early, on a day to come', () => {
    const end = (version: RuleSetVersion, on: string): LifeStep =>
      retireRuleSet(version, by('manager'), { on, because: 'New guidance', today });
    const ended = end(approved(), '2027-09-01');
    if (!ended.ok) throw new Error(ended.refusal);
    expect(['2027-08-31', '2027-09-01'].map((day) => standingOn(ended.version, day))).toEqual(['in-force', 'retired']);
    expect(end(approved(), '2026-11-22')).toEqual({ ok: false, refusal: 'ends-in-the-past' });
    expect(end(ended.version, '2027-10-01')).toEqual({ ok: false, refusal: 'already-ended' });
    expect(end(approved(), '2028-04-01')).toEqual({ ok: false, refusal: 'already-ended' });
  });

  it('lets a named person answer for an unconfirmed criterion, while it is a draft, and becomes other content by it', () => {
    const signOff = { signedOffBy: { name: 'A. Manager', office: 'Head of Early Help', on: today }, act: by('manager') };
    expect(openSignOffs(next)).toContain('SF.1.1');
    const step = signOffCriterion(draft(), 'SF.1.1', signOff, hashOf);
    if (!step.ok) throw new Error(step.refusal);
    expect(openSignOffs(step.version.ruleSet)).not.toContain('SF.1.1');
    expect(step.version.sha256).not.toBe(draft().sha256);
    expect(signOffCriterion(step.version, 'SF.1.1', signOff, hashOf)).toEqual({ ok: false, refusal: 'nothing-to-sign-off' });
    expect(signOffCriterion(approved(), 'SF.1.2', signOff, hashOf)).toEqual({ ok: false, refusal: 'not-a-draft' });
  });

  it('lets a named person answer for the weeks in work; a plan that leaves them as they are keeps that', () => {
    const signedOffBy = { name: 'A. Manager', office: 'Head of Early Help', on: today };
    const version = draftRuleSet(troubledFamiliesExpanded, hashOf(troubledFamiliesExpanded), by('author'));
    expect(openSignOffs(version.ruleSet)).toContain('claims.employment');
    const step = signOffCriterion(version, 'claims.employment', { signedOffBy, act: by('manager') }, hashOf);
    if (!step.ok) throw new Error(step.refusal);
    const { ruleSet } = step.version;
    expect(openSignOffs(ruleSet)).not.toContain('claims.employment');
    expect(step.version.sha256).toBe(hashOf(ruleSet));
    expect(ruleSet.criteria).toEqual(troubledFamiliesExpanded.criteria);

    expect(inheritSignOffs(troubledFamiliesExpanded, ruleSet).claims.employment?.signedOffBy).toEqual(signedOffBy);
    const { employment } = troubledFamiliesExpanded.claims;
    const shorter = { ...troubledFamiliesExpanded, claims: { ...ruleSet.claims, employment: employment && { ...employment, weeks: 13 } } };
    expect(inheritSignOffs(shorter, ruleSet).claims.employment).not.toHaveProperty('signedOffBy');
    expect(inheritSignOffs(ruleSet, undefined).claims.employment).not.toHaveProperty('signedOffBy');
  });
});

describe('The difference of two rule sets', () => {
  it('is each change by itself, with the criterion it is about', () => {
    const changes = compareRuleSets(troubledFamiliesExpanded, supportingFamiliesSixHeadings);
    expect(changes.find(({ path }) => path === 'version')?.says).toBe('version: "2015-04-01" becomes "2021-04-01".');
    expect(changes.find(({ criterionId }) => criterionId === 'P2.H2.1')?.says).toMatch(/left out\.$/);
    expect(changes.filter(({ criterionId }) => criterionId === 'P2.H1.1')).toEqual([]);
  });

  it('is none between a rule set and itself, and one where a threshold moves', () => {
    const moved = structuredClone(supportingFamiliesSixHeadings);
    const way = moved.criteria.find(({ id }) => id === 'P2.H2.2')?.ways[0];
    if (way?.measure.kind !== 'count') throw new Error('not a count');
    way.measure.atLeast = 4;
    expect(compareRuleSets(moved, structuredClone(moved))).toEqual([]);
    expect(compareRuleSets(supportingFamiliesSixHeadings, moved)).toEqual([
      {
        path: 'criteria.P2.H2.2.ways.0.measure.atLeast',
        criterionId: 'P2.H2.2',
        before: '3',
        after: '4',
        says: 'P2.H2.2, ways.0.measure.atLeast: 3 becomes 4.',
      },
    ]);
  });
});

describe('The national programme', () => {
  it('has exactly one rule set on every day since April 2012', () => {
    for (const [index, { period }] of nationalProgramme.entries()) {
      expect(period.effectiveTo).toBe(nationalProgramme[index + 1]?.period.effectiveFrom);
    }
    expect(nationalProgramme[0]?.period.effectiveFrom).toBe('2012-04-01');
  });

  it('asks for what the texts ask for', () => {
    expect(
      nationalProgramme.map(({ id, entry }) => [id, entry.count, entry.count === 'core-or-discretion' ? entry.core : entry.atLeast]),
    ).toEqual([
      ['troubled-families-phase-1', 'core-or-discretion', ['A', 'B', 'C']],
      ['troubled-families-expanded', 'headings', 2],
      ['supporting-families-six-headings', 'headings', 2],
      ['supporting-families-ten-headings', 'needs', 3],
      ['families-first', 'needs', 1],
    ]);
    expect(nationalProgramme.map(({ claims }) => claims.kinds)).toEqual([
      ['turned-around', 'continuous-employment'],
      ['significant-and-sustained-progress', 'continuous-employment'],
      ['significant-and-sustained-progress', 'continuous-employment'],
      ['successful-outcome'],
      [],
    ]);
  });

  it('keeps every criterion cited, every unconfirmed one unsigned, and every sentence whole', () => {
    for (const { id, criteria } of nationalProgramme) {
      for (const { citation, outcome, question, says, signedOffBy } of criteria) {
        expect(citation.source.length, id).toBeGreaterThan(10);
        expect(outcome.citation.source.length, id).toBeGreaterThan(10);
        expect(signedOffBy).toBeUndefined();
        expect(question).toMatch(/^[A-Z].*\?$/);
        for (const sentence of Object.values(says)) expect(sentence).toMatch(/^[A-Z].*[^ ]\.$/);
      }
    }
    // Chapter 3 of the guidance was not read: not one of its needs may drive a claim yet.
    expect(openSignOffs(supportingFamiliesTenHeadings)).toHaveLength(35);
    expect(openSignOffs(troubledFamiliesPhase1)).toEqual([
      'P1.D.cin',
      'P1.D.abuse',
      'P1.D.health',
      'P1.D.home',
      'P1.D.nominated',
      'claims.employment',
    ]);
  });
});

describe('A council’s plan', () => {
  const plan = (change: object) =>
    localPlanSchema.parse({
      id: 'a-plan',
      version: '2026-12-01',
      council: 'A council',
      over: { id: knowsleySixHeadings.id, version: knowsleySixHeadings.version },
      changes: {},
      adds: [],
      leavesOut: [],
      ...change,
    });
  const laid = (change: object): RuleSet => {
    const outcome = layPlan(knowsleySixHeadings, plan(change));
    if (!outcome.ok) throw new Error(outcome.problems.join(' '));
    return outcome.ruleSet;
  };
  const way = knowsleySixHeadings.criteria.find(({ id }) => id === 'P2.H2.1')?.ways[0];

  it('changes what it says and nothing else', () => {
    const mean = { kind: 'session-rate', reading: 'mean-of-terms', sessions: 'unauthorised', op: 'more-than', percent: 10 };
    const ruleSet = laid({ changes: { 'P2.H2.1': { ways: [{ ...way, measure: mean }] } } });
    expect(compareRuleSets({ ...knowsleySixHeadings, plan: undefined }, { ...ruleSet, plan: undefined }).map(({ path }) => path)).toEqual([
      'criteria.P2.H2.1.ways.0.measure.reading',
    ]);
    // 5 of 10, 0 of 100, 0 of 100: pooled 2.4%, the mean of the terms 16.7%.
    const child = aChild([
      aRecord('school-attendance', [attendance('autumn', 5, 10), attendance('spring', 0, 100), attendance('summer', 0, 100)]),
    ]);
    expect(criterion(determine([child]), 'P2.H2.1').value).toBe('not-met');
    expect(criterion(determine([child], { ruleSet }), 'P2.H2.1').value).toBe('met');
  });

  type Row = readonly [string, readonly [number, number], readonly [number, number], readonly [number, number], string];
  it.each<Row>([
    ['exactly 10% on average', [20, 100], [5, 100], [5, 100], 'not-met'],
    ['a session more', [20, 100], [6, 100], [5, 100], 'met'],
    ['a third of a per cent, in odd denominators', [1, 3], [1, 7], [0, 11], 'met'],
    ['10% in odd denominators: 3 of 30, 7 of 70, 11 of 110', [3, 30], [7, 70], [11, 110], 'not-met'],
  ])('can ask for the mean of the terms: %s', (_, autumn, spring, summer, value) => {
    const mean = { kind: 'session-rate', reading: 'mean-of-terms', sessions: 'unauthorised', op: 'more-than', percent: 10 };
    const ruleSet = laid({ changes: { 'P2.H2.1': { ways: [{ ...way, measure: mean }] } } });
    const child = aChild([
      aRecord('school-attendance', [
        attendance('autumn', autumn[0], autumn[1]),
        attendance('spring', spring[0], spring[1]),
        attendance('summer', summer[0], summer[1]),
      ]),
    ]);
    expect(criterion(determine([child], { ruleSet }), 'P2.H2.1').value).toBe(value);
  });

  it('can ask for needs in different headings', () => {
    const national = supportingFamiliesTenHeadings;
    const inForce = { ...national.period, effectiveTo: undefined };
    const entry = (distinctHeadings: boolean) => ({ ...national.entry, distinctHeadings });
    const outcome = (distinctHeadings: boolean) =>
      determine(
        [
          aChild([
            aRecord('childrens-social-care', [inNeed('2026-01-01')]),
            aRecord('domestic-abuse-marac', [abuse('2026-09-01', 'child-affected')]),
          ]),
          aParent([aRecord('domestic-abuse-marac', [abuse('2026-09-01')]), askedAboutBenefits()]),
        ],
        { ruleSet: ruleSetSchema.parse({ ...national, period: inForce, entry: entry(distinctHeadings) }) },
      );
    expect(outcome(false)).toMatchObject({ outcome: 'eligible', needed: { count: 3, of: 'needs' } });
    expect(outcome(true)).toMatchObject({ outcome: 'cannot-tell', needed: { count: 3, of: 'headings' } });
  });

  it('is refused where it speaks of what is not there, or is of another rule set', () => {
    expect(layPlan(knowsleySixHeadings, plan({ changes: { 'P9.H9.9': {} } }))).toEqual({
      ok: false,
      problems: ['The plan speaks of P9.H9.9, which supporting-families-six-headings has not.'],
    });
    expect(layPlan(familiesFirst, plan({})).ok).toBe(false);
    const leavesOut = knowsleySixHeadings.criteria.map(({ id, citation }) => ({ id, because: 'Local decision', citation }));
    expect(layPlan(knowsleySixHeadings, plan({ leavesOut })).ok).toBe(false);
  });
});
