import type { Judgement, RowPart } from '../../domain/people/judgement.ts';
import { isSameRow } from '../../domain/people/departure.ts';
import { risksOfMoving } from '../../domain/people/judgement-risks.ts';
import { Refusal } from '../refusal.ts';
import type { DecidePorts, Word } from './decide-ports.ts';
import type { PersonWithPast } from './judgement-repository.ts';
import { draftJudgement, submitJudgement } from './submit-judgement.ts';

/** The person with all that lies with them; throws `person-not-found`. */
export const findPerson = async ({ judgements }: Pick<DecidePorts, 'judgements'>, personId: string): Promise<PersonWithPast> => {
  const person = await judgements.readPerson(personId);
  if (person === undefined) throw new Refusal('person-not-found', { about: [personId] });
  return person;
};

/** Says that some of a person's rows are about somebody else, who becomes a person of their own. */
export const splitPerson = async (
  ports: DecidePorts,
  { personId, ifMatch, rows, word }: { personId: string; ifMatch: number; rows: readonly RowPart[]; word: Word },
): Promise<Judgement> => {
  const { profile, records } = await findPerson(ports, personId);
  if (profile.version !== ifMatch) throw new Refusal('version-mismatch', { about: [personId] });
  const counting = records.filter(({ status }) => status !== 'superseded');
  const moving = counting.filter((record) => rows.some((row) => isSameRow(row, record)));
  if (moving.length < rows.length) throw notTheirs(personId);
  if (moving.length === counting.length) throw nothingLeft(personId);
  const judgement = draftJudgement(ports, {
    judgementId: ports.newId(),
    kind: 'split',
    people: [personId, ports.newId()],
    rows: [...rows],
    risks: [...risksOfMoving([profile], moving.length)],
    expiresOn: profile.expiresOn,
    word,
  });
  await submitJudgement(ports, judgement, []);
  return judgement;
};

const notTheirs = (personId: string): Refusal =>
  new Refusal('invalid-request', {
    about: [personId],
    errors: [
      {
        pointer: '/body/rows',
        code: 'row-not-theirs',
        message: 'A row is listed that is not about this person.',
        fix: 'Read the person’s explanation again and choose from the rows it lists.',
      },
    ],
  });

const nothingLeft = (personId: string): Refusal =>
  new Refusal('invalid-request', {
    about: [personId],
    errors: [
      {
        pointer: '/body/rows',
        code: 'nothing-left',
        message: 'All rows are listed: nobody would be left.',
        fix: 'List only the rows that are about somebody else.',
      },
    ],
  });
