import * as z from 'zod';

/** One meaning per name across all functions; each function's `config.ts` picks the ones it needs. */
export const environment = {
  STAGE: z.string(),
  COUNCIL_NAME: z.string(),
  /** `https://…`, no trailing slash. */
  PORTAL_ORIGIN: z.url(),
  RECORDS_TABLE: z.string(),
  UPLOADS_TABLE: z.string(),
  AUDIT_TABLE: z.string(),
  QUARANTINE_BUCKET: z.string(),
  QUARANTINE_KEY_ARN: z.string(),
  CLEAN_BUCKET: z.string(),
  CLEAN_KEY_ARN: z.string(),
  /** KMS: the key that signs receipts. */
  RECEIPT_KEY_ARN: z.string(),
  SCREEN_QUEUE_URL: z.url(),
  WEIGH_QUEUE_URL: z.url(),
  INGEST_QUEUE_URL: z.url(),
  ASSESS_QUEUE_URL: z.url(),
  SCREEN_DEAD_LETTERS_URL: z.url(),
  WEIGH_DEAD_LETTERS_URL: z.url(),
  INGEST_DEAD_LETTERS_URL: z.url(),
  ASSESS_DEAD_LETTERS_URL: z.url(),
  /** Events that reached no queue. */
  UNDELIVERED_QUEUE_URL: z.url(),
  /** Secrets Manager: the HMAC data key of identifiers, names and addresses in keys. */
  MATCH_SECRET_ARN: z.string(),
  /** Secrets Manager: the HMAC data key of link tokens. */
  LINK_SECRET_ARN: z.string(),
} as const;
