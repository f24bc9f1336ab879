import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import type { Matching } from '../../domain/matching/decide-assignment.ts';
import type { KeyEntry } from '../../domain/matching/keys/person-index.ts';
import { withKeys } from '../../domain/matching/match-keys.ts';
import { assembleView, emptyView, withRecord } from '../../domain/people/assemble-profile.ts';
import { departureOf, type Departure } from '../../domain/people/departure.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { Mention } from '../../domain/people/mention.ts';
import { setByPeople, type PersonProfile, type ProfileView } from '../../domain/people/person-profile.ts';
import { assignmentOf, type PersonRecord } from '../../domain/people/person-record.ts';
import { areKeysDue, evidenceExpiresOn, isProlongingDue, isRefreshDue, ledgerExpiresOn } from '../../domain/people/record-retention.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import { assign, assignAgain, type AssignedMention } from './assign-mention.ts';
import { isNewer, type Snapshot } from './snapshot.ts';

/** What is held, as far as it concerns the rows in hand. */
export interface HeldView {
  readonly ledger: (rowId: string) => RowLedger | undefined;
  readonly profile: (personId: string) => PersonProfile | undefined;
  /** Of people whose profile must be rebuilt: everything held about them. */
  readonly records: (personId: string) => readonly PersonRecord[];
  /** Who stands under each of the keys; nothing of a key that too many share. */
  readonly entries: (keys: readonly string[]) => readonly KeyEntry[];
  /** Whether nobody else can stand under the key, as far as it has been read. */
  readonly isFull: (key: string) => boolean;
}

/** A row that passed its feed's checks. */
export interface IncomingRow {
  /** In the file. */
  readonly row: number;
  readonly rowId: string;
  readonly contentHash: string;
  readonly mentions: readonly Mention[];
}

export interface PlanContext {
  readonly upload: Pick<Upload, 'uploadId' | 'source' | 'agency' | 'periodStart' | 'periodEnd'>;
  readonly feed: Pick<FeedDefinition, 'id' | 'accessClass'>;
  /** The file says how things stand: its records hold until another file of the feed says otherwise. */
  readonly standing: boolean;
  /** The newest snapshot begun, of a standing feed: where that is not this one, what is current is what it has found or will find. */
  readonly newest: Snapshot | undefined;
  readonly hash: KeyedHash;
  readonly matching: Matching;
  readonly newId: () => string;
  readonly now: string;
  readonly today: string;
}

/** What one row changes. Profiles and ledger stand with the version that is held. */
export interface RowPlan {
  /** `duplicate`: the file says two different things about one record; `agency-holds`: a referral says otherwise than the agency's own file. */
  readonly outcome: 'added' | 'changed' | 'unchanged' | 'duplicate' | 'agency-holds' | 'ended';
  readonly ledger?: RowLedger;
  readonly records: readonly PersonRecord[];
  readonly removed: readonly PersonRecord[];
  /** What stays with the people whom rows have gone from. */
  readonly departures?: readonly Departure[];
  readonly profiles: readonly PersonProfile[];
  /** People whose match keys are written again as they are, so that they do not end before the rows. */
  readonly keysKept?: readonly string[];
  /** How rows were held until now, where their content changes or comes back. */
  readonly past?: readonly RowLedger[];
  readonly forgotten?: readonly RowLedger[];
  /** Is held no longer. */
  readonly gone?: RowLedger;
}

const noChange = (outcome: RowPlan['outcome']): RowPlan => ({ outcome, records: [], removed: [], profiles: [] });

/** Whether there is nothing to write: the row says what is held and kept long enough, or what a newer file has overtaken. */
const isHeld = (ledger: RowLedger, row: IncomingRow, { upload, newest }: PlanContext): boolean => {
  if (ledger.erasedOn !== undefined) return true;
  if (upload.periodEnd < (ledger.endedOn ?? ledger.periodEnd)) return true;
  if (ledger.status === 'current' && newest !== undefined && isNewer(newest, upload)) return true;
  // What came as a referral becomes the agency's own with the first file that says the same.
  if (ledger.referred === true && upload.source === 'link') return false;
  return isConfirmed(ledger, row) && !isRefreshDue(ledger.periodEnd, upload.periodEnd);
};

/** Whether the row says what is held. */
const isConfirmed = (ledger: RowLedger, { contentHash }: IncomingRow): boolean =>
  ledger.status === 'current' && ledger.contentHash === contentHash;

/** Rows whose plan needs the records of the people they were assigned to. */
export const mayChange = (ledger: RowLedger | undefined, row: IncomingRow, context: PlanContext): ledger is RowLedger =>
  ledger !== undefined && !isHeld(ledger, row, context);

