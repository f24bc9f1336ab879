import type { OpenedLink, PortalUpload } from '../http/portal-routes.ts';
import { dateInWords } from './wording.ts';

/** Asked before something that matters is done. */
export interface Question {
  readonly title: string;
  /** What follows from a yes. */
  readonly text: readonly string[];
  readonly yes: string;
  readonly no: string;
}

export const nilReturnQuestion = ({
  council,
  feed,
  periodStart,
  periodEnd,
}: Pick<OpenedLink, 'council' | 'feed' | 'periodStart' | 'periodEnd'>): Question => ({
  title: 'Is there nothing to report?',
  text: [
    `You tell ${council} that there is nothing to report under “${feed.title}” for ${dateInWords(periodStart)} to ${dateInWords(periodEnd)}.`,
    'You can still send a file later.',
  ],
  yes: 'Yes, there is nothing to report',
  no: 'No, I have a file',
});

export const withdrawalQuestion = ({ reference }: Pick<PortalUpload, 'reference'>): Question => ({
  title: 'Take this file back?',
  text: [
    `Everything that the file ${reference} did is undone. What an earlier file said counts again.`,
    'To correct rows, send a corrected file in its place.',
  ],
  yes: 'Take the file back',
  no: 'Keep it',
});

export const nothingToReport = 'There is nothing to report for this period';

export const replacementNotice = ({ reference }: Pick<PortalUpload, 'reference'>): string =>
  `This file will stand in the place of ${reference}. What that file did is undone once this one has been taken in.`;
