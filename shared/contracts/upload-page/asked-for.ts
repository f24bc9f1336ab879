import type { OpenedLink } from '../http/portal-routes.ts';
import type { Markup } from './markup.ts';
import { dateInWords, momentInWords } from './wording.ts';

type AskedFor = Omit<OpenedLink, 'session' | 'sessionExpiresAt' | 'uploads' | 'due'>;

export const sendTitle = ({ feed, council }: Pick<OpenedLink, 'feed' | 'council'>): string =>
  `Send ${feed.title.toLowerCase()} to ${council}`;

/** Who asks for what, why and until when. */
export const askedFor = <Node>(page: Markup<Node>, link: AskedFor): Node =>
  page.summaryList([
    ['Asked for by', link.council],
    ['Sent by', `${link.agency} (${link.contactRole})`],
    ['What', `${link.feed.title}. ${link.feed.rowMeaning}`],
    ['Period', `${dateInWords(link.periodStart)} to ${dateInWords(link.periodEnd)}`],
    ['Agreement', link.agreement.reference],
    ['About', link.agreement.cohort],
    ['Why', link.agreement.purposes.join(' · ')],
    ['Lawful basis', link.agreement.lawfulBasis],
    ['The agreement ends on', dateInWords(link.agreement.end)],
    ['This link works until', momentInWords(link.expiresAt)],
  ]);

export const guideTitle = 'What the file must look like';
