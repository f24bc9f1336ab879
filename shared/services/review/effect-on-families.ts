import { effectOf, type FamilyStanding } from '../../domain/people/review-effect.ts';
import type { ReviewEffect } from '../../domain/people/review.ts';
import type { FamilyRepository } from '../families/family-repository.ts';

export interface EffectPorts {
  readonly families: Pick<FamilyRepository, 'listFamilyIdsOfPerson' | 'findDeterminations'>;
}

/** What it can do to the families of two people whether they are one. */
export const effectOnFamilies = async (ports: EffectPorts, a: string, b: string): Promise<ReviewEffect> => {
  const [ofA, ofB] = await Promise.all([standings(ports, a), standings(ports, b)]);
  return effectOf(ofA, ofB);
};

const standings = async ({ families }: EffectPorts, personId: string): Promise<readonly FamilyStanding[]> => {
  const held = await families.findDeterminations(await families.listFamilyIdsOfPerson(personId));
  return held.flatMap(({ familyId, determination }) =>
    determination ? [{ familyId, outcome: determination.outcome, headingsMet: determination.headingsMet }] : [],
  );
};
