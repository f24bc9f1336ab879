import type { DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { householdBuilder } from './households.ts';
import type { SampleFamily } from './model.ts';
import { planNeeds, type PlannedNeed } from './needs.ts';
import type { Random } from './random.ts';
import { thresholdAssigner, withoutRivals, type AssignedThreshold } from './threshold-cases.ts';
import { createWorld } from './world.ts';

/** A family with what the files are to show about it. */
export interface PlannedFamily {
  readonly family: SampleFamily;
  readonly needs: readonly PlannedNeed[];
  readonly threshold: AssignedThreshold | undefined;
}

export const planFamilies = (root: Random, wanted: number, asOf: DayNumber): PlannedFamily[] => {
  const builder = householdBuilder(createWorld(root.fork('world'), asOf));
  const assignThreshold = thresholdAssigner(asOf);
  const planned: PlannedFamily[] = [];
  for (let index = 0; planned.length < wanted; index++) {
    const random = root.fork(`family-${String(index)}`);
    for (const family of builder.next(random)) {
      const threshold = assignThreshold(random, family, index);
      planned.push({ family, threshold, needs: withoutRivals(planNeeds(random, family, asOf), threshold) });
    }
  }
  return planned;
};
