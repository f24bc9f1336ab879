import type { RuleSet } from '../rule-set.ts';
import { familiesFirst } from './families-first.ts';
import { supportingFamiliesSixHeadings } from './supporting-families-six-headings.ts';
import { supportingFamiliesTenHeadings } from './supporting-families-ten-headings.ts';
import { troubledFamiliesExpanded } from './troubled-families-expanded.ts';
import { troubledFamiliesPhase1 } from './troubled-families-phase-1.ts';

/** Every generation of the national programme, in order; on each day since April 2012 exactly one was in force. */
export const nationalProgramme: readonly RuleSet[] = [
  troubledFamiliesPhase1,
  troubledFamiliesExpanded,
  supportingFamiliesSixHeadings,
  supportingFamiliesTenHeadings,
  familiesFirst,
];