/** Decides what a row changes, from what is held. Pure but for the new ids. */
export const planRow = (held: HeldView, row: IncomingRow, context: PlanContext): RowPlan => {
  const ledger = held.ledger(row.rowId);
  if (ledger === undefined) return apply(held, row, context, undefined, []);
  if (ledger.erasedOn !== undefined) return keepOut(ledger, context);
  if (ledger.uploadId === context.upload.uploadId && ledger.contentHash !== row.contentHash) return noChange('duplicate');
  if (context.upload.source === 'referral' && ledger.referred !== true)
    return noChange(isConfirmed(ledger, row) ? 'unchanged' : 'agency-holds');
  if (isHeld(ledger, row, context)) return noChange('unchanged');
  return apply(held, row, context, ledger, recordsOf(held, ledger));
};

/** Whatever the file says of an erased row, it stays erased: the marker, for as long as files go on having the row. */
const keepOut = (ledger: RowLedger, { upload }: PlanContext): RowPlan => {
  const expiresOn = ledgerExpiresOn(upload.periodEnd);
  if (!isProlongingDue(ledger.expiresOn, expiresOn)) return noChange('unchanged');
  return { ...noChange('unchanged'), ledger: { ...ledger, expiresOn } };
};

/** The record is not in the newer of two snapshots: it holds no longer, from the end of that one's period on. */
export const planEnd = (held: HeldView, ledger: RowLedger, endedOn: string, context: PlanContext): RowPlan => {
  if (ledger.status === 'ended') return noChange('unchanged');
  const records = recordsOf(held, ledger).map((record): PersonRecord => ({ ...record, status: 'ended', endedOn }));
  const rebuilt = new Map<string, PersonRecord[]>();
  for (const { personId } of records) rebuilt.set(personId, []);
  for (const record of records) rebuilt.get(record.personId)?.push(record);
  return {
    outcome: 'ended',
    ledger: { ...ledger, status: 'ended', endedOn },
    records,
    removed: [],
    profiles: [...rebuilt].map(([personId, own]) => rebuild(held, personId, ledger.rowId, own, context)),
  };
};

/** The records that the ledger's row left with the people it was assigned to. */
const recordsOf = (held: HeldView, ledger: RowLedger): readonly PersonRecord[] =>
  ledger.subjects.flatMap(({ subject, personId }) =>
    held
      .records(personId)
      .filter((record) => record.rowId === ledger.rowId && record.subject === subject && record.status !== 'superseded'),
  );

const apply = (
  held: HeldView,
  row: IncomingRow,
  context: PlanContext,
  ledger: RowLedger | undefined,
  earlier: readonly PersonRecord[],
): RowPlan => {
  const sameContent = ledger?.contentHash === row.contentHash;
  const confirmed = ledger !== undefined && isConfirmed(ledger, row);
  const contentVersion = ledger === undefined ? 1 : sameContent ? ledger.contentVersion : ledger.contentVersion + 1;
  const made = new Map<string, PersonProfile>();
  const assigned: PersonRecord[] = [];
  for (const mention of row.mentions) {
    const draft = draftRecord(row, mention, contentVersion, context);
    const before = earlier.find(({ subject }) => subject === mention.subject);
    const assignment: AssignedMention =
      before === undefined ? assign(held, draft, made, context) : assignAgain(held, draft, before, made, context);
    const personId = assignment.kind === 'link' ? assignment.personId : context.newId();
    const record: PersonRecord = {
      ...draft,
      personId,
      ...assignmentOf(assignment),
      // Since when it has been with this person is not forgotten because a file repeats it.
      ...(sameContent && before?.personId === personId && { recordedAt: before.recordedAt }),
      // What a file only repeats has held since the first file that said so.
      ...(confirmed && before !== undefined && { periodStart: earlierOf(before, draft).periodStart }),
    };
    assigned.push(record);
    // The next mention of the row sees who has just been made.
    if (assignment.kind === 'new') made.set(personId, newPerson(held, record, context));
  }
  const personOf = new Map(assigned.map(({ subject, personId }) => [subject, personId]));
  const records = assigned.map((record, index): PersonRecord => {
    const relations = (row.mentions[index]?.relations ?? []).flatMap((relation) => {
      const toPersonId = personOf.get(relation.toSubject);
      // Also where two subjects were found to be one person: a judgement may take them apart again.
      return toPersonId === undefined ? [] : [{ ...relation, toPersonId }];
    });
    return { ...record, relations };
  });
  const history = sameContent ? [] : earlier.map((record) => supersede(record, personOf.get(record.subject), context));
  const removed = earlier.filter((record) => personOf.get(record.subject) !== record.personId);
  const people = [...new Set([...earlier, ...records].map(({ personId }) => personId))];
  const profiles = people.map((personId) => {
    const own = [...history, ...records].filter((record) => record.personId === personId);
    if (earlier.some((record) => record.personId === personId)) return rebuild(held, personId, row.rowId, own, context);
    const justMade = own.length === 1 ? made.get(personId) : undefined;
    if (justMade !== undefined) return justMade;
    return extend(held, personId, own, context);
  });
  return {
    // What was held may have come to the end of its time since.
    outcome: ledger === undefined || (confirmed && earlier.length === 0) ? 'added' : confirmed ? 'unchanged' : 'changed',
    ledger: nextLedger(row, records, contentVersion, context, sameContent, ledger),
    records: [...history, ...records],
    removed,
    ...(ledger !== undefined && !sameContent && { past: [ledger] }),
    departures: removed.map((record) => leaving(held, record, personOf.get(record.subject), context)),
    profiles,
    keysKept: confirmed ? people.filter((personId) => areKeysDue(personId, context.upload.periodEnd)) : [],
  };
};

