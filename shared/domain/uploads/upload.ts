import * as z from 'zod';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { feedIds } from '../feeds/feed-ids.ts';
import { weighingFindingSchema } from './weighing/weighing-finding.ts';

/**
 * The life of an upload. Every move is also a condition of the write that makes it (docs/access-patterns.md):
 *
 *   granted ──verdict clean──▶ clean ──weighed──▶ ready ──worker claims──▶ ingesting ──last row──▶ completed
 *      │                         │                 ▲                          │
 *      │                         └──looks wrong──▶ held ──released            │
 *      │                                           │ sent back                │
 *      ├──verdict other, wrong bytes──▶ refused ◀──┴──────────────────────────┘  not what it says: wrong feed, no header, …
 *      └──nothing came in time──▶ expired
 *
 *   granted, clean, held, ready ──taken back──▶ withdrawn ◀──all of it undone── withdrawing ◀──taken back── completed
 */
export const uploadStateSchema = z.enum([
  'granted',
  'clean',
  'held',
  'ready',
  'ingesting',
  'completed',
  'refused',
  'expired',
  'withdrawing',
  'withdrawn',
]);
export type UploadState = z.infer<typeof uploadStateSchema>;

const moves: Readonly<Record<UploadState, readonly UploadState[]>> = {
  granted: ['clean', 'refused', 'expired', 'withdrawn'],
  clean: ['held', 'ready', 'refused', 'withdrawn'],
  held: ['ready', 'refused', 'withdrawn'],
  ready: ['ingesting', 'refused', 'withdrawn'],
  ingesting: ['ingesting', 'completed', 'refused'],
  completed: ['withdrawing'],
  withdrawing: ['withdrawn'],
  withdrawn: [],
  refused: [],
  expired: [],
};

export const statesBefore = (next: UploadState): readonly UploadState[] =>
  uploadStateSchema.options.filter((state) => moves[state].includes(next));

/** Come, and not a row of it taken in. */
export const statesNotBegun = ['granted', 'clean', 'held', 'ready'] as const satisfies readonly UploadState[];

/** Why a whole file was refused. */
export const fileRefusalSchema = z.object({ code: z.string(), message: z.string(), fix: z.string() });
export type FileRefusal = z.infer<typeof fileRefusalSchema>;

export const uploadCountsSchema = z.object({
  rows: z.int().nonnegative(),
  /** Records not held before. */
  added: z.int().nonnegative(),
  /** Records held, with other content. */
  changed: z.int().nonnegative(),
  /** Records held already as they are here. */
  unchanged: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** Records of a snapshot that this file no longer has. */
  ended: z.int().nonnegative(),
});
export type UploadCounts = z.infer<typeof uploadCountsSchema>;

/** Where the next worker goes on: everything before it has been applied, nothing after it has. */
const checkpointSchema = z.object({
  chunk: z.int().nonnegative(),
  /** First byte of the next row in the clean object. */
  byteOffset: z.int().nonnegative(),
  /** Rows read so far, header not counted. */
  row: z.int().nonnegative(),
  /** The file's column names in its own order, once read. */
  header: z.array(z.string()).optional(),
  delimiter: z.string().optional(),
  /** The feed's optional columns that the file does not have: what earlier files said in them no longer holds. */
  columnsMissing: z.array(z.string()).optional(),
  /** Where in the file (1 is the first column) data stands that the feed has no column for. Their names stay with the sender. */
  columnsIgnored: z.array(z.int().positive()).optional(),
  /** Before the first row: how far the file has been looked through, where that took longer than one turn. */
  checked: z.object({ objectVersion: z.string(), byteOffset: z.int().positive() }).optional(),
  /** The one version of the clean object that was checked; nothing else is read after it. */
  objectVersion: z.string().optional(),
  counts: uploadCountsSchema,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What a file is, told from its bytes alone. */
const fileFormSchema = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'workbook']);
export type FileForm = z.infer<typeof fileFormSchema>;

/** Of a sheet's first row, as its sender's page repeats it: one short line without an address. */
const columnNameSchema = z
  .string()
  .max(60)
  .refine((text) => !/[@\p{Cc}\p{Cf}]/u.test(text));

const keptPartSchema = z.object({
  /** Of the file that it was taken from; the part itself is CSV in UTF-8. */
  form: fileFormSchema,
  columns: z.array(z.string()),
  size: z.int().positive(),
  /** Base64. */
  sha256: z.string(),
  /** Columns of the feed that were left out, and where in the file everything left out stood (1 is the first column). */
  left: z.object({ columns: z.array(z.string()), positions: z.array(z.int().positive()) }),
});
export type KeptPart = z.infer<typeof keptPartSchema>;

