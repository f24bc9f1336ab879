import { ruleSetSchema } from '../rule-set.ts';
import { tenHeadings } from './supporting-families-ten-headings.ts';
import { familiesFirst as partnership, familyHelp } from './ten-headings-sources.ts';

/**
 * Families First Partnership, from April 2025: Family Help takes in targeted early help and work with children in need. The same
 * needs are looked for; no national number of them is asked for, and no result is paid.
 */
export const familiesFirst = ruleSetSchema.parse({
  id: 'families-first',
  version: '2025-04-01',
  title: 'Families First',
  ...tenHeadings,
  criteria: tenHeadings.criteria.map((criterion) => ({ ...criterion, effectiveFrom: '2025-04-01' })),
  entry: { count: 'needs', atLeast: 1, distinctHeadings: false, citation: familyHelp },
  claims: { kinds: [], sustainFrom: 'case-closure', citation: familyHelp },
  period: {
    effectiveFrom: '2025-04-01',
    because: 'Supporting Families money became part of the Children and Families Grant on 1 April 2025.',
    citation: partnership,
  },
});
