import { cpus, loadavg } from 'node:os';
import { decideFamily } from '#shared/domain/eligibility/decide-family.ts';
import { determineOnDay, evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { prepareRules } from '#shared/domain/eligibility/prepare-rules.ts';
import type { RuleSet } from '#shared/domain/eligibility/rule-set.ts';
import { nationalProgramme } from '#shared/domain/eligibility/rule-sets/national-programme.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { count, decimal, printHeading, printTable } from './print-table.ts';
import { readSampleFamilies, type SampleFamilies } from './sample-families.ts';

/** Families a second and core that the answers alone should reach. */
const aim = 20_000;

/**
 * What a family costs DynamoDB, as `npm run bench -- ingest` measures it: `read` and `written` are those of a family assessed, which also looks for who
 * belongs to it (so the upper bound of one held against the rules anew), `passed` those of a family that a file does not concern.
 */
const units = { read: 32.46, passed: 0.14 };

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

/** Write units of a determination that says something new: itself and its copy in the history, twice for the transaction. */
const writeUnits = (sample: SampleFamilies, ruleSet: RuleSet): number => {
  const sizes = sample.families.slice(0, 200).map((family) => {
    const determination = evaluateFamily({ family, coverage: sample.coverage, ruleSet, termCalendar: usualTerms });
    return Math.ceil(Buffer.byteLength(JSON.stringify(determination)) / 1024);
  });
  return (2 * 2 * sizes.reduce((sum, size) => sum + size, 0)) / sizes.length;
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
      ruleSet.plan?.id ?? ruleSet.id,
      String(ruleSet.criteria.length),
      rate(speed.answers),
      rate(speed.explained),
      rate(speed.withChangeDay),
    ]),
  );
  printHeading(
    'All families anew, under each rule set',
    `one core, explained and with the day of the next change; ${String(units.read)} read units a family, ${String(units.passed)} where only the list is looked through;`,
    'writing only where a determination says something new: the units are those of all of them',
  );
  printTable(
    ['rule set, families', 'seconds', 'read units', 'read units, passed by', 'write units at most'],
    speeds.flatMap(({ ruleSet, speed }) => {
      const perWrite = writeUnits(sample, ruleSet);
      return [1_900, 20_000, 400_000].map((families) => [
        `${ruleSet.plan?.id ?? ruleSet.id}, ${count(families)}`,
        decimal(families * speed.withChangeDay, 1),
        count(Math.round(families * units.read)),
        count(Math.round(families * units.passed)),
        count(Math.round(families * perWrite)),
      ]);
    }),
  );
  const slow = speeds.filter(({ speed }) => 1 / speed.answers < aim);
  for (const { ruleSet, speed } of slow)
    console.log(`\n${ruleSet.id}: ${rate(speed.answers)} families a second, fewer than ${count(aim)}.`);
  return slow.length === 0;
};
