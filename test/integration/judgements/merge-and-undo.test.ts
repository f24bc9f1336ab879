import { beforeEach, describe, expect, it } from 'vitest';
import type { Judgement } from '#shared/domain/people/judgement.ts';
import type { Family } from '#shared/domain/families/family.ts';
import { staysAt, staysOf } from '#shared/domain/people/person-history.ts';
import { approveJudgement } from '#shared/services/judgements/approve-judgement.ts';
import { undoJudgement } from '#shared/services/judgements/undo-judgement.ts';
import { decideReview } from '#shared/services/review/decide-review.ts';
import { proposeReview } from '#shared/services/review/propose-review.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { assessHarness, type AssessHarness } from '#test/support/assess-harness.ts';
import { currentView, differences, none } from '#test/support/current-view.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { heldRecords } from '#test/support/held-records.ts';
import { ingestHarness, type IngestHarness } from '#test/support/ingest-harness.ts';
import { schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

const database = useDynamoDb();
const officer = { id: 'officer-1', roles: ['programme-officer'] as const };
const colleague = { id: 'officer-2', roles: ['programme-officer'] as const };
const said = { by: officer, reason: 'The school says so.' };

let ingest: IngestHarness;
let assess: AssessHarness;
let unit = 0;
beforeEach(() => {
  unit += 1;
  ingest = ingestHarness(database());
  assess = assessHarness(database(), '2026-03-01');
});

/** Takes in a school's file and lets the families follow. */
const receive = async (pupils: readonly Pupil[], school: string, over = {}): Promise<void> => {
  const at = `${String(unit)} Mill Lane`;
  const csv = schoolRollCsv(
    pupils.map((pupil) => ({
      line: at,
      school,
      ...pupil,
      number: `${pupil.number}${String(unit)}`,
      surname: `${pupil.surname}${'abcdefghij'[unit] ?? ''}`,
    })),
  );
  const upload = await ingest.receive('school-roll', csv, { agency: `school-${school}`, ...over });
  expect(await ingest.ingest(upload.uploadId)).toMatchObject({ kind: 'completed' });
  await settle();
};

/** Works through everything that waits. */
const settle = async (): Promise<void> => {
  const outbox = dynamoOutbox(new DocumentTable(database().client, database().tables.Records));
  for (;;) {
    const { items } = await outbox.listStale('9999', { limit: 100 });
    if (items.length === 0) return;
    await assess.assess(items.map(({ outboxId }) => ({ kind: 'outbox', outboxId })));
  }
};

const idOf = async (forename: string, school: string): Promise<string> => {
  const { records } = await heldRecords(database());
  const own = records.find(
    ({ details, agency }) =>
      details.forename === forename && agency === `school-${school}` && details.surname?.endsWith('abcdefghij'[unit] ?? ''),
  );
  if (own === undefined) throw new Error('no such pupil');
  return own.personId;
};

const familiesNow = async (): Promise<readonly Family[]> => {
  const summaries = await assess.summaries();
  return assess.ports.families.findFamilies(summaries.map(({ familyId }) => familyId));
};

const merge = async (a: string, b: string): Promise<Judgement> => {
  const review = await proposeReview(assess.ports, [a, b]);
  const { judgement } = await decideReview(assess.ports, {
    reviewId: review.reviewId,
    ifMatch: review.version,
    answer: 'same',
    word: said,
  });
  if (judgement.status === 'proposed') {
    await approveJudgement(assess.ports, {
      judgementId: judgement.judgementId,
      ifMatch: judgement.version,
      answer: 'approve',
      word: { by: colleague, reason: 'Yes.' },
    });
  }
  await settle();
  return reread(judgement);
};

const reread = async ({ judgementId }: Judgement): Promise<Judgement> => {
  const judgement = await assess.ports.judgements.findJudgement(judgementId);
  if (judgement === undefined) throw new Error('gone');
  return judgement;
};

const undo = async (judgement: Judgement): Promise<Judgement> => {
  const undone = await undoJudgement(assess.ports, { judgementId: judgement.judgementId, ifMatch: judgement.version, word: said });
  await settle();
  return reread(undone);
};

describe('two people who are one', () => {
  const twoSchools = async () => {
    await receive(
      [
        { number: 'A1', forename: 'Aoife', surname: 'Example', dob: '09/03/2015' },
        { number: 'A2', forename: 'Rhys', surname: 'Example', dob: '01/02/2012' },
      ],
      '3404001',
    );
    await receive(
      [
        { number: 'B1', forename: 'Aoife', surname: 'Exampel', dob: '09/03/2015' },
        { number: 'B2', forename: 'Tom', surname: 'Exampel', dob: '05/06/2017' },
      ],
      '3404002',
    );
    return [await idOf('Aoife', '3404001'), await idOf('Aoife', '3404002')] as const;
  };

  it('are merged with their families, and the old id leads to the person', async () => {
    const [kept, gone] = await twoSchools();
    expect(
      (await familiesNow()).filter(({ members }) => members.some(({ personId }) => personId === kept || personId === gone)),
    ).toHaveLength(2);
    const judgement = await merge(gone, kept);
    expect(judgement).toMatchObject({ status: 'applied', kind: 'same', people: [kept, gone], moved: 1 });
    expect((await assess.ports.judgements.readPerson(gone))?.profile).toMatchObject({
      recordCount: 0,
      redirect: { to: kept, judgementId: judgement.judgementId },
    });
    const whole = await assess.ports.judgements.readPerson(kept);
    expect(whole?.profile.recordCount).toBe(2);
    expect(whole?.records.map(({ because }) => because).toSorted()).toEqual(['judgement', 'no-match']);
    const [family, ...others] = (await familiesNow()).filter(({ members }) => members.some(({ personId }) => personId === kept));
    expect(others).toEqual([]);
    expect(family?.members).toHaveLength(3);
  });

  it('are two again after the undo, as if nothing had been said, byte for byte', async () => {
    const [kept, gone] = await twoSchools();
    const before = await currentView(database());
    const judgement = await merge(kept, gone);
    expect(differences(before, await currentView(database()))).not.toEqual(none);
    const undone = await undo(judgement);
    expect(undone).toMatchObject({ status: 'applied', kind: 'undo', undoes: judgement.judgementId });
    expect(await reread(judgement)).toMatchObject({ status: 'undone', undoneBy: undone.judgementId });
    expect(differences(before, await currentView(database()))).toEqual(none);
    const profiles = await Promise.all([kept, gone].map(async (id) => (await assess.ports.judgements.readPerson(id))?.profile));
    expect(profiles.map((profile) => profile?.apart?.map(({ personId }) => personId))).toEqual([[gone], [kept]]);
    expect(profiles[1]?.redirect).toBeUndefined();
  });

  it('leave behind who was in whom on which day, and why', async () => {
    const [kept, gone] = await twoSchools();
    const judgement = await merge(kept, gone);
    assess = assessHarness(database(), '2026-03-10');
    const undone = await undo(judgement);
    const past = async (personId: string, day: string) => {
      const person = await assess.ports.judgements.readPerson(personId);
      return staysAt(staysOf(person?.records ?? [], person?.departures ?? []), `${day}T00:00:00.000Z`).map(({ agency, assignment }) => [
        agency,
        assignment.because,
      ]);
    };
    expect(await past(gone, '2026-01-11')).toEqual([['school-3404002', 'no-match']]);
    expect(await past(gone, '2026-03-05')).toEqual([]);
    expect(await past(gone, '2026-03-12')).toEqual([['school-3404002', 'no-match']]);
    expect((await past(kept, '2026-03-05')).toSorted()).toEqual([
      ['school-3404001', 'no-match'],
      ['school-3404002', 'judgement'],
    ]);
    expect(await past(kept, '2026-03-12')).toEqual([['school-3404001', 'no-match']]);
    expect((await assess.ports.judgements.readPerson(gone))?.departures).toMatchObject([
      { judgementId: judgement.judgementId, to: kept, back: { judgementId: undone.judgementId } },
    ]);
  });
});
