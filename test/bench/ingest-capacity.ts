import { startDynamoDbLocal } from '#infra/local/dynamodb-local.ts';
import type { FeedId } from '#shared/contracts/files/feed-definition.ts';
import type { CapacityUse } from '#shared/store/capacity-meter.ts';
import { openTestDatabase } from '#test/support/dynamodb-local.ts';
import { ingestHarness } from '#test/support/ingest-harness.ts';
import { manyPupils, schoolRollCsv, type Pupil } from '#test/support/school-roll-csv.ts';

/** What a row costs, on average over a file. */
export interface RowCost {
  readonly held: number;
  readonly kind: 'new person' | 'known person';
  readonly rows: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

const rowsMeasured = 1_000;

/**
 * Requests and units per row of the ingest worker against DynamoDB Local, with so many people held already. Units are
 * counted from item sizes (`shared/store/capacity-meter.ts`); time includes the emulator, processor time does not.
 */
export const measureIngest = async (populations: readonly number[], report: (cost: RowCost) => void): Promise<void> => {
  const dynamoDb = await startDynamoDbLocal();
  try {
    const database = await openTestDatabase(dynamoDb.endpoint);
    let uses: CapacityUse[] = [];
    const harness = ingestHarness(database, { add: (use) => uses.push(use) });
    let held = 0;
    let files = 0;

    const ingest = async (feed: FeedId, csv: string, rows: number): Promise<Omit<RowCost, 'held' | 'kind'>> => {
      files += 1;
      const upload = await harness.receive(feed, csv, { agency: `agency-${String(files)}`, feed });
      uses = [];
      const cpu = process.cpuUsage();
      const started = performance.now();
      const outcome = await harness.ingest(upload.uploadId);
      const milliseconds = performance.now() - started;
      const { user, system } = process.cpuUsage(cpu);
      if (outcome.kind !== 'completed' || outcome.counts.refused > 0) throw new Error(`the file was ${outcome.kind}`);
      const perRow = (of: (use: CapacityUse) => number): number => uses.reduce((sum, use) => sum + of(use), 0) / rows;
      return {
        rows,
        requests: perRow(() => 1),
        readUnits: perRow(({ readUnits }) => readUnits),
        writeUnits: perRow(({ writeUnits }) => writeUnits),
        milliseconds: milliseconds / rows,
        cpuMilliseconds: (user + system) / 1000 / rows,
      };
    };

    for (const population of populations) {
      while (held < population) {
        const more = Math.min(5_000, population - held);
        await ingest('school-roll', schoolRollCsv(withParents(manyPupils(more, held))), more);
        held += more;
      }
      const people = manyPupils(rowsMeasured, held);
      report({ held, kind: 'new person', ...(await ingest('school-roll', schoolRollCsv(withParents(people)), rowsMeasured)) });
      report({ held, kind: 'known person', ...(await ingest('police-incidents', incidentsCsv(people), rowsMeasured)) });
      held += rowsMeasured;
    }
  } finally {
    await dynamoDb.stop();
  }
};

const withParents = (pupils: readonly Pupil[]): readonly Pupil[] => pupils.map((pupil) => ({ ...pupil, parent: `Sam ${pupil.surname}` }));

const incidentsCsv = (people: readonly Pupil[]): string =>
  [
    'incident_no,partner_person_id,role,surname,forename,dob,postcode,incident_date,asb_flag,da_flag,child_present',
    ...people.map(
      ({ number, surname, forename, dob }) => `MER-${number},N${number},victim,${surname},${forename},${dob},L36 9GL,01/10/2025,N,N,N`,
    ),
    '',
  ].join('\r\n');
