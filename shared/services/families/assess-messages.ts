import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { assessCoverage } from './assess-coverage.ts';
import { assessPeople, type AssessPorts } from './assess-people.ts';
import { announceDueFamilies, reassessFamilies } from './reassess-families.ts';

export interface AssessMessagesPorts extends AssessPorts {
  readonly outbox: Pick<Outbox, 'findAll' | 'remove'>;
  readonly queue: MessageQueue<AssessMessage>;
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
  const entries = await ports.outbox.findAll(messages.flatMap((message) => (message.kind === 'outbox' ? [message.outboxId] : [])));
  const people = [...new Set(entries.flatMap(({ work }) => (work.kind === 'people' ? work.personIds : [])))];
  const assessed = people.length === 0 ? { families: 0, written: 0, conflicts: 0 } : await assessPeople(ports, people);
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
  for (const message of messages.filter((each) => each.kind === 'due-families').slice(0, 1)) {
    const next = await announceDueFamilies(ports, message, hasTime);
    if (next) await ports.queue.send([next]);
  }
  const due = [...new Set(messages.flatMap((message) => (message.kind === 'reassess' ? message.familyIds : [])))];
  if (due.length > 0) {
    const reassessed = await reassessFamilies(ports, due);
    families += reassessed.families;
    written += reassessed.written;
  }
  for (const { outboxId } of entries) await ports.outbox.remove(outboxId);
  return { outboxes: entries.length, people: people.length, families, written, conflicts: assessed.conflicts };
};

const newestOf = (passes: readonly Extract<AssessMessage, { kind: 'coverage' }>[]) => {
  const newest = Math.max(...passes.map(({ epoch }) => epoch));
  const own = passes.filter(({ epoch }) => epoch === newest);
  // One that starts from the beginning covers those that go on from somewhere.
  const fromStart = own.find(({ cursor }) => cursor === undefined);
  return fromStart ? [fromStart] : own;
};