/** What the sender's page says about the file that was chosen, of which only agreed columns and rows were sent. */
export const announcedSchema = z.strictObject({
  /** SHA-256 in base64. */
  chosen: z.strictObject({ size: z.int().positive(), sha256: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/) }),
  rows: z.int().nonnegative(),
  columnsNotSent: z.array(columnNameSchema).max(500),
});
export type Announced = z.infer<typeof announcedSchema>;

/** Why a virus check said nothing about a file: it could not get at it, or broke off. The fault is never the file's. */
const scanTroubleSchema = z.enum(['not-accessible', 'scan-failed']);
export type ScanTrouble = z.infer<typeof scanTroubleSchema>;

/** `link`: its sender, through the link that it came by. */
export const withdrawalSchema = z.object({
  at: z.iso.datetime(),
  by: z.enum(['staff', 'link']),
  reason: z.string().max(500).optional(),
});
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** Why a file waits for a person, and what that person decided. The findings speak of the file as a whole, never of a row. */
const holdSchema = z.object({
  at: z.iso.datetime(),
  findings: z.array(weighingFindingSchema).min(1),
  decided: z
    .object({ at: z.iso.datetime(), by: z.string(), what: z.enum(['released', 'sent-back']), reason: z.string().max(500) })
    .optional(),
});
export type Hold = z.infer<typeof holdSchema>;

export const uploadSchema = z.object({
  uploadId: z.ulid(),
  /** When everybody whom its rows are about had been put into families and these held against the criteria. */
  assessedAt: z.iso.datetime().optional(),
  /** Can be said on the phone: `SF-7Q4M-2XPT`. */
  reference: z.string(),
  source: z.enum(['link', 'referral']),
  linkId: z.ulid().optional(),
  /** Of a referral: the issuer's subject of the member of staff, who may follow it. */
  referredBy: z.string().optional(),
  /** The sender had nothing to report: a file without rows, made here. */
  nil: z.literal(true).optional(),
  /** The upload of the same link that is taken back once this one has been taken in. */
  replaces: z.ulid().optional(),
  agency: z.string(),
  feed: z.enum(feedIds),
  feedVersion: z.int(),
  /** The agreement's reference; which one, and how it read then, of a file that came through a link. */
  agreement: z.string(),
  agreementId: z.ulid().optional(),
  agreementVersion: z.int().positive().optional(),
  periodStart: isoDateSchema,
  periodEnd: isoDateSchema,
  /** SHA-256 of the bytes the sender hashed, base64. Of a form without scripts: of those that came; absent until then. */
  sha256: z.string().optional(),
  size: z.int().positive().optional(),
  objectKey: z.string(),
  /** Of a form, whose key can be written more than once: the one version that counts, the first that got a clean verdict. */
  pinnedVersionId: z.string().optional(),
  announced: announcedSchema.optional(),
  /** The one version of the quarantined object that got a clean verdict. */
  quarantineVersionId: z.string().optional(),
  /** What of the file was kept, where it had columns that the agreement does not cover: only that is stored beyond quarantine. */
  kept: keptPartSchema.optional(),
  state: uploadStateSchema,
  /** Of a virus check that has said nothing yet: why, and how often it was asked for again. */
  scan: z.object({ trouble: scanTroubleSchema.optional(), rescans: z.int().nonnegative() }).optional(),
  refusal: fileRefusalSchema.optional(),
  hold: holdSchema.optional(),
  checkpoint: checkpointSchema,
  /** Who has taken it back, when and why. */
  withdrawal: withdrawalSchema.optional(),
  /** The worker that has it, until `leaseUntil`. */
  leaseOwner: z.string().optional(),
  leaseUntil: z.iso.datetime().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.int().positive(),
  expiresOn: isoDateSchema,
});
export type Upload = z.infer<typeof uploadSchema>;

export const noCounts: UploadCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, refused: 0, ended: 0 };
export const startCheckpoint: Checkpoint = { chunk: 0, byteOffset: 0, row: 0, counts: noCounts };

/** The bytes that are read: the file's own, or what was kept of it. */
export const readBytes = ({ kept, size, sha256 }: Pick<Upload, 'kept' | 'size' | 'sha256'>): FileBytes =>
  kept ?? sentBytes({ size, sha256 });

/** What is known of the bytes that were sent. Throws for a form that nothing has come by: ask only where something has. */
export const sentBytes = ({ size, sha256 }: Pick<Upload, 'size' | 'sha256'>): FileBytes => {
  if (size === undefined || sha256 === undefined) throw new Error('an upload whose bytes nobody has seen');
  return { size, sha256 };
};

/** Sent by a form without scripts: nobody could say beforehand what would come. */
export const isByForm = ({ sha256, pinnedVersionId }: Pick<Upload, 'sha256' | 'pinnedVersionId'>): boolean =>
  sha256 === undefined || pinnedVersionId !== undefined;

export interface FileBytes {
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
}

/** The largest file taken, in bytes. */
export const largestUpload = 100 * 1024 * 1024;
