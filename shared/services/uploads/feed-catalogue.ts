import type { FeedDefinition, FeedId } from '../../contracts/files/feed-definition.ts';

type FeedSummary = Pick<FeedDefinition, 'id' | 'version' | 'title' | 'rowMeaning' | 'kind'>;

/** What a feed is, in short: its current version. */
export type FeedCatalogue = (feed: FeedId) => FeedSummary;
