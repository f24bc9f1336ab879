import { beforeAll, describe, expect, it } from 'vitest';
import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';
import type { Outcome } from '#shared/domain/eligibility/determination.ts';
import { everybodyIn, isCurrent } from '#shared/domain/families/family.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { weighUpload } from '#shared/services/weighing/weigh-upload.ts';
import { readEffect } from '#shared/services/weighing/read-effect.ts';
import { anAgreement } from '#test/support/an-agreement.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';

const asOf = '2026-11-23';
const database = useDynamoDb();
const sample = generateSampleData({ families: 40, seed: 3, asOf });
/** Taken in last: what they change about families is foreseen first. */
const last: readonly FeedId[] = ['dwp-benefits', 'school-roll'];
/** Of nobody's: every file waits for a person. */
const agreement = anAgreement({ feeds: last.map((feed) => ({ feed, columns: ['surname'], limits: { postcodes: ['ZE2'] } })) });

let ingest: IngestHarness;
let assess: AssessHarness;

const takeIn = async (uploadId: string): Promise<void> => {
  expect((await ingest.ingest(uploadId)).kind).toBe('completed');
  const messages = ingest.assessQueue.sent.splice(0);
  for (let at = 0; at < messages.length; at += 10) await assess.assess(messages.slice(at, at + 10));
};

const receive = ({ feed, agency, periodStart, periodEnd, bytes }: (typeof sample.files)[number], toWeigh: boolean) =>
  ingest.receive(
    feed,
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    { agency, periodStart, periodEnd, agreementId: agreement.agreementId },
    { toWeigh },
  );

/** Every family there is, with what it is determined to be. */
const outcomes = async (): Promise<ReadonlyMap<string, Outcome>> => {
  const ids = (await assess.summaries()).map(({ familyId }) => familyId);
  const held = await assess.ports.families.findDeterminations(ids);
  return new Map(held.flatMap(({ familyId, determination }) => (determination ? [[familyId, determination.outcome] as const] : [])));
};

/** Families of whom the file says something. */
const touchedBy = async (uploadId: string): Promise<ReadonlySet<string>> => {
  const families = await assess.ports.families.findFamilies([...(await outcomes()).keys()]);
  const people = await assess.ports.people.readPeople([...new Set(families.flatMap(everybodyIn))]);
  const touched = new Set(
    people.filter(({ records }) => records.some((record) => record.uploadId === uploadId)).map(({ profile }) => profile.personId),
  );
  return new Set(
    families.filter((family) => isCurrent(family) && everybodyIn(family).some((id) => touched.has(id))).map(({ familyId }) => familyId),
  );
};

beforeAll(async () => {
  ingest = ingestHarness(database(), undefined, () => asOf);
  assess = assessHarness(database(), asOf);
  for (const file of sample.files.filter(({ feed }) => !last.includes(feed))) await takeIn((await receive(file, false)).uploadId);
}, 120_000);

describe('What a file that waits for a person would change about families', () => {
  it.each(last)('is what taking it in changes: %s', async (feed) => {
    const file = sample.files.find((each) => each.feed === feed)!;
    const { uploadId } = await receive(file, true);
    const ports = {
      ...ingest.ports,
      weighings: ingest.weighings,
      foreseen: ingest.foreseen,
      agreements: { findAgreement: () => Promise.resolve(agreement) },
    };
    const before = await outcomes();
    const heldBefore = await heldRecords(database());
    expect((await weighUpload(ports, uploadId, { remainingMs: () => 300_000 })).kind).toBe('held');
    expect((await readEffect(ingest, uploadId)).families).toBeUndefined();
    const asked = ingest.assessQueue.sent.splice(0);
    expect(asked).toEqual([{ kind: 'foresee', uploadId }]);
    await assess.assess(asked);
    // Twice is once: the message may come again.
    await assess.assess(asked);
    expect(await heldRecords(database())).toEqual(heldBefore);
    expect(await outcomes()).toEqual(before);
    expect(await ingest.foreseen.findForeseen(uploadId)).toBeUndefined();
    const foreseen = (await ingest.weighings.findWeighing(uploadId))?.effect.families;

    const decision = { at: `${asOf}T12:00:00.000Z`, by: 'somebody', reason: 'It is right' };
    expect((await ingest.held.releaseHeldUpload(uploadId, decision)).ok).toBe(true);
    await takeIn(uploadId);
    const after = await outcomes();
    const touched = await touchedBy(uploadId);
    const gone = [...before.keys()].filter((id) => !after.has(id));
    const count = (was: readonly (Outcome | undefined)[], is: readonly (Outcome | undefined)[]): number =>
      [...touched, ...gone].filter((id) => was.includes(before.get(id)) && is.includes(after.get(id))).length;
    expect(foreseen).toMatchObject({
      founded: [...touched].filter((id) => !before.has(id)).length,
      eligible: {
        gain: count([undefined, 'not-eligible', 'cannot-tell'], ['eligible']),
        becomeUnknown: count([undefined, 'not-eligible', 'eligible'], ['cannot-tell']),
        stayUnknown: count(['cannot-tell'], ['cannot-tell']),
        becomeNot: count(['cannot-tell'], ['not-eligible', undefined]),
        lose: count(['eligible'], ['not-eligible', undefined]),
        stay: count(['eligible'], ['eligible']),
      },
    });
    expect(foreseen?.families).toBeGreaterThan(10);
    expect((foreseen?.eligible.gain ?? 0) + (foreseen?.eligible.becomeUnknown ?? 0)).toBeGreaterThan(0);
  });
});
