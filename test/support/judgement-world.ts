import { DocumentTable } from '#shared/store/document-table.ts';
import type { PersonWithPast } from '#shared/services/judgements/judgement-repository.ts';
import { dynamoOutbox } from '#shared/store/records/dynamo-outbox.ts';
import { assessHarness, type AssessHarness } from './assess-harness.ts';
import type { TestDatabase } from './dynamodb-local.ts';
import { heldRecords } from './held-records.ts';
import { ingestHarness, type IngestHarness } from './ingest-harness.ts';
import { schoolRollCsv, type Pupil } from './school-roll-csv.ts';

export interface JudgementWorld {
  readonly ingest: IngestHarness;
  readonly assess: AssessHarness;
  readonly ports: AssessHarness['ports'];
  /** Takes in a school's file of pupils of a street, surnames and birthdays of their own, and lets the families follow. */
  readonly receive: (pupils: readonly Pupil[], school: string) => Promise<void>;
  /** The same, and nothing follows from it yet. */
  readonly take: (pupils: readonly Pupil[], school: string) => Promise<void>;
  /** The person, or whom their id leads to. */
  readonly leadsTo: (personId: string) => Promise<string>;
  /** Works through everything that stands in the outbox. */
  readonly settle: () => Promise<void>;
  readonly person: (personId: string) => Promise<PersonWithPast>;
  /** Whom a school's newest pupil of that forename is taken to be. */
  readonly idOf: (forename: string, school: string) => Promise<string>;
  /**
   * One child of a common name, known to each school by another surname and home: two people, the older one first, each with a
   * brother or sister.
   */
  readonly oneChildTwice: () => Promise<readonly [string, string]>;
  /** Two children of one surname, birth date and home. */
  readonly twins: () => Promise<readonly [string, string]>;
  /** A child of that forename in a school of their own. */
  readonly oneMore: (forename: string) => Promise<string>;
  /** The row of the first comes again and says that it is about the second. Whom it is about now. */
  readonly becomes: (forename: string, other: string) => Promise<string>;
  /** One child in the files of two schools, rightly or wrongly one person. */
  readonly twoRowsOfOne: () => Promise<string>;
}

const first = '3404001';
const second = '3404002';
/** Seven digits, as schools have. */
const schoolOf = (forename: string): string => `34041${String(forename.charCodeAt(0))}`;

/** So unlike each other that nobody of one scene is taken for somebody of another. */
const families = [
  'Abbott',
  'Drummond',
  'Kowal',
  'Fitz',
  'Nwosu',
  'Patel',
  'Quigley',
  'Zielin',
  'Turnbull',
  'Vaughan',
  'Hargreave',
  'Mbeki',
];

/** Ingest and the assess worker over the test's own tables, with people to judge. Each new scene is about people of its own. */
export const judgementWorld = (database: TestDatabase, today: string): JudgementWorld => {
  const ingest = ingestHarness(database);
  const assess = assessHarness(database, today);
  const outbox = dynamoOutbox(new DocumentTable(database.client, database.tables.Records));
  let scene = 0;
  const family = (): string =>
    `${families[scene % families.length] ?? ''}${families[Math.floor(scene / families.length)]?.toLowerCase() ?? ''}`;
  const bornInScene = (dob: string): string => {
    const [day = 1, month = 1, year = 2015] = dob.split('/').map(Number);
    const later = Math.max(0, scene - 1);
    const digits = (part: number): string => String(part).padStart(2, '0');
    return [digits(((day - 1 + 3 * later) % 28) + 1), digits(((month - 1 + later) % 12) + 1), String(year)].join('/');
  };

  const settle = async (): Promise<void> => {
    for (;;) {
      const { items } = await outbox.listStale('9999', { limit: 100 });
      if (items.length === 0) return;
      await assess.assess(items.map(({ outboxId, uploadId }) => ({ kind: 'outbox', outboxId, uploadId })));
    }
  };
  const take = async (pupils: readonly Pupil[], school: string): Promise<void> => {
    const own = pupils.map((pupil) => ({
      line: `${String(scene)} Mill Lane`,
      school,
      ...pupil,
      number: `${pupil.number}-${String(scene)}`,
      surname: `${family()}${pupil.surname.toLowerCase()}`,
      dob: bornInScene(pupil.dob),
    }));
    const upload = await ingest.receive('school-roll', schoolRollCsv(own), { agency: `school-${String(scene)}-${school}` });
    const { kind } = await ingest.ingest(upload.uploadId);
    if (kind !== 'completed') throw new Error(`the file was ${kind}`);
  };
  const receive = async (pupils: readonly Pupil[], school: string): Promise<void> => {
    await take(pupils, school);
    await settle();
  };
  const idOf = async (forename: string, school: string): Promise<string> => {
    const { records } = await heldRecords(database);
    const own = records.find(({ details, agency }) => details.forename === forename && agency === `school-${String(scene)}-${school}`);
    if (own === undefined) throw new Error('no such pupil');
    return own.personId;
  };
  const person = async (personId: string): Promise<PersonWithPast> => {
    const found = await assess.ports.judgements.readPerson(personId);
    if (found === undefined) throw new Error('no such person');
    return found;
  };
  const leadsTo = async (personId: string): Promise<string> => {
    const { redirect } = (await person(personId)).profile;
    return redirect === undefined ? personId : leadsTo(redirect.to);
  };
  return {
    ingest,
    take,
    leadsTo,
    assess,
    ports: assess.ports,
    receive,
    settle,
    person,
    idOf,
    oneChildTwice: async () => {
      scene += 1;
      const child = { forename: 'Olivia', dob: '09/03/2015' };
      const elsewhere = { surname: 'Other', line: `${String(scene)} Far Street`, postcode: 'L34 1AA' };
      await receive(
        [
          { ...child, number: 'A1', surname: 'Example' },
          { number: 'A2', surname: 'Example', forename: 'Rhys', dob: '01/02/2012' },
        ],
        first,
      );
      await receive(
        [
          { ...child, ...elsewhere, number: 'B1' },
          { ...elsewhere, number: 'B2', forename: 'Tom', dob: '05/06/2017' },
        ],
        second,
      );
      return [await idOf('Olivia', first), await idOf('Olivia', second)];
    },
    twins: async () => {
      scene += 1;
      const dob = '09/03/2015';
      await receive([{ number: 'A1', surname: 'Example', forename: 'Aoife', dob }], first);
      await receive([{ number: 'B1', surname: 'Example', forename: 'Niamh', dob }], second);
      return [await idOf('Aoife', first), await idOf('Niamh', second)];
    },
    oneMore: async (forename) => {
      await receive([{ number: 'A1', surname: `Of${forename}`, forename, dob: '09/03/2015' }], schoolOf(forename));
      return idOf(forename, schoolOf(forename));
    },
    becomes: async (forename, other) => {
      await receive([{ number: 'A1', surname: `Of${other}`, forename: other, dob: '09/03/2015' }], schoolOf(forename));
      return idOf(other, schoolOf(forename));
    },
    twoRowsOfOne: async () => {
      scene += 1;
      const pupil = { surname: 'Example', forename: 'Aoife', dob: '09/03/2015' };
      await receive([{ ...pupil, number: 'A1' }], first);
      await receive([{ ...pupil, number: 'B1' }], second);
      return idOf('Aoife', first);
    },
  };
};
