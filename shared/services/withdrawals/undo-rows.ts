import { withKeys } from '../../domain/matching/match-keys.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import { setByPeople, type PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import { standingOf, type FileClaims } from '../../domain/uploads/feed-claims.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import { inParallel } from '../in-parallel.ts';
import { mostWrites } from '../ingest/apply-rows.ts';
import type { FeedCoverage } from '../ingest/record-store.ts';
import { Workspace } from '../ingest/workspace.ts';
import { planUndo, type Confirmation, type UndoPlan } from './plan-undo.ts';
import type { WithdrawalPorts } from './withdrawal-ports.ts';

interface Withdrawing {
  readonly upload: Upload;
  /** As it was when the others' claims were read. */
  readonly coverage: FeedCoverage;
  /** Oldest first. */
  readonly others: readonly FileClaims[];
  readonly isSnapshot: boolean;
}

/** Rows looked at together. */
const rowsAtOnce = 40;
const readsAtOnce = 10;
const mostConflicts = 12;

interface Held {
  readonly ledger: RowLedger;
  readonly past: readonly RowLedger[];
}

/** Undoes as many of the rows as fit into one transaction. `feed-moved`: the other files' claims have to be read again. */
export const undoRows = async (
  ports: WithdrawalPorts,
  about: Withdrawing,
  rowIds: readonly string[],
): Promise<{ readonly looked: number; readonly undone: number } | 'feed-moved'> => {
  const { records, coverage, outbox, transactions, clock, newId } = ports;
  let count = Math.min(rowsAtOnce, rowIds.length);
  for (let conflicts = 0; ;) {
    const rows = await readRows(ports, rowIds.slice(0, count));
    const people = await readPeople(ports, rows);
    const { workspace, returned, undone } = plan(ports, about, rows, people);
    if (undone === 0) return { looked: count, undone };
    const keys = workspace.keysToRead;
    if (keys.length > 0) workspace.addKeys(keys, await records.readKeys(keys));
    if (workspace.size + returned.length > mostWrites && count > 1) {
      count = Math.max(1, Math.floor(count / 2));
      continue;
    }
    const movedBy = { uploadId: about.upload.uploadId };
    const outboxId = newId();
    const { ok } = await transactions.commit([
      records.changesFragment({ ...workspace.changes(), returned: returned.map((record) => ({ ...record, movedBy })) }),
      coverage.sameCoverageFragment(about.coverage),
      outbox.addFragment({ outboxId, work: { kind: 'people', personIds: workspace.peopleTouched }, createdAt: clock.now() }),
    ]);
    if (ok) {
      // What is not announced now, the sweep announces later: the work stands in the outbox.
      await ports.assessQueue.send([{ kind: 'outbox', outboxId }]).catch(() => undefined);
      return { looked: count, undone };
    }
    const { agency, feed } = about.upload;
    if ((await coverage.readFeedCoverage(agency, feed))?.version !== about.coverage.version) return 'feed-moved';
    conflicts += 1;
    if (conflicts > mostConflicts) throw new Error('too many conflicts with other writers');
    await ports.pause(conflicts);
    count = Math.max(1, Math.floor(count / 2));
  }
};

const readRows = async ({ records }: WithdrawalPorts, rowIds: readonly string[]): Promise<readonly Held[]> => {
  const ledgers = await records.readLedgers(rowIds);
  const held = async (ledger: RowLedger): Promise<Held> => ({
    ledger,
    past: ledger.contentVersion === 1 ? [] : await records.readPast(ledger.rowId),
  });
  return inParallel(ledgers, held, readsAtOnce);
};

interface People {
  readonly profiles: readonly PersonProfile[];
  readonly records: ReadonlyMap<string, readonly PersonRecord[]>;
}

const readPeople = async ({ records }: WithdrawalPorts, rows: readonly Held[]): Promise<People> => {
  const ids = rows.flatMap(({ ledger, past }) => [ledger, ...past].flatMap(({ subjects }) => subjects.map(({ personId }) => personId)));
  const personIds = [...new Set(ids)];
  const [profiles, found] = await Promise.all([
    records.readProfiles(personIds),
    inParallel(personIds, async (personId) => [personId, await records.readRecords(personId)] as const, readsAtOnce),
  ]);
  return { profiles, records: new Map(found) };
};

const plan = (ports: WithdrawalPorts, about: Withdrawing, rows: readonly Held[], people: People) => {
  const workspace = new Workspace({ ledgers: rows.map(({ ledger }) => ledger), keys: [], ...people });
  const touched = new Set<string>();
  const returned: PersonRecord[] = [];
  let undone = 0;
  for (const { ledger, past } of rows) {
    const { rowId } = ledger;
    const undo: UndoPlan | undefined = planUndo({
      ledger,
      past,
      records: [...people.records.values()].flat().filter((record) => record.rowId === rowId),
      withdrawn: about.upload,
      confirmation: (version) => confirmationOf(rowId, version, about.others),
      standing: about.isSnapshot ? standingOf(rowId, about.others) : undefined,
    });
    if (undo === undefined) continue;
    undone += 1;
    returned.push(...undo.returned);
    for (const { personId } of [...undo.records, ...undo.removed]) touched.add(personId);
    workspace.apply({ outcome: 'changed', profiles: [], ...undo });
  }
  const profiles = people.profiles
    .filter(({ personId }) => touched.has(personId))
    .map((profile) => rebuilt(ports, profile, workspace.records(profile.personId)));
  workspace.apply({ outcome: 'changed', records: [], removed: [], profiles });
  return { workspace, returned, undone };
};

const confirmationOf = (rowId: string, version: number, others: readonly FileClaims[]): Confirmation | undefined => {
  for (const { uploadId, periodStart, periodEnd, rows } of others) {
    const claim = rows.get(rowId);
    if (claim?.version === version) return { uploadId, periodStart, periodEnd, row: claim.row };
  }
  return undefined;
};

/** Somebody of whom nothing remains keeps an empty profile for as long as they had one: a judgement may be about them. */
const rebuilt = ({ hash, clock }: WithdrawalPorts, profile: PersonProfile, records: readonly PersonRecord[]): PersonProfile => {
  const isEmpty = records.every(({ status }) => status === 'superseded');
  const { personId, version } = profile;
  return {
    ...withKeys(hash, assembleView(records, isEmpty ? profile.expiresOn : ''), clock.today()),
    personId,
    version,
    ...setByPeople(profile),
  };
};
