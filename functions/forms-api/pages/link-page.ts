import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { askedFor, guideTitle, sendTitle } from '#shared/contracts/upload-page/asked-for.ts';
import { columnTable, guideDownloads, guideIntroduction } from '#shared/contracts/upload-page/column-table.ts';
import { formPath } from '#shared/contracts/upload-page/frame.ts';
import { nothingToReport } from '#shared/contracts/upload-page/questions.ts';
import { sentBefore } from '#shared/contracts/upload-page/sent-before.ts';
import { whatIsDue } from '#shared/contracts/upload-page/what-is-due.ts';
import { htmlPage as page } from '#shared/platform/http/html-element.ts';
import type { ShownLink } from '#shared/services/uploads/open-link.ts';
import { filePath, layout, linkButton, sendAnother } from './layout.ts';

interface LinkPage {
  readonly link: ShownLink;
  /** With the columns of the agreement only. */
  readonly feed: FeedDefinition;
  readonly seal: string;
}

/** Who asks for what, what a file must look like, and what has come. */
export const linkPage = ({ link, feed, seal }: LinkPage): string => {
  const title = sendTitle(link);
  return layout({
    state: 'link',
    title,
    council: link.council,
    seal,
    content: [
      page.twoThirds(
        page.heading(title),
        askedFor(page, link),
        page.subheading('Your file'),
        page.paragraph(
          'Send only the people and the columns that the agreement names. ',
          page.strong('Here the whole file is sent: it is not checked on your computer first.'),
          ` Columns that are not in the guide are taken out before anybody at ${link.council} can read them, and the file as you sent it is deleted within a day.`,
        ),
      ),
      // As wide as the page: it is a table.
      page.details(
        guideTitle,
        page.paragraph(guideIntroduction),
        page.buttonGroup(
          linkButton(guideDownloads.template, `${formPath}/guide/template`),
          linkButton(guideDownloads.example, `${formPath}/guide/example`),
        ),
        columnTable(page, feed),
      ),
      page.twoThirds(
        sendAnother('Choose a file to send', seal, ''),
        // In a file that says how things stand, no rows would mean that nobody is there any more.
        link.feed.kind === 'increment' ? linkButton(nothingToReport, `${formPath}/nothing`) : undefined,
      ),
      sentBefore(page, link.uploads.items, ({ uploadId }, text, unseen) =>
        linkButton(text, filePath(uploadId), 'govuk-button--secondary sf-small-button', unseen),
      ),
      whatIsDue(page, link.due),
    ],
  });
};
