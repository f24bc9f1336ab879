import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import { groupsOf } from '../../domain/groups-of.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox, OutboxEntry } from '../outbox/outbox.ts';
import { applyJudgement } from '../judgements/apply-judgement.ts';
import type { ApplyPorts } from '../judgements/apply-ports.ts';
import { rollOutRules } from '../rules/roll-out.ts';
import type { RuleSetRepository } from '../rules/rule-set-repository.ts';
import { workOutWhatIf, type WorkOutPorts } from '../what-if/work-out-what-if.ts';
import { openReviews, type OpenReviewsPorts } from '../review/open-reviews.ts';
import { assessPeople, mostPeopleAtOnce, type Assessed, type AssessPorts } from './assess-people.ts';
import { foreseeFamilies, type ForeseeFamiliesPorts } from './foresee-families.ts';
import { assessCoverage, assessRules } from './pass-families.ts';
import { announceDueFamilies, reassessFamilies } from './reassess-families.ts';
import { peopleIn, type FamilyNotes } from './restore-families.ts';

export interface AssessMessagesPorts extends WorkOutPorts, ForeseeFamiliesPorts {
  readonly outbox: Pick<Outbox, 'findAll' | 'remove' | 'addFragment' | 'isWorkLeft'>;
  readonly uploads: AssessedUploads;
  readonly ruleSets: RuleSetRepository;
  readonly queue: MessageQueue<AssessMessage>;
  /** What carries out judgements about people, and asks for them. */
  readonly judging: ApplyPorts & OpenReviewsPorts;
}

export interface AssessedUploads {
  /** Of a completed upload; of any other nothing is noted. */
  readonly noteAssessed: (uploadId: string, at: string) => Promise<void>;
}

export interface AssessBatch {
  readonly outboxes: number;
  readonly people: number;
  readonly families: number;
  readonly written: number;
  readonly conflicts: number;
}

/** A worker that has less left than this hands over instead of starting another page. */
const leastRemainingMs = 10_000;

const mostFamiliesAtOnce = 100;

/**
 * One batch of the assess queue. The people of all outbox entries are assessed together, each once; an entry is removed
 * when its work is done, so that the sweep sends it again until then. Coverage passes hand over to a message of their own
 * before the time is up. Throws where the batch has to come back.
 */
export const assessMessages = async (
  ports: AssessMessagesPorts,
  messages: readonly AssessMessage[],
  remainingMs: () => number,
): Promise<AssessBatch> => {
  const hasTime = (): boolean => remainingMs() > leastRemainingMs;
  const entries = await ports.outbox.findAll(messages.flatMap((message) => (message.kind === 'outbox' ? [message] : [])));
  const notes = await notesOf(ports, entries);
  const people = [...new Set([...entries.flatMap(({ work }) => (work.kind === 'people' ? work.personIds : [])), ...peopleIn(notes)])];
  const assessed = await assessInGroups(ports, people, notes);
  if (people.length > 0) await openReviews(ports.judging, people);
  const passes = [
    ...messages.filter((message) => message.kind === 'coverage'),
    ...entries.flatMap(({ work }) => (work.kind === 'coverage' ? [{ kind: 'coverage' as const, epoch: work.epoch }] : [])),
  ];
  let { families, written } = assessed;
  // Of several passes the newest does the work of all that have not begun.
  for (const pass of newestOf(passes)) {
    const done = await assessCoverage(ports, pass, hasTime);
    families += done.families;
    written += done.written;
    if (done.next) await ports.queue.send([done.next]);
  }
  const rulePasses: readonly Extract<AssessMessage, { kind: 'rules' }>[] = [
    ...messages.filter((message) => message.kind === 'rules'),
    ...entries.flatMap(({ work }) => (work.kind === 'rules' ? [{ kind: 'rules' as const }] : [])),
  ];
  for (const pass of fromStartOf(rulePasses)) {
    const done = await assessRules(ports, pass, hasTime);
    families += done.families;
    written += done.written;
    if (done.next) await ports.queue.send([done.next]);
  }
  for (const message of messages.filter((each) => each.kind === 'due-families').slice(0, 1)) {
    if (message.cursor === undefined) await rollOutRules(ports);
    const next = await announceDueFamilies(ports, message, hasTime);
    if (next) await ports.queue.send([next]);
  }
  const due = [...new Set(messages.flatMap((message) => (message.kind === 'reassess' ? message.familyIds : [])))];
  for (const familyIds of groupsOf(due, mostFamiliesAtOnce)) {
    const reassessed = await reassessFamilies(ports, familyIds);
    families += reassessed.families;
    written += reassessed.written;
  }
  for (const uploadId of new Set(messages.flatMap((message) => (message.kind === 'foresee' ? [message.uploadId] : []))))
    await foreseeFamilies(ports, uploadId);
  const unfinished = new Set([...(await judge(ports, entries, hasTime)), ...(await workOut(ports, entries, hasTime))]);
  const done = entries.filter(({ outboxId }) => !unfinished.has(outboxId));
  await ports.outbox.remove(...done);
  await noteAssessed(ports, done);
  return { outboxes: entries.length, people: people.length, families, written, conflicts: assessed.conflicts };
};

