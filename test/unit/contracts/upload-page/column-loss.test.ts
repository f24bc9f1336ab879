import { describe, expect, it } from 'vitest';
import { columnLosses } from '#shared/contracts/upload-page/column-loss.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';

const optional = (feed: keyof typeof feeds): readonly string[] =>
  feeds[feed].columns.filter(({ required }) => !required).map(({ name }) => name);

describe('what is lost without a column', () => {
  it('is said once for all columns that serve the same end, the gravest first', () => {
    expect(columnLosses(['uprn', 'nhs_number', 'sensitive_address_flag', 'postcode'])).toEqual([
      {
        columns: ['sensitive_address_flag'],
        text: 'We could not see which addresses must be kept secret. If any must be, add the column and send the file again now.',
      },
      { columns: ['nhs_number'], text: 'We could not use it to tell people apart.' },
      { columns: ['uprn', 'postcode'], text: 'We could not use them to see who lives together.' },
    ]);
  });

  it('is nothing where no column is missing', () => {
    expect(columnLosses([])).toEqual([]);
  });

  it('is known for every column of the school roll that may be left out', () => {
    const byText = new Map(columnLosses(optional('school-roll')).map(({ columns, text }) => [text, columns]));
    expect(byText.get('We could not use them to see who looks after a child.')).toEqual([
      'parent1_name',
      'parent1_relationship',
      'parent2_name',
    ]);
    expect(byText.get('We could not use it to check that everybody is treated fairly.')).toEqual(['ethnicity']);
    expect(byText.get('We could not take them into account.')).toEqual(['year_group', 'leaving_date']);
    expect([...byText.values()].flat()).toHaveLength(optional('school-roll').length);
  });

  it('knows the people of a conference row by their parts: victim, perpetrator, children', () => {
    const byText = new Map(columnLosses(optional('domestic-abuse-marac')).map(({ columns, text }) => [text, columns]));
    const apart = byText.get('We could not use them to tell people apart.') ?? [];
    for (const name of ['victim_forename', 'victim_nhs_number', 'perpetrator_surname', 'child4_dob']) expect(apart).toContain(name);
    expect(byText.get('We could not use them to see who lives together.')).toContain('victim_postcode');
  });
});
