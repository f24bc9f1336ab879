import { columnGuide } from '../files/feed-guide.ts';
import type { FeedDefinition } from '../files/feed-definition.ts';
import type { Markup } from './markup.ts';

const needed = {
  'every-row': 'Yes',
  'every-file': 'The column, yes. Its cells may be empty',
  'if-held': 'If you have it',
} as const;

export const guideIntroduction = 'The first row names the columns, in any order. Each row after it is one record.';
export const guideDownloads = { template: 'Download a template', example: 'Download an example' } as const;

/** The column guide, made from the contract that the file will be held against. */
export const columnTable = <Node>(page: Markup<Node>, feed: FeedDefinition): Node =>
  page.table(
    'Columns',
    ['Column', 'Needed', 'What it holds', 'Example'],
    columnGuide(feed).map((column) => [column.name, needed[column.needed], column.description, column.example]),
  );
