import type { RecordedCall, UnusedGrant } from './access/function-access.ts';
import type { TokenOptions } from './http/token-issuer.ts';
import type { ScanOutcome } from './events/malware-check.ts';
import type { QueuedMessage } from './storage/queues.ts';
import type { Json, JsonObject } from '../json.ts';
import type { TemplateModel } from '../template/template-model.ts';

export interface HostOptions {
  /** The synthesised cloud assembly: `cdk.out`. */
  readonly assembly: string;
  /** Keeps tables, objects, secrets, waiting messages and the signing key; without it everything is gone at the end. */
  readonly dataDir?: string;
  /** Left out or 0: any free one. */
  readonly ports?: Partial<Record<'portal' | 'api' | 'objects' | 'issuer' | 'gateway', number>>;
  /** Further or other variables, by function name; `*` for all. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In the place of the template's timeouts, by function name. Seconds. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Most processes per function at a time; 2 without it. */
  readonly concurrency?: number;
  /** When a message that failed is seen again; 1 without it. Seconds. On AWS: what is left of the queue's visibility timeout. */
  readonly retryAfterSeconds?: number;
  /** Events that get lost on their way, by detail type. */
  readonly loses?: (detailType: string) => boolean;
  /** The scanner's result in the place of a look into the file; undefined: it looks. `times`: 1 for the first scan of it. */
  readonly scannerSays?: (scan: { readonly key: string; readonly times: number }) => ScanOutcome['status'] | undefined;
  readonly onLog?: (line: LogLine) => void;
  /** DynamoDB's answer with its consumed capacity, after every call. */
  readonly onCapacity?: (functionName: string, operation: string, answer: JsonObject) => void;
}

export interface LogLine {
  /** A function's name, or `host`. */
  readonly from: string;
  readonly line: string;
}

export interface Host {
  readonly portalUrl: string;
  readonly apiUrl: string;
  readonly issuer: string;
  readonly objectsUrl: string;
  /** DynamoDB Local itself, without the gateway's access check. */
  readonly tablesUrl: string;
  /** Resources by type or logical id, and outputs. */
  readonly model: TemplateModel;
  /** Names as used in all of this. */
  readonly functions: readonly string[];
  /** An access token for a member of these groups. */
  readonly token: (groups: readonly string[], options?: TokenOptions) => Promise<string>;
  readonly stop: () => Promise<void>;
  readonly calls: () => readonly RecordedCall[];
  readonly unusedGrants: () => readonly UnusedGrant[];
  /** Resolves when every queue that a function works on is empty and nothing runs; rejects after the time given. */
  readonly drained: (timeoutSeconds?: number) => Promise<void>;
  /** `kill -9` of a function's processes; true when one of them was at work. */
  readonly killFunction: (name: string) => boolean;
  readonly invoke: (functionName: string, event: Json) => Promise<unknown>;
  /** Fires all schedules that have this function as their target, now. */
  readonly fireSchedules: (functionName: string) => Promise<void>;
  readonly logs: () => readonly LogLine[];
  /** Everything that was sent to a queue, oldest first. */
  readonly messages: () => readonly QueuedMessage[];
  /** Sends a message to a queue, by name, ARN or URL, past every function. */
  readonly put: (queue: string, body: string) => Promise<void>;
  /** What is in a queue now, received or not: by name, ARN or URL. */
  readonly queued: (queue: string) => Promise<readonly QueuedMessage[]>;
}
