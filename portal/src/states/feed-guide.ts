import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { download } from '../page/download.ts';
import { button, element, page, paragraph } from '../page/element.ts';

/** The template and the guide to the agreed columns, from the contract that the file will be held against. Loaded when the page stands. */
export const addFeedGuide = async (into: HTMLElement, feedId: FeedId, agreed: readonly string[]): Promise<void> => {
  const body = into.querySelector('.govuk-details__text');
  if (!body) return;
  try {
    const [{ findFeed }, { agreedFeed, exampleCsv, templateCsv }, { columnTable, guideDownloads, guideIntroduction }] = await Promise.all([
      import('#shared/contracts/files/feeds.ts'),
      import('#shared/contracts/files/feed-guide.ts'),
      import('#shared/contracts/upload-page/column-table.ts'),
    ]);
    const whole = findFeed(feedId);
    if (!whole) return;
    const feed = agreedFeed(whole, agreed);
    const offer = (what: string, text: string): void => download(`${feedId}-${what}.csv`, new Blob([text], { type: 'text/csv' }));
    body.replaceChildren(
      paragraph(guideIntroduction),
      element(
        'div',
        { class: 'govuk-button-group' },
        button(guideDownloads.template, () => offer('template', templateCsv(feed)), 'govuk-button--secondary'),
        button(guideDownloads.example, () => offer('example', exampleCsv(feed)), 'govuk-button--secondary'),
      ),
      columnTable(page, feed),
    );
  } catch {
    body.replaceChildren(paragraph('The column guide could not be loaded. Open the link again to see it.'));
  }
};
