import type { Citation } from '../eligibility/citation.ts';

/** How many families a council undertook to reach in a programme. */
export interface ProgrammeTarget {
  readonly ruleSetId: string;
  readonly families: number;
  /** `turned-around`: claims that stand; `worked-with`: families accepted. */
  readonly counts: 'turned-around' | 'worked-with';
  readonly citation: Citation;
}

export const knowsleyTargets: readonly ProgrammeTarget[] = [
  {
    ruleSetId: 'troubled-families-phase-1',
    families: 620,
    counts: 'turned-around',
    citation: {
      source: 'Knowsley Council, Council to take part in expanded family support programme, 24 March 2015',
      confidence: 'confirmed',
    },
  },
  {
    ruleSetId: 'troubled-families-expanded',
    families: 1_900,
    counts: 'worked-with',
    citation: {
      source: 'Knowsley Council, Council to take part in expanded family support programme, 24 March 2015',
      confidence: 'confirmed',
    },
  },
];

export interface TargetStanding extends ProgrammeTarget {
  readonly reached: number;
  readonly says: string;
}

/** Counts against targets; a family counts once, however many claims or decisions there are about it. */
export const countAgainstTargets = (
  targets: readonly ProgrammeTarget[],
  { accepted, claimed }: Record<'accepted' | 'claimed', readonly { readonly familyId: string; readonly ruleSetId: string }[]>,
): readonly TargetStanding[] =>
  targets.map((target) => {
    const source = target.counts === 'turned-around' ? claimed : accepted;
    const reached = new Set(source.filter(({ ruleSetId }) => ruleSetId === target.ruleSetId).map(({ familyId }) => familyId)).size;
    const what = target.counts === 'turned-around' ? 'turned around' : 'worked with';
    return { ...target, reached, says: `${String(reached)} of ${String(target.families)} families ${what}.` };
  });
