import type { RowProblem } from '#shared/contracts/files/feed-definition.ts';
import type { OpenedLink } from '#shared/contracts/http/portal-routes.ts';
import { hexadecimal } from '#shared/domain/uploads/hexadecimal.ts';
import type { Receipt } from '#shared/domain/uploads/receipt.ts';
import { fingerprint } from '../file/fingerprint.ts';
import { FileCheck } from './file-check.ts';

export type AnnotatedAgain =
  | { readonly kind: 'annotated'; readonly content: Blob }
  /** In the words of the file upload component. */
  | { readonly kind: 'not-annotated'; readonly because: string };

export interface FileAgain {
  readonly link: OpenedLink;
  readonly file: File;
  readonly receipt: Receipt;
  /** By row of the sheet: what the service has refused. */
  readonly problems: readonly (readonly [row: number, problems: readonly RowProblem[]])[];
}

const notAnnotated = (because: string): AnnotatedAgain => ({ kind: 'not-annotated', because });

/**
 * The sender's own rows with what came of each, from the file that they choose once more. Its digest has to be the receipt's. Whether
 * it was repaired before it was sent, and whether all rows were, is found out by making the file that was sent again.
 */
export const annotateAgain = async ({ link, file, receipt, problems }: FileAgain): Promise<AnnotatedAgain> => {
  const unreadable = notAnnotated('The selected file could not be read – close it in other programs and choose it again');
  const sent = receipt.file.sha256;
  const digest = await fingerprint(file).then(hexadecimal, () => undefined);
  if (digest === undefined) return unreadable;
  if (digest !== sent && digest !== receipt.statedBySender?.chosen.sha256)
    return notAnnotated(`The selected file is not the one that you sent as ${receipt.reference}, or was changed since`);
  const question = { file, feed: link.feed.id, period: { start: link.periodStart, end: link.periodEnd }, agreed: link.agreement.columns };
  const check = new FileCheck();
  try {
    const first = await check.check(question, () => undefined);
    if (!first) return unreadable;
    const proposed = first.kind === 'checked' ? [...new Set(first.proposals.map(({ repair }) => repair))] : [];
    // All that is proposed is repaired, or nothing is.
    for (const repairs of proposed.length === 0 ? [[]] : [[], proposed]) {
      if ((await check.check({ ...question, repairs }, () => undefined))?.kind !== 'checked') continue;
      // Sent as it is, without this page: there was nothing to choose.
      const isSent = digest === sent || (await isOneOf(check, sent));
      const content = isSent ? await check.annotate(problems) : undefined;
      if (content) return { kind: 'annotated', content };
    }
    return notAnnotated(
      'The rows of the selected file could not be put together again as they were sent – use the list of rows on this page',
    );
  } finally {
    check.close();
  }
};

const isOneOf = async (check: FileCheck, sent: string): Promise<boolean> => {
  for (const which of ['all', 'good'] as const) {
    const prepared = await check.prepare(which);
    if (prepared && hexadecimal(prepared.sha256) === sent) return true;
  }
  return false;
};