/** A file of which no work is left is noted as such. Where its last rows are still to come, the note is made after them. */
const noteAssessed = async ({ outbox, uploads, clock }: AssessMessagesPorts, done: readonly OutboxEntry[]): Promise<void> => {
  const uploadIds = new Set(done.flatMap(({ uploadId }) => uploadId ?? []));
  for (const uploadId of uploadIds) if (!(await outbox.isWorkLeft(uploadId))) await uploads.noteAssessed(uploadId, clock.now());
};

const assessInGroups = async (ports: AssessPorts, people: readonly string[], notes: FamilyNotes): Promise<Assessed> => {
  let all: Assessed = { families: 0, written: 0, conflicts: 0 };
  for (const some of groupsOf(people, mostPeopleAtOnce)) {
    const { families, written, conflicts } = await assessPeople(ports, some, notes);
    all = { families: all.families + families, written: all.written + written, conflicts: all.conflicts + conflicts };
  }
  return all;
};

const newestOf = (passes: readonly Extract<AssessMessage, { kind: 'coverage' }>[]) => {
  const newest = Math.max(...passes.map(({ epoch }) => epoch));
  return fromStartOf(passes.filter(({ epoch }) => epoch === newest));
};

/** One that starts from the beginning covers those that go on from somewhere. */
const fromStartOf = <Pass extends { readonly cursor?: string | undefined }>(passes: readonly Pass[]): readonly Pass[] => {
  const fromStart = passes.find(({ cursor }) => cursor === undefined);
  return fromStart ? [fromStart] : passes;
};

/** The families as they were before the judgements that have been undone; of several notes of one family the oldest. */
const notesOf = async ({ judging }: AssessMessagesPorts, entries: readonly OutboxEntry[]): Promise<FamilyNotes> => {
  const restored = entries.flatMap(({ work }) => (work.kind === 'people' && work.restores !== undefined ? [work.restores] : []));
  const notes = await Promise.all(
    [...new Set(restored)]
      .toSorted()
      .toReversed()
      .map((judgementId) => judging.judgements.readFamilyNotes(judgementId)),
  );
  return new Map(notes.flat().map((note) => [note.family.familyId, note]));
};

/** Carries out judgements one after the other; those there was no time for go back to the queue, and their entries stay. */
const judge = async (
  { judging, queue }: AssessMessagesPorts,
  entries: readonly OutboxEntry[],
  hasTime: () => boolean,
): Promise<ReadonlySet<string>> => {
  const unfinished = new Set<string>();
  for (const { outboxId, work } of entries) {
    if (work.kind !== 'judgement' || (await applyJudgement(judging, work.judgementId, hasTime)) !== 'time-is-up') continue;
    unfinished.add(outboxId);
    await queue.send([{ kind: 'outbox', outboxId }]);
  }
  return unfinished;
};

/** Goes on with what-ifs; one that is not done goes back to the queue behind what has come meanwhile, and its entry stays. */
const workOut = async (
  ports: AssessMessagesPorts,
  entries: readonly OutboxEntry[],
  hasTime: () => boolean,
): Promise<ReadonlySet<string>> => {
  const unfinished = new Set<string>();
  for (const { outboxId, work } of entries) {
    if (work.kind !== 'what-if' || (await workOutWhatIf(ports, work.whatIfId, hasTime)) === 'done') continue;
    unfinished.add(outboxId);
    await ports.queue.send([{ kind: 'outbox', outboxId }]);
  }
  return unfinished;
};
