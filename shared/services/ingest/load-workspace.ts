import type { MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import type { Lookup } from '../../domain/matching/match-keys.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import { inParallel } from '../in-parallel.ts';
import { candidatesFor, keysFor, soughtBy } from './assign-mention.ts';
import { mayChange, type IncomingRow, type PlanContext } from './plan-row.ts';
import type { RecordStore } from './record-store.ts';
import { Workspace } from './workspace.ts';

export type WorkspaceStore = Pick<RecordStore, 'readLedgers' | 'readKeys' | 'readProfiles' | 'readRecords'>;

/** Reads what is held about the rows: ledger, then match keys, then the likeliest people; and all of a person only where a row has changed. */
export const loadWorkspace = async (store: WorkspaceStore, rows: readonly IncomingRow[], context: PlanContext): Promise<Workspace> => {
  const ledgers = await store.readLedgers(rows.map(({ rowId }) => rowId));
  const byRow = new Map(ledgers.map((ledger) => [ledger.rowId, ledger]));
  const changed = rows.flatMap((row) => {
    const ledger = byRow.get(row.rowId);
    return mayChange(ledger, row, context) ? [ledger] : [];
  });
  const toDecide = rows.filter((row) => {
    const ledger = byRow.get(row.rowId);
    return ledger === undefined || mayChange(ledger, row, context);
  });
  const sought = toDecide.flatMap(({ mentions }) => mentions.map((mention) => soughtBy(mention, context)));
  const keysOnly = new Workspace({ ledgers: [], keys: [], profiles: [], records: new Map() });
  const asked = new Set<string>();
  const entries: MatchKeyEntry[] = [];
  // Each time one rung further, where one is full; hardly ever more than once.
  for (let keys = keysNotAsked(sought, keysOnly, asked); keys.length > 0; keys = keysNotAsked(sought, keysOnly, asked)) {
    const found = await store.readKeys(keys);
    for (const key of keys) asked.add(key);
    entries.push(...found);
    keysOnly.addKeys(keys, found);
  }
  const assigned = peopleOf(changed);
  const candidates = sought.flatMap((each) => candidatesFor(each, keysOnly, context));
  const [profiles, records] = await Promise.all([store.readProfiles([...candidates, ...assigned]), readRecords(store, assigned)]);
  const workspace = new Workspace({ ledgers, keys: [], profiles, records });
  workspace.addKeys([...asked], entries);
  return workspace;
};

const keysNotAsked = (sought: readonly Lookup[], held: Workspace, asked: ReadonlySet<string>): readonly string[] =>
  [...new Set(sought.flatMap((each) => keysFor(each, held)))].filter((key) => !asked.has(key));

/** What is held about rows that are to end. */
export const loadForEnding = async (store: RecordStore, ledgers: readonly RowLedger[]): Promise<Workspace> => {
  const assigned = peopleOf(ledgers);
  const [profiles, records] = await Promise.all([store.readProfiles(assigned), readRecords(store, assigned)]);
  return new Workspace({ ledgers, keys: [], profiles, records });
};

const peopleOf = (ledgers: readonly RowLedger[]): readonly string[] => [
  ...new Set(ledgers.flatMap(({ subjects }) => subjects.map(({ personId }) => personId))),
];

/** Queries at once; each reads one person's partition. */
const queriesAtOnce = 10;

const readRecords = async (
  store: Pick<RecordStore, 'readRecords'>,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PersonRecord[]>> => {
  return new Map(await inParallel(personIds, async (personId) => [personId, await store.readRecords(personId)] as const, queriesAtOnce));
};
