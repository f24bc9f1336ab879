import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { PersonDetails } from '../../domain/people/person-details.ts';
import { loadWorkspace, type WorkspaceStore } from '../ingest/load-workspace.ts';
import { planRow, type PlanContext, type RowPlan } from '../ingest/plan-row.ts';
import type { RecordChanges } from '../ingest/record-store.ts';
import type { Workspace } from '../ingest/workspace.ts';
import type { FileProfile } from '../../domain/uploads/weighing/file-profile.ts';
import type { SampledRow } from './row-sample.ts';
import type { FileEffect } from './weighing.ts';

export interface ForeseenRows {
  readonly effect: Omit<FileEffect, 'isWhole' | 'ended'>;
  readonly sample: FileProfile['sample'];
  /** What would be written, worked out when it is asked for. */
  readonly changes: () => Promise<RecordChanges>;
}

/** What the rows would do, by the plans that taking them in makes; nothing is written. */
export const foreseeEffect = async (
  records: WorkspaceStore,
  sampled: readonly SampledRow[],
  context: PlanContext,
): Promise<ForeseenRows> => {
  const rows = sampled.flatMap(({ row }) => (row.kind === 'incoming' ? [row.incoming] : []));
  const workspace = await loadWorkspace(records, rows, context);
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  const made = new Set<string>();
  const changedFields = new Map<string, number>();
  const sample = { rows: 0, recordsKnown: 0, people: 0, peopleKnown: 0, namesSwapped: 0, datesSwapped: 0 };
  let possibleMatches = 0;
  for (const row of rows) {
    const isKnown = (workspace.ledger(row.rowId)?.subjects.length ?? 0) > 0;
    const plan = planRow(workspace, row, context);
    sample.rows += 1;
    sample.people += row.mentions.length;
    if (isKnown) sample.recordsKnown += 1;
    if (plan.outcome === 'duplicate' || plan.outcome === 'agency-holds' || plan.outcome === 'ended') {
      counts.refused += 1;
      sample.peopleKnown += row.mentions.length;
      continue;
    }
    counts[plan.outcome] += 1;
    workspace.apply(plan);
    const { now, before } = contents(plan);
    const makes = now.map(({ personId }) => personId).filter((personId) => !isHeld(workspace, personId));
    for (const personId of makes) made.add(personId);
    sample.peopleKnown += plan.outcome === 'unchanged' ? row.mentions.length : now.length - makes.length;
    possibleMatches += now.filter((record) => record.review !== undefined && before.get(record.subject)?.review === undefined).length;
    for (const record of now) note(record, before.get(record.subject), changedFields, sample);
  }
  return {
    effect: { rows: rows.length, ...counts, newPeople: made.size, changedFields: Object.fromEntries(changedFields), possibleMatches },
    sample,
    changes: async () => {
      const keys = workspace.keysToRead;
      if (keys.length > 0) workspace.addKeys(keys, await records.readKeys(keys));
      return workspace.changes();
    },
  };
};

/** Whether the person was there before the file. */
const isHeld = (workspace: Workspace, personId: string): boolean => (workspace.profile(personId)?.version ?? 0) > 0;

const contents = (plan: RowPlan): { readonly now: readonly PersonRecord[]; readonly before: ReadonlyMap<string, PersonRecord> } => ({
  now: plan.records.filter(({ status }) => status === 'current'),
  before: new Map(plan.records.flatMap((record) => (record.status === 'superseded' ? [[record.subject, record] as const] : []))),
});

const note = (
  { details, contacts, facts }: PersonRecord,
  before: PersonRecord | undefined,
  changedFields: Map<string, number>,
  sample: { namesSwapped: number; datesSwapped: number },
): void => {
  if (before === undefined) return;
  const isOther = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const fields = [...new Set([...Object.keys(details), ...Object.keys(before.details)])].filter((field) =>
    isOther(Reflect.get(details, field), Reflect.get(before.details, field)),
  );
  if (isOther(contacts, before.contacts)) fields.push('contacts');
  if (isOther(facts, before.facts)) fields.push('facts');
  for (const field of fields) changedFields.set(field, (changedFields.get(field) ?? 0) + 1);
  if (areNamesSwapped(details, before.details)) sample.namesSwapped += 1;
  if (isDateSwapped(details.birthDate, before.details.birthDate)) sample.datesSwapped += 1;
};

const areNamesSwapped = (now: PersonDetails, was: PersonDetails): boolean =>
  now.forename !== undefined && now.forename !== now.surname && now.forename === was.surname && now.surname === was.forename;

const isDateSwapped = (now: string | undefined, was: string | undefined): boolean => {
  if (now === undefined || was === undefined || now === was) return false;
  const [year, month, day] = was.split('-');
  return now === `${year ?? ''}-${day ?? ''}-${month ?? ''}`;
};
