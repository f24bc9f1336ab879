import { cpus, loadavg } from 'node:os';
import { decideFamily } from '#shared/domain/eligibility/decide-family.ts';
import { determineOnDay, evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { prepareRules } from '#shared/domain/eligibility/prepare-rules.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { measureAssessmentCosts } from './assessment-cost.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';
import { readSampleFamilies, type SampleFamilies } from './sample-families.ts';

/** Families a second and core that the answers alone should reach. */
const aim = 20_000;

const nameOf = ({ plan, id }: RuleSet): string => plan?.id ?? id;

/** Processor seconds of doing something with every family, so often that it takes long enough to measure; per family. */
const secondsFor = (families: readonly FamilyEvidence[], atLeast: number, act: (family: FamilyEvidence) => unknown): number => {
  // Until the compiler has settled.
  for (let round = 0; round < 10; round += 1) for (const family of families) act(family);
  let done = 0;
  const before = process.cpuUsage();
  for (;;) {
    for (const family of families) act(family);
    done += families.length;
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds >= atLeast) return seconds / done;
  }
};

interface Speed {
  readonly answers: number;
  readonly explained: number;
  readonly withChangeDay: number;
}

const speedOf = (ruleSet: RuleSet, { families, coverage, asAt }: SampleFamilies, atLeast: number): Speed => {
  const rules = prepareRules({ asAt, coverage, ruleSet, termCalendar: usualTerms });
  return {
    answers: secondsFor(families, atLeast, (family) => decideFamily(family, rules)),
    explained: secondsFor(families, atLeast, (family) => determineOnDay(family, rules)),
    withChangeDay: secondsFor(families, atLeast, (family) => evaluateFamily({ family, coverage, ruleSet, termCalendar: usualTerms })),
  };
};

/** Prints what holding families against the rules costs; false where the answers alone are slower than the aim. */
export const benchEligibility = async ({ quick }: { readonly quick: boolean }): Promise<boolean> => {
  const sample = await readSampleFamilies(quick ? 200 : 1_000);
  const members = sample.families.reduce((sum, family) => sum + family.members.length, 0);
  console.log(
    `Eligibility, ${quick ? 'quick' : 'full'} sizes, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${String(cpus().length)} cores, load ${decimal(loadavg()[0] ?? 0, 1)}`,
  );
  printHeading(
    'Families a second and core',
    `${count(sample.families.length)} sample families, ${count(members)} members, ${count(sample.facts)} facts, ${count(sample.coverage.length)} files; processor time, one thread`,
  );
  const speeds = [...nationalProgramme, knowsleySixHeadings].map((ruleSet) => ({
    ruleSet,
    speed: speedOf(ruleSet, sample, quick ? 0.3 : 2),
  }));
  const rate = (seconds: number): string => count(Math.round(1 / seconds));
  printTable(
    ['rule set', 'criteria', 'answers', 'explained', 'and when it changes'],
    speeds.map(({ ruleSet, speed }) => [
      nameOf(ruleSet),
      String(ruleSet.criteria.length),
      rate(speed.answers),
      rate(speed.explained),
      rate(speed.withChangeDay),
    ]),
  );
  const cost = await measureAssessmentCosts(
    await readSampleFamilies(quick ? 40 : 300),
    speeds.map(({ ruleSet }) => ruleSet),
  );
  printHeading(
    'What one family costs DynamoDB',
    `the worker's own use cases, ${count(cost.families)} families of the sample; write units of transactions from item sizes`,
    `nothing new under the same rules: ${decimal(cost.same.readUnits)} read and ${decimal(cost.same.writeUnits)} write units; only passed by: ${decimal(cost.passed.readUnits)} read units`,
    `a case: ${decimal(cost.perCase)} write units (in the figures; ${count(cost.cases)} of the families have one)`,
  );
  printTable(
    ['determined otherwise, under', 'requests', 'read units', 'write units', 'of them sealing'],
    cost.changed.map(({ ruleSet, requests, readUnits, writeUnits, sealing }) => [
      nameOf(ruleSet),
      decimal(requests),
      decimal(readUnits),
      decimal(writeUnits),
      decimal(sealing),
    ]),
  );
  printHeading(
    'All families anew, under each rule set',
    'one core, explained and with the day of the next change; units of one family, measured above, times the families:',
    'at most where every determination says something new, at least where none does',
  );
  printTable(
    ['rule set, families', 'seconds', 'read units', 'passed by', 'write units at least', 'at most'],
    speeds.flatMap(({ ruleSet, speed }) => {
      const own = cost.changed.find((each) => each.ruleSet === ruleSet) ?? cost.same;
      const all = (families: number, units: number): string => count(Math.round(families * units));
      return [1_900, 20_000, 400_000].map((families) => [
        `${nameOf(ruleSet)}, ${count(families)}`,
        decimal(families * speed.withChangeDay, 1),
        all(families, own.readUnits),
        all(families, cost.passed.readUnits),
        all(families, cost.same.writeUnits),
        all(families, own.writeUnits),
      ]);
    }),
  );
  const slow = speeds.filter(({ speed }) => 1 / speed.answers < aim);
  for (const { ruleSet, speed } of slow)
    console.log(`\n${ruleSet.id}: ${rate(speed.answers)} families a second, fewer than ${count(aim)}.`);
  return slow.length === 0;
};
