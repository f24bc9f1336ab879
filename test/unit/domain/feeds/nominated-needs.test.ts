import { expect, it } from 'vitest';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { nominatedNeeds } from '#shared/domain/feeds/nominated-needs.ts';

it('the needs that a professional can name are those of the ten headings, and a nomination shows each', () => {
  const shown = supportingFamiliesTenHeadings.criteria
    .filter(({ id, ways }) =>
      ways.some(({ facts }) => facts.some(({ kind, where }) => kind === 'nominated-need' && where?.['heading'] === id)),
    )
    .map(({ id }) => id);
  expect([...nominatedNeeds].toSorted()).toEqual(shown.toSorted());
  expect(shown).toHaveLength(supportingFamiliesTenHeadings.criteria.length);
});
