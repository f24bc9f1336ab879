import type { FieldError } from '../../contracts/http/problems.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import { agreedColumns, agreementState, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';

/** What stands against data of a feed coming under an agreement today: the same at every door. `named`: where the request names it. */
export const useFaults = (
  agreement: SharingAgreement | undefined,
  { feed, today, named }: { readonly feed: FeedId; readonly today: string; readonly named: string },
): readonly FieldError[] => {
  if (agreement === undefined || agreementState(agreement, today) !== 'in-force') {
    return [
      {
        pointer: named,
        code: 'agreement-not-in-force',
        message: 'There is no such agreement, or it is not in force today.',
        fix: 'Give an agreement with the agency that the data comes from, in force today; GET /v1/agreements lists them.',
      },
    ];
  }
  if (agreedColumns(agreement, feed) !== undefined) return [];
  return [
    {
      pointer: '/body/feed',
      code: 'feed-not-agreed',
      message: 'The agreement does not cover this feed.',
      fix: 'Choose a feed of the agreement, or edit the agreement once both sides have agreed on it.',
    },
  ];
};
