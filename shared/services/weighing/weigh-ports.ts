import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { IngestRequest } from '../../contracts/events/ingest-message.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { FileRefusal, Hold, Upload } from '../../domain/uploads/upload.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceStore } from '../ingest/load-workspace.ts';
import type { CoverageStore, RecordStore } from '../ingest/record-store.ts';
import type { MessageQueue } from '../message-queue.ts';
import type { ObjectReader } from '../uploads/object-store.ts';
import type { MoveResult, Page, PageRequest, UploadRepository } from '../uploads/upload-repository.ts';
import type { ForeseenStore } from './foreseen.ts';
import type { FamiliesEffect, Weighing } from './weighing.ts';

export interface WeighingStore {
  readonly findWeighing: (uploadId: string) => Promise<Weighing | undefined>;
  /** Of the newest files of the feed that have been taken in and still count, newest first. */
  readonly listWeighings: (source: Pick<Upload, 'agency' | 'feed'>, most: number) => Promise<readonly Weighing[]>;
  /** clean → held or ready, together with what the file weighs; `current` explains a refusal. */
  readonly markWeighed: (
    upload: Upload,
    weighing: Weighing | undefined,
    moved: { at: string; hold?: Hold | undefined },
  ) => Promise<MoveResult>;
  /** What a file that is held would do now. Nothing where it is held no longer. */
  readonly renewWeighing: (upload: Upload, weighing: Weighing) => Promise<void>;
}

export interface FamiliesEffects {
  /** What a weighed file would change about families; a second time takes the place of the first. */
  readonly noteFamilies: (uploadId: string, families: FamiliesEffect) => Promise<void>;
}

export interface HoldDecision {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** Files that wait for a person. */
export interface HeldUploads {
  /** held → ready, or refused: what a person has decided about it. */
  readonly releaseHeldUpload: (uploadId: string, decision: HoldDecision) => Promise<MoveResult>;
  readonly sendBackUpload: (uploadId: string, refusal: FileRefusal, decision: HoldDecision) => Promise<MoveResult>;
  /** Those that wait for a person, longest first. */
  readonly listHeldUploads: (page: PageRequest) => Promise<Page<Upload>>;
}

export interface WeighPorts {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
  readonly weighings: WeighingStore;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly records: WorkspaceStore & Pick<RecordStore, 'readSeen'>;
  readonly coverage: Pick<CoverageStore, 'readFeedCoverage'>;
  readonly cleanFiles: ObjectReader;
  readonly foreseen: Pick<ForeseenStore, 'keepForeseen'>;
  readonly ingestQueue: MessageQueue<IngestRequest>;
  readonly assessQueue: MessageQueue<AssessMessage>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly newId: () => string;
}

export type WeighOutcome =
  | { readonly kind: 'ignored'; readonly because: 'no-such-upload' | 'not-ready' | 'finished-before' }
  | { readonly kind: 'passed'; readonly upload: Upload; readonly rows: number }
  | { readonly kind: 'held'; readonly upload: Upload; readonly codes: readonly string[] }
  /** Held already: what it would do has been worked out again. */
  | { readonly kind: 'renewed'; readonly upload: Upload };
