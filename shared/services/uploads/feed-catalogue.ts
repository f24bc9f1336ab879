import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';

type FeedSummary = Pick<FeedDefinition, 'id' | 'version' | 'title' | 'rowMeaning' | 'kind' | 'columns'>;

/** What a feed is, in short: its current version. */
export type FeedCatalogue = (feed: FeedId) => FeedSummary;
