import type { PortalUpload } from '../http/portal-routes.ts';
import type { Markup } from './markup.ts';
import { inFigures, momentInWords, rowsInWords, stateInWords } from './wording.ts';

export const reference = <Node>(page: Markup<Node>, { reference: text }: Pick<PortalUpload, 'reference'>): Node =>
  page.element('strong', { class: 'sf-reference' }, text);

/** What came through the link, each with what leads to it. */
export const sentBefore = <Node>(
  page: Markup<Node>,
  uploads: readonly PortalUpload[],
  open: (upload: PortalUpload, text: string, unseen: Node) => Node,
): Node | undefined =>
  uploads.length === 0
    ? undefined
    : page.table(
        'Sent through this link',
        ['Reference', 'When', 'What came of it', 'More'],
        uploads.map((upload) => [
          page.element('span', { class: 'sf-reference' }, upload.reference),
          momentInWords(upload.createdAt),
          upload.state === 'completed'
            ? `${rowsInWords(upload.counts.rows - upload.counts.refused)} accepted, ${inFigures(upload.counts.refused)} not accepted`
            : stateInWords[upload.state],
          open(upload, 'Open', page.element('span', { class: 'govuk-visually-hidden' }, ` ${upload.reference}`)),
        ]),
      );
