import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { download } from '../page/download.ts';
import { button, element, paragraph, table } from '../page/element.ts';

const needed = {
  'every-row': 'Yes',
  'every-file': 'The column, yes. Its cells may be empty',
  'if-held': 'If you have it',
} as const;

/** The template and the column guide, made from the contract that the file will be held against. Loaded when the page stands. */
export const addFeedGuide = async (into: HTMLElement, feedId: FeedId): Promise<void> => {
  const body = into.querySelector('.govuk-details__text');
  if (!body) return;
  try {
    const [{ findFeed }, { columnGuide, exampleCsv, templateCsv }] = await Promise.all([
      import('#shared/contracts/files/feeds.ts'),
      import('#shared/contracts/files/feed-guide.ts'),
    ]);
    const feed = findFeed(feedId);
    if (!feed) return;
    const offer = (what: string, text: string): void => download(`${feedId}-${what}.csv`, new Blob([text], { type: 'text/csv' }));
    body.replaceChildren(
      paragraph('The first row names the columns, in any order. Each row after it is one record.'),
      element(
        'div',
        { class: 'govuk-button-group' },
        button('Download a template', () => offer('template', templateCsv(feed)), 'govuk-button--secondary'),
        button('Download an example', () => offer('example', exampleCsv(feed)), 'govuk-button--secondary'),
      ),
      table(
        'Columns',
        ['Column', 'Needed', 'What it holds', 'Example'],
        columnGuide(feed).map((column) => [column.name, needed[column.needed], column.description, column.example]),
      ),
    );
  } catch {
    body.replaceChildren(paragraph('The column guide could not be loaded. Open the link again to see it.'));
  }
};
