import { beforeAll, describe, expect, it } from 'vitest';
import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';
import type { Truth } from '#infra/local/sample-data/truth.ts';
import type { Family } from '#shared/domain/families/family.ts';
import type { FamilySummary } from '#shared/services/families/family-repository.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';

const asOf = '2026-11-23';
const database = useDynamoDb();

let truth: Truth;
let assess: AssessHarness;
let families: readonly Family[];
let summaries: ReadonlyMap<string, FamilySummary>;
/** Who each person held is in truth: the person of most of their rows. */
const truePerson = new Map<string, string>();
/** People held with rows of more than one. */
const mixed: string[] = [];

beforeAll(async () => {
  const ingest = ingestHarness(database());
  assess = assessHarness(database(), asOf);
  const sample = generateSampleData({ families: 60, seed: 1, asOf });
  truth = sample.truth;
  const rows = new Map<string, string>();
  const fileOf = new Map(truth.files.map((file) => [file.file, file]));
  for (const { file, feed, agency, periodStart, periodEnd, bytes } of sample.files) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const { uploadId } = await ingest.receive(feed, text, { agency, periodStart, periodEnd });
    await ingest.ingest(uploadId);
    for (const [row, subject, personId] of fileOf.get(file)?.mentions ?? []) rows.set(`${uploadId} ${String(row)} ${subject}`, personId);
    const messages = ingest.assessQueue.sent.splice(0);
    for (let at = 0; at < messages.length; at += 10) await assess.assess(messages.slice(at, at + 10));
  }
  summaries = new Map((await assess.summaries()).map((summary) => [summary.familyId, summary]));
  families = await assess.ports.families.findFamilies([...summaries.keys()]);
  for (const personId of new Set(families.flatMap(({ members }) => members.map((member) => member.personId)))) {
    const votes = new Map<string, number>();
    const [person] = await assess.ports.people.readPeople([personId]);
    for (const { uploadId, row, subject } of person?.records ?? []) {
      const named = rows.get(`${uploadId} ${String(row)} ${subject}`);
      if (named !== undefined) votes.set(named, (votes.get(named) ?? 0) + 1);
    }
    const [most] = [...votes].toSorted((a, b) => b[1] - a[1]);
    if (most) truePerson.set(personId, most[0]);
    if (votes.size > 1) mixed.push(personId);
  }
}, 180_000);

const residents = (family: Family): string[] => [
  ...new Set(family.members.filter(({ lives }) => lives === 'in-the-household').flatMap(({ personId }) => truePerson.get(personId) ?? [])),
];

/** Families of the truth with a dependent child, each with the family held that has most of its people. */
const pairs = () => {
  const mentioned = new Set(truth.persons.filter(({ mentions }) => mentions > 0).map(({ personId }) => personId));
  return truth.families.flatMap((family) => {
    const home = family.members.filter(({ personId, resident }) => resident && mentioned.has(personId)).map(({ personId }) => personId);
    if (!family.hasDependentChild || home.length === 0) return [];
    const [best] = families
      .map((held) => ({ held, together: residents(held).filter((personId) => home.includes(personId)).length }))
      .toSorted((a, b) => b.together - a.together);
    return [{ family, home, held: best === undefined || best.together === 0 ? undefined : best.held }];
  });
};

describe('an invented borough, through ingest and assessment', () => {
  it('nobody has rows of two people', () => {
    expect(truePerson.size).toBeGreaterThan(100);
    expect(mixed).toEqual([]);
  });

  it('no family is found eligible that is not', () => {
    const wrong = pairs().filter(({ family, held }) => !family.eligible && held && summaries.get(held.familyId)?.outcome === 'eligible');
    expect(wrong.map(({ family }) => family.familyId)).toEqual([]);
  });

  it('most eligible families are found, although whom no file ties to a child stays outside', () => {
    const eligible = pairs().filter(({ family }) => family.eligible);
    const found = eligible.filter(({ held }) => held && summaries.get(held.familyId)?.outcome === 'eligible');
    expect(eligible.length).toBeGreaterThan(15);
    expect(found.length / eligible.length).toBeGreaterThan(0.7);
  });

  it('two households in three are exactly right', () => {
    const all = pairs();
    const right = all.filter(({ home, held }) => held && residents(held).toSorted().join() === home.toSorted().join());
    expect(right.length / all.length).toBeGreaterThan(0.66);
  });

  it('no household holds people of two families that live apart', () => {
    const familyOf = new Map(
      truth.families.flatMap(({ familyId, members }) =>
        members.filter(({ resident }) => resident).map(({ personId }) => [personId, familyId] as const),
      ),
    );
    const mixed = families.filter((family) => new Set(residents(family).map((personId) => familyOf.get(personId) ?? personId)).size > 1);
    expect(mixed.length).toBeLessThanOrEqual(families.length * 0.03);
  });

  it('everybody lives in one family at most', () => {
    const home = families.flatMap(({ members }) =>
      members.filter(({ lives }) => lives === 'in-the-household').map(({ personId }) => personId),
    );
    expect(new Set(home).size).toBe(home.length);
  });
});
