/** One version of a stored object, as the store itself describes it. */
export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the whole, base64, as the store computed it on arrival; absent where it holds none. */
  readonly sha256: string | undefined;
}

/** Read access to the objects of one bucket. */
export interface ObjectReader {
  /** The current version, or the given one; undefined where there is none. */
  readonly describe: (key: string, versionId?: string) => Promise<StoredObject | undefined>;
  /**
   * The bytes of one version from `from` (default 0) up to, not including, `to` (default: the end), as they come. Stop
   * reading (`break`) closes the connection. Throws where the version is gone.
   */
  readonly read: (object: Pick<StoredObject, 'key' | 'versionId'>, from?: number, to?: number) => Promise<AsyncIterable<Uint8Array>>;
}

/** Whether a key is taken, told from the bucket's listing: needs no right to read the object. */
export interface ObjectListing {
  readonly has: (key: string) => Promise<boolean>;
}

export interface ObjectPromotion {
  /** Copies one version to the clean bucket, unless the key is taken there already. Both answers mean that it is there. */
  readonly promote: (from: Pick<StoredObject, 'key' | 'versionId'>, toKey: string) => Promise<'copied' | 'already-there'>;
}

/** What a presigned PUT binds: these bytes, this length, this type, this key, once. */
export interface UploadOrder {
  readonly key: string;
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
  readonly contentType: string;
  readonly expiresInSeconds: number;
}

export interface UploadSigner {
  /** `headers` are those the sender must set; the length sets itself. */
  readonly sign: (order: UploadOrder) => Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> }>;
}

/** What a form may do: store one file of this length (bytes, both ends included) under this key, then go to this page. */
interface FormOrder {
  readonly key: string;
  readonly length: readonly [least: number, most: number];
  readonly contentType: string;
  /** Where the browser is sent once the file is stored. */
  readonly then: string;
  readonly now: string;
  readonly expiresInSeconds: number;
}

export interface SignedForm {
  /** The bucket's address. */
  readonly action: string;
  /** In this order, and before the file, whose own field is `file`. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export interface FormSigner {
  readonly signForm: (order: FormOrder) => Promise<SignedForm>;
}

/** Keys hold ids only. */
export const quarantineKey = (owner: string, uploadId: string): string => `q/${owner}/${uploadId}`;
/** Of a file that a form without scripts sends: it may be written more than once, each time as a version of its own. */
export const formKey = (owner: string, uploadId: string): string => `f/${owner}/${uploadId}`;
export const cleanKey = (uploadId: string): string => `c/${uploadId}`;

const quarantinePattern = /^[qf]\/[0-9A-Za-z-]+\/([0-9A-HJKMNP-TV-Z]{26})$/;
const cleanPattern = /^c\/([0-9A-HJKMNP-TV-Z]{26})$/;
export const uploadOfQuarantineKey = (key: string): string | undefined => quarantinePattern.exec(key)?.[1];
export const uploadOfCleanKey = (key: string): string | undefined => cleanPattern.exec(key)?.[1];

export interface ObjectWriter<Bytes = Uint8Array> {
  /** Writes under a key of its own, once: `already-there` where the key is taken, by the same request sent before. */
  readonly write: (object: {
    readonly key: string;
    readonly bytes: Bytes;
    /** Bytes. */
    readonly size: number;
    /** Base64; the store refuses bytes that do not have it. */
    readonly sha256: string;
    readonly contentType: string;
  }) => Promise<'written' | 'already-there'>;
}
