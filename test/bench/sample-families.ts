import { generateSampleData, type SampleFile } from '#infra/local/sample-data/generate-sample-data.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { dayAfter } from '#shared/domain/calendar/date-text.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';

async function* whole(file: SampleFile): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(file.bytes);
}

export interface SampleFamilies {
  readonly asAt: string;
  readonly families: readonly FamilyEvidence[];
  readonly coverage: readonly CoveredPeriod[];
  readonly facts: number;
}

/** The sample's families with the facts of every accepted row, given to the people whom the sample's own truth names. */
export const readSampleFamilies = async (families: number): Promise<SampleFamilies> => {
  const { files, truth } = generateSampleData({ families, seed: 5 });
  const records = new Map<string, EvidenceRecord[]>();
  let facts = 0;
  for (const file of files) {
    const mentions = truth.files.find((each) => each.file === file.file)?.mentions ?? [];
    const who = new Map(mentions.map(([row, subject, personId]) => [`${String(row)} ${subject}`, personId]));
    const feed = feeds[file.feed];
    for await (const event of readFile(feed, whole(file))) {
      if (event.kind !== 'row') continue;
      const reading = feed.readRow(event.cells, { start: file.periodStart, end: file.periodEnd });
      if (!reading.ok) continue;
      for (const mention of reading.mentions) {
        const personId = who.get(`${String(event.row)} ${mention.subject}`) ?? '';
        facts += mention.facts.length;
        const { agency, file: uploadId, periodEnd } = file;
        const own = records.get(personId) ?? [];
        own.push({ feed: file.feed, agency, uploadId, row: event.row, accessClass: feed.accessClass, periodEnd, facts: mention.facts });
        records.set(personId, own);
      }
    }
  }
  const persons = new Map(truth.persons.map((person) => [person.personId, person]));
  return {
    asAt: truth.asOf,
    facts,
    coverage: files.map(({ feed, agency, file, periodStart, periodEnd }) => ({
      feed,
      agency,
      uploadId: file,
      from: periodStart,
      to: dayAfter(periodEnd),
    })),
    families: truth.families.map((family) => ({
      asAt: truth.asOf,
      members: family.members.map(({ personId, role, resident }) => ({
        personId,
        birthDate: persons.get(personId)?.birthDate,
        expectedBirthDate: persons.get(personId)?.expectedBirthDate,
        parent: role === 'parent' || role === 'step-parent' || role === 'carer' || role === 'non-resident-parent',
        lives: resident ? ('in-the-household' as const) : ('elsewhere' as const),
        restricted: false,
        records: records.get(personId) ?? [],
      })),
    })),
  };
};
