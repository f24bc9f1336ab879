import type { FamilyChange, FamilyRepository } from './family-repository.ts';

type Determined = NonNullable<FamilyChange['determined']>;

/**
 * A determination that is written once more, with a later day until which it is kept, takes along the sealed inputs that it rests on,
 * or they would end before it. The worker may put items and not change them in place: so they are read.
 */
export const withInputsKept = async (families: Pick<FamilyRepository, 'findInputs'>, determined: Determined): Promise<Determined> => {
  const { held, inputs } = determined;
  if (inputs !== undefined || held.inputs === undefined) return determined;
  const kept = await families.findInputs(held.familyId, held.inputs);
  return kept === undefined ? determined : { ...determined, inputs: kept };
};
