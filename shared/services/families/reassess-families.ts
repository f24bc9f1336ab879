import { mostReassessed, type AssessMessage } from '../../contracts/events/assess-message.ts';
import { groupsOf } from '../../domain/groups-of.ts';
import type { MessageQueue } from '../message-queue.ts';
import { determineAnew, readStandard } from './pass-families.ts';
import { assessPeople, type AssessPorts } from './assess-people.ts';

type DueFamilies = Extract<AssessMessage, { kind: 'due-families' }>;

/** Ten messages: what one request to the queue takes. */
const pageSize = 10 * mostReassessed;

/**
 * Sends the families whose answer may have changed with the day to be assessed again. Who is not assessed today stays on the list
 * and is sent again tomorrow. Gives the message to go on with where the time is up.
 */
export const announceDueFamilies = async (
  { families, clock, queue }: AssessPorts & { readonly queue: MessageQueue<AssessMessage> },
  { cursor: start }: DueFamilies,
  hasTime: () => boolean,
): Promise<DueFamilies | undefined> => {
  let cursor = start;
  do {
    const page = await families.listDueFamilies(clock.today(), { limit: pageSize, cursor });
    const messages = groupsOf(page.items, mostReassessed).map((familyIds): AssessMessage => ({
      kind: 'reassess',
      familyIds: [...familyIds],
    }));
    if (messages.length > 0) await queue.send(messages);
    ({ cursor } = page);
    if (cursor !== undefined && !hasTime()) return { kind: 'due-families', cursor };
  } while (cursor !== undefined);
  return undefined;
};

/**
 * Looks again at families of whom nothing new is known, because the day may have changed their answer: a child may have
 * become an adult, evidence may no longer reach into a look-back. Each gets its next day, whether or not anything changed.
 */
export const reassessFamilies = async (
  ports: AssessPorts,
  familyIds: readonly string[],
): Promise<{ readonly families: number; readonly written: number }> => {
  const held = await ports.families.findFamilies(familyIds);
  const people = held.flatMap(({ state, members }) => (state === 'current' ? members.map(({ personId }) => personId) : []));
  const assessed = people.length === 0 ? { written: 0 } : await assessPeople(ports, people);
  const written = await determineAnew(ports, familyIds, await readStandard(ports));
  return { families: familyIds.length, written: assessed.written + written };
};
