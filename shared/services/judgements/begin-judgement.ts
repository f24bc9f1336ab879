import { emptyView } from '../../domain/people/assemble-profile.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import { strictest, withSet } from '../../domain/people/set-by-people.ts';
import { groupsOf } from '../../domain/groups-of.ts';
import type { FamilyNote, PersonWithPast } from './judgement-repository.ts';
import { profileChanges, type JudgementRun } from './judgement-run.ts';

/** Family notes written together. */
const notesAtOnce = 50;

/**
 * Before the first row moves: notes the families, takes the new person's id or lifts the redirect, and has the stricter
 * restriction hold for whoever receives rows.
 */
export const beginJudgement = async (run: JudgementRun): Promise<boolean> => {
  const { judgement } = run;
  if (judgement.kind === 'same' || judgement.kind === 'split') await noteFamilies(run);
  const people = await run.readPeople();
  const [first = '', second = ''] = judgement.people;
  const before = [...people.values()].map(({ profile: { personId, restriction, apart } }) => ({
    personId,
    ...(restriction !== undefined && { restriction }),
    ...(apart !== undefined && { apart }),
  }));
  const profiles = profilesAtStart(run, people, first, second);
  return run.step({ status: 'applying', before }, [run.ports.records.changesFragment(profileChanges(profiles))]);
};

const profilesAtStart = (
  { judgement, undone }: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
  first: string,
  second: string,
): readonly PersonProfile[] => {
  const [a, b] = [people.get(first)?.profile, people.get(second)?.profile];
  switch (judgement.kind) {
    case 'same':
      return a === undefined || b === undefined || b.restriction === undefined
        ? []
        : [withSet(a, { restriction: strictest(a.restriction, b.restriction) })];
    case 'split':
      return a === undefined || b !== undefined
        ? []
        : [withSet({ ...emptyView(a.expiresOn), personId: second, version: 0 }, { restriction: a.restriction })];
    case 'undo':
      return undone?.judgement.kind === 'same' && b?.redirect?.judgementId === undone.judgement.judgementId
        ? [withSet(b, { redirect: undefined })]
        : [];
    default:
      return [];
  }
};

/** The families of the people concerned, and those of everybody who is in a family with them. */
const noteFamilies = async ({ ports, judgement }: JudgementRun): Promise<void> => {
  const { families, judgements, transactions } = ports;
  const own = await familiesOf(ports.families, judgement.people);
  const members = own.flatMap((family) => family.members.map(({ personId }) => personId));
  const all = await familiesOf(families, [...judgement.people, ...members]);
  const noted = new Set((await judgements.readFamilyNotes(judgement.judgementId)).map(({ family }) => family.familyId));
  const missing = all.filter(({ familyId }) => !noted.has(familyId));
  const determinations = new Map(
    (await families.findDeterminations(missing.map(({ familyId }) => familyId))).map((held) => [held.familyId, held]),
  );
  const notes = missing.map((family): FamilyNote => ({ family, held: determinations.get(family.familyId) }));
  // Refused where another delivery of the message noted them first: those notes are as good.
  for (const some of groupsOf(notes, notesAtOnce)) await transactions.commit([judgements.familyNotesFragment(judgement, some)]);
};

const familiesOf = async (
  families: Pick<JudgementRun['ports']['families'], 'findFamilies' | 'listFamilyIdsOfPerson'>,
  personIds: readonly string[],
) => {
  const ids = await Promise.all([...new Set(personIds)].map((personId) => families.listFamilyIdsOfPerson(personId)));
  return families.findFamilies([...new Set(ids.flat())]);
};