const earlierOf = (a: PersonRecord, b: PersonRecord): PersonRecord => (b.periodStart < a.periodStart ? b : a);

/** Who the row was about until now, and why, stays readable with that person. */
const leaving = (held: HeldView, record: PersonRecord, to: string | undefined, { now, upload }: PlanContext): Departure =>
  departureOf(
    record,
    { records: held.records(record.personId), departures: [] },
    { leftAt: now, movedBy: { uploadId: upload.uploadId }, ...(to !== undefined && { to }) },
  );

/** What stays of the old content. Where the row was about somebody else after all, it says nothing about the first person. */
const supersede = (record: PersonRecord, personNow: string | undefined, { upload }: PlanContext): PersonRecord => ({
  ...record,
  status: 'superseded',
  endedOn: personNow === record.personId && record.status === 'current' ? upload.periodStart : (record.endedOn ?? record.periodStart),
});

const nextLedger = (
  { rowId, contentHash }: IncomingRow,
  records: readonly PersonRecord[],
  contentVersion: number,
  { upload, feed }: PlanContext,
  sameContent: boolean,
  held: RowLedger | undefined,
): RowLedger => ({
  rowId,
  agency: upload.agency,
  feed: feed.id,
  contentHash,
  contentVersion,
  uploadId: upload.uploadId,
  ...(upload.source === 'referral' && { referred: true }),
  ...(sameContent && upload.source !== 'referral' && referralOf(held)),
  periodStart: upload.periodStart,
  periodEnd: upload.periodEnd,
  status: 'current',
  subjects: records.map(({ subject, personId }) => ({ subject, personId })),
  version: held?.version ?? 0,
  expiresOn: ledgerExpiresOn(upload.periodEnd),
});

/** Who said it first, where that was not a file of the agency: what remains if the file is withdrawn. */
const referralOf = (held: RowLedger | undefined): Pick<RowLedger, 'referral'> => {
  if (held?.referred !== true) return held?.referral === undefined ? {} : { referral: held.referral };
  const { uploadId, periodStart, periodEnd } = held;
  return { referral: { uploadId, row: 1, periodStart, periodEnd } };
};

const draftRecord = (
  { row, rowId }: IncomingRow,
  { subject, details, contacts, facts }: Mention,
  contentVersion: number,
  { upload, feed, standing, now }: PlanContext,
): PersonRecord => ({
  personId: '',
  rowId,
  subject,
  agency: upload.agency,
  feed: feed.id,
  accessClass: feed.accessClass,
  uploadId: upload.uploadId,
  row,
  periodStart: upload.periodStart,
  periodEnd: upload.periodEnd,
  standing,
  details,
  contacts,
  relations: [],
  facts,
  status: 'current',
  contentVersion,
  because: 'no-match',
  recordedAt: now,
  expiresOn: evidenceExpiresOn(upload.periodEnd),
});

const newPerson = (held: HeldView, record: PersonRecord, context: PlanContext): PersonProfile =>
  extend(held, record.personId, [record], context);

const profileOf = (held: HeldView, personId: string, view: ProfileView, { hash, today }: PlanContext): PersonProfile => {
  const before = held.profile(personId);
  const standing = { stoodUnder: new Set(before?.identityKeys), isFull: (key: string) => held.isFull(key) };
  return {
    ...withKeys(hash, view, today, standing),
    personId,
    version: before?.version ?? 0,
    ...(before !== undefined && setByPeople(before)),
  };
};

/** The profile with records more. */
const extend = (held: HeldView, personId: string, records: readonly PersonRecord[], context: PlanContext): PersonProfile => {
  const [first] = records;
  const start = held.profile(personId) ?? emptyView(first?.expiresOn ?? context.today);
  return profileOf(held, personId, records.reduce<ProfileView>(withRecord, start), context);
};

/** The profile from everything held, with `own` in the place of what the row said before. */
const rebuild = (held: HeldView, personId: string, rowId: string, own: readonly PersonRecord[], context: PlanContext): PersonProfile => {
  const others = held.records(personId).filter((record) => record.rowId !== rowId || record.status === 'superseded');
  const expiresOn = held.profile(personId)?.expiresOn ?? context.today;
  return profileOf(held, personId, assembleView([...others, ...own], expiresOn), context);
};
