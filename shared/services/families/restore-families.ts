import { isDeepStrictEqual } from 'node:util';
import type { FamilyStep } from '../../domain/families/continue-families.ts';
import { everybodyIn, residentsOf, type Family } from '../../domain/families/family.ts';
import { restoredFamily, withNotedTime } from '../../domain/families/restore-family.ts';
import type { FamilyNote } from '../judgements/judgement-repository.ts';
import type { Determined } from './determine-family.ts';
import type { HeldDetermination } from './family-repository.ts';

/** Families as they were before a judgement that has been undone, by id: what assessing goes on from. */
export type FamilyNotes = ReadonlyMap<string, FamilyNote>;

export const peopleIn = (notes: FamilyNotes): readonly string[] => [...notes.values()].flatMap(({ family }) => everybodyIn(family));

/** Noted families that are none at present, and whose people are all at hand: they may be revived. */
export const revivable = (notes: FamilyNotes, held: readonly Family[], isAtHand: (personId: string) => boolean): readonly Family[] =>
  held.filter(({ familyId, state }) => {
    const note = notes.get(familyId);
    return state !== 'current' && note !== undefined && residentsOf(note.family).every(isAtHand);
  });

/** The families as the steps are to be decided from. */
export const asNoted = (notes: FamilyNotes, held: readonly Family[], people: ReadonlySet<string>): readonly Family[] =>
  held.map((family) => {
    const note = notes.get(family.familyId);
    return note === undefined ? family : restoredFamily(note.family, family, { people, isNoted: (familyId) => notes.has(familyId) });
  });

/** Whether a step would only end once more what is no family at present. */
export const isOverAlready = (step: FamilyStep, held: Family | undefined): boolean =>
  (step.kind === 'end' || step.kind === 'merge') && held !== undefined && held.state !== 'current';

export const withNote = (notes: FamilyNotes, next: Family): Family => {
  const note = notes.get(next.familyId);
  return note === undefined ? next : withNotedTime(next, note.family);
};

/** The noted determination, where it is to be gone on from: of what is held it says something else, or nothing is held. */
export const notedDetermination = (notes: FamilyNotes, familyId: string, held: HeldDetermination | undefined) => {
  const noted = notes.get(familyId)?.held;
  return noted === undefined || isDeepStrictEqual(noted.determination, held?.determination) ? undefined : noted;
};

/** What was determined from the noted one, as the next version of what is held. Where it says the same, it is the noted one again. */
export const asNextVersion = (determined: Determined, noted: HeldDetermination, held: HeldDetermination | undefined): Determined => {
  const version = Math.max(noted.version, held?.version ?? 0) + 1;
  const limitedSince = determined.held.limitedSince.map((since) => (since > noted.version ? version : since));
  return { ...determined, isNew: true, held: { ...determined.held, version, limitedSince } };
};
