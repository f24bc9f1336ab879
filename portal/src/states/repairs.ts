import type { CheckedSheet, Repair } from '../check/check-messages.ts';
import { button, element, heading, paragraph, table, twoThirds, type Child } from '../page/element.ts';
import { show } from '../page/show.ts';
import { inFigures } from '#shared/contracts/upload-page/wording.ts';

const count = (value: number, one: string, several: string): string => (value === 1 ? `1 ${one}` : `${inFigures(value)} ${several}`);

interface Words {
  readonly what: string;
  readonly many: (value: number) => string;
  readonly repair: string;
}

const cells = (value: number): string => count(value, 'cell', 'cells');
const rows = (value: number): string => count(value, 'row', 'rows');

export const repairWords: Readonly<Record<Repair, Words>> = {
  'title-rows': { what: 'There are rows above the column names', many: rows, repair: 'Leave them out' },
  'quoted-rows': { what: 'Every row is inside one pair of quotes', many: rows, repair: 'Take the quotes off' },
  'hidden-quotes': { what: 'Quotes have become part of the text', many: cells, repair: 'Take the quotes off' },
  'serial-date': { what: 'Dates have turned into numbers', many: cells, repair: 'Turn them back into dates' },
  'leading-zeros': { what: 'Zeros at the front have been lost', many: cells, repair: 'Put them back' },
  'scientific-notation': { what: 'Long numbers have been shortened, with all digits still there', many: cells, repair: 'Write them out' },
};

export interface Repairs {
  readonly check: CheckedSheet;
  readonly onRepair: (repairs: readonly Repair[]) => void;
  readonly onLeave: () => void;
}

/** Damage that a spreadsheet has done and that can be undone. Nothing is changed unless the sender says so. */
export const showRepairs = ({ check: { proposals }, onRepair, onLeave }: Repairs): void => {
  const title = 'A spreadsheet has changed some of your data';
  show(
    'repairs',
    title,
    twoThirds(heading(title), paragraph('This can be put right before the file is sent. Your own file stays as it is.')),
    table(
      'What can be put right',
      ['What happened', 'Where', 'How many', 'Repair', 'For example'],
      proposals.map(({ repair, column, count: many, example }): readonly Child[] => [
        repairWords[repair].what,
        column ?? 'The whole file',
        repairWords[repair].many(many),
        repairWords[repair].repair,
        example ? element('span', {}, element('del', {}, example.from), ' becomes ', element('ins', {}, example.to)) : '–',
      ]),
    ),
    element(
      'div',
      { class: 'govuk-button-group' },
      button('Make these repairs', () => onRepair([...new Set(proposals.map(({ repair }) => repair))])),
      button('Leave the data as it is', onLeave, 'govuk-button--secondary'),
    ),
  );
};
