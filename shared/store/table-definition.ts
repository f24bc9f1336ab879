/**
 * The tables, their keys and indexes as plain data: read by the infrastructure, the repositories and the local host.
 * `docs/access-patterns.md` says what is stored under which key.
 */
export interface TableDefinition {
  readonly name: TableName;
  readonly partitionKey: 'pk';
  readonly sortKey: 'sk';
  readonly indexes: readonly IndexDefinition[];
  readonly timeToLiveAttribute: 'expiresAtSeconds';
}

export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

export type TableName = 'Records' | 'Uploads' | 'Audit';

/** Sparse and overloaded: only items that must be listed carry `listPk`/`listSk`. */
export const listingIndex = { name: 'listing', partitionKey: 'listPk', sortKey: 'listSk' } as const satisfies IndexDefinition;

const table = (name: TableName, indexes: readonly IndexDefinition[]): TableDefinition => ({
  name,
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes,
  timeToLiveAttribute: 'expiresAtSeconds',
});

export const tableDefinitions = {
  Records: table('Records', [listingIndex]),
  Uploads: table('Uploads', [listingIndex]),
  Audit: table('Audit', []),
} as const satisfies Record<TableName, TableDefinition>;
