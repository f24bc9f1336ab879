import { formatIsoDate, parseIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { assessFamily, type Evidence } from './evidence.ts';
import type { FeedWriter } from './feed-writer.ts';
import { childrensSocialCareWriter, maracWriter } from './feeds/care.ts';
import { schoolAttendanceWriter } from './feeds/school-attendance.ts';
import { schoolRollWriter } from './feeds/school-roll.ts';
import { suspensionsWriter } from './feeds/suspensions.ts';
import { adultHealthWriter, healthVisitingWriter } from './feeds/health.ts';
import { policeIncidentsWriter, youthJusticeWriter } from './feeds/justice.ts';
import { dwpBenefitsWriter, homelessnessWriter, housingArrearsWriter } from './feeds/living.ts';
import type { SampleFamily, SamplePerson } from './model.ts';
import { planFamilies } from './planned-family.ts';
import { seededRandom } from './random.ts';
import { completedSchoolTerms } from './school-terms.ts';
import { aboutTruth, truthFamily, truthPerson, type Truth, type TruthFile } from './truth.ts';
import { writeFeedFile } from './write-feed-file.ts';

/** The day for which the sample is made unless another is asked for: fixed, so that the files never depend on today. */
export const defaultAsOf = '2026-09-30';

interface SampleOptions {
  /** How many families; a parent with a second household of their own may bring one more. */
  readonly families: number;
  readonly seed: number;
  /** ISO date; the files are extracts of this day. */
  readonly asOf?: string;
}

/** What a sender says about a file when sending it. */
export interface ManifestEntry {
  readonly file: string;
  readonly agency: string;
  readonly feed: FeedId;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly agreement: string;
  readonly rows: number;
}

export interface SampleFile extends ManifestEntry {
  readonly bytes: Uint8Array;
}

export interface SampleData {
  readonly files: readonly SampleFile[];
  readonly truth: Truth;
}

const feedWriters: readonly FeedWriter[] = [
  schoolRollWriter,
  schoolAttendanceWriter,
  suspensionsWriter,
  policeIncidentsWriter,
  youthJusticeWriter,
  dwpBenefitsWriter,
  housingArrearsWriter,
  homelessnessWriter,
  childrensSocialCareWriter,
  maracWriter,
  healthVisitingWriter,
  adultHealthWriter,
];

/**
 * An invented borough's families and the files that twelve partners would send about them. The same options give the
 * same bytes.
 * @throws RangeError where an option makes no sense.
 */
export const generateSampleData = ({ families: wanted, seed, asOf: asOfText = defaultAsOf }: SampleOptions): SampleData => {
  const asOf = parseIsoDate(asOfText);
  if (asOf === undefined) throw new RangeError('asOf must be a real date, YYYY-MM-DD');
  if (!Number.isInteger(wanted) || wanted < 1) throw new RangeError('families must be a whole number, 1 or more');
  const root = seededRandom(`${String(seed)}/${asOfText}`);
  const planned = planFamilies(root, wanted, asOf);
  const homes = new Map<string, SampleFamily>();
  for (const { family } of planned) {
    for (const { person, resident } of family.members) if (resident || !homes.has(person.personId)) homes.set(person.personId, family);
  }

  const evidenceOf = new Map<string, Evidence[]>();
  const mentionsOf = new Map<string, number>();
  const files: SampleFile[] = [];
  const truthFiles: TruthFile[] = [];
  for (const writer of feedWriters) {
    const period = writer.period(asOf);
    const file = `${writer.feed}.csv`;
    const written = writeFeedFile({ writer, planned, homes, asOf, root, file });
    files.push({
      file,
      agency: writer.agency,
      feed: writer.feed,
      periodStart: period.start,
      periodEnd: period.end,
      agreement: writer.agreement,
      rows: written.rows,
      bytes: written.bytes,
    });
    truthFiles.push(written.truth);
    for (const each of written.evidence) evidenceOf.set(each.personId, [...(evidenceOf.get(each.personId) ?? []), each]);
    for (const [, , personId] of written.truth.mentions) mentionsOf.set(personId, (mentionsOf.get(personId) ?? 0) + 1);
  }

  const terms = completedSchoolTerms(asOf, 3);
  const dates = { asOf, schoolYear: { from: terms[0]?.from ?? asOf, to: terms.at(-1)?.to ?? asOf } };
  const people = new Map<string, { readonly person: SamplePerson; readonly familyIds: string[] }>();
  for (const { family } of planned) {
    for (const { person } of family.members) {
      const known = people.get(person.personId);
      if (known) known.familyIds.push(family.familyId);
      else people.set(person.personId, { person, familyIds: [family.familyId] });
    }
  }
  const truth: Truth = {
    about: aboutTruth,
    seed,
    asOf: formatIsoDate(asOf),
    neverJoin: planned.flatMap(({ family }) =>
      family.sealedFrom === undefined ? [] : family.members.map(({ person }) => [person.personId, family.sealedFrom ?? ''] as const),
    ),
    persons: [...people.values()].map(({ person, familyIds }) => truthPerson(person, familyIds, mentionsOf.get(person.personId) ?? 0)),
    families: planned.map(({ family, threshold }) => truthFamily(family, assessFamily(family, evidenceOf, dates), asOf, threshold)),
    files: truthFiles,
  };
  return { files, truth };
};
