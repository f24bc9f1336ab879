import { canBeUndone, type Judgement } from '../../domain/people/judgement.ts';
import { Refusal } from '../refusal.ts';
import { findJudgement } from './approve-judgement.ts';
import type { DecidePorts, Word } from './decide-ports.ts';
import { draftJudgement, submitJudgement } from './submit-judgement.ts';

/**
 * Takes a judgement back: rows, families and what was remembered go to where they were. Needs no second person: putting back
 * what was must be quick. A later judgement about the same people has to be undone first.
 */
export const undoJudgement = async (
  ports: DecidePorts,
  { judgementId, ifMatch, word }: { judgementId: string; ifMatch: number; word: Word },
): Promise<Judgement> => {
  const undone = await findJudgement(ports, judgementId, ifMatch);
  if (!canBeUndone(undone) || undone.undoneBy !== undefined) throw new Refusal('state-conflict', { about: [judgementId] });
  const people = await Promise.all(undone.people.map((personId) => ports.judgements.readPerson(personId)));
  const hasGoneOn = people.find((person) => person?.profile.redirect !== undefined && person.profile.redirect.judgementId !== judgementId);
  if (hasGoneOn?.profile.redirect !== undefined) {
    throw new Refusal('state-conflict', { about: [judgementId, hasGoneOn.profile.redirect.judgementId] });
  }
  const { reviewId } = undone;
  const undo = draftJudgement(ports, {
    judgementId: ports.newId(),
    kind: 'undo',
    people: undone.people,
    rows: undone.rows,
    risks: [],
    undoes: judgementId,
    ...(reviewId !== undefined && { reviewId }),
    expiresOn: undone.expiresOn,
    word,
  });
  await submitJudgement(ports, undo, [
    ports.judgements.judgementFragment({ ...undone, version: undone.version + 1, undoneBy: undo.judgementId }),
  ]);
  return undo;
};
