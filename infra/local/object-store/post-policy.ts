import { createHmac, timingSafeEqual } from 'node:crypto';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import { at, entriesAt, isJsonObject, type Json, listAt, parseJson, textAt } from '../json.ts';

/** A form as it came: its fields by lower-case name, without the file. */
export type FormFields = ReadonlyMap<string, string>;

export interface PostGrant {
  readonly accessKeyId: string;
  /** Bytes of the file, both ends included. */
  readonly length: { readonly least: number; readonly most: number };
}

interface Policy {
  readonly expires: number;
  readonly conditions: readonly FieldCondition[];
  readonly length: PostGrant['length'];
}

interface FieldCondition {
  /** Lower-case, without the dollar sign. */
  readonly field: string;
  readonly operator: 'eq' | 'starts-with';
  readonly value: string;
}

/** What S3 takes in one part. */
const longestUpload = 5 * 1024 ** 3;
const clockSkew = 15 * 60 * 1000;

const refused = (reason: string): S3Error => new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
const malformed = (reason: string): S3Error => new S3Error('InvalidPolicyDocument', `Invalid Policy: ${reason}`);

/**
 * Whether a form may be taken: signed with a known key, not expired, every condition of its policy holds, and every
 * field is spoken of by a condition. As "Authenticating requests in browser-based uploads using POST" of the S3 API
 * reference has it. `now` in milliseconds.
 *
 * @throws S3Error as S3 would answer
 */
export const checkPostPolicy = (
  bucket: string,
  fields: FormFields,
  secretOf: (accessKeyId: string) => string | undefined,
  now: number,
): PostGrant => {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Error('AccessDenied', 'Anonymous requests are refused: the form has no policy.');
  const accessKeyId = checkSignature(encoded, fields, secretOf, now);
  const { expires, conditions, length } = readPolicy(encoded);
  if (expires <= now) throw refused('Policy expired.');

  const named = fields.get('bucket');
  if (named !== undefined && named !== bucket) throw refused('The form names another bucket than its address.');
  const values = new Map([...fields, ['bucket', bucket]]);
  for (const name of values.keys()) {
    const mayGoUnsaid = ['policy', 'x-amz-signature'].includes(name) || name.startsWith('x-ignore-');
    if (!mayGoUnsaid && !conditions.some(({ field }) => field === name)) throw refused(`Extra input fields: ${name}`);
  }
  const failed = conditions.find((condition) => !holds(condition, values.get(condition.field) ?? ''));
  if (failed !== undefined) throw refused(`Policy Condition failed: ["${failed.operator}", "$${failed.field}", "${failed.value}"]`);
  return { accessKeyId, length };
};

/** Signature version 4 over the policy as it was sent; gives the access key id. */
const checkSignature = (encoded: string, fields: FormFields, secretOf: (id: string) => string | undefined, now: number): string => {
  const text = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new S3Error('InvalidArgument', `Bucket POST must contain a field named '${name}'.`);
    return value;
  };
  if (text('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') throw new S3Error('InvalidArgument', 'Only AWS4-HMAC-SHA256 is supported.');
  const [accessKeyId = '', day = '', region = '', service, end, ...more] = text('x-amz-credential').split('/');
  const signedAt = text('x-amz-date');
  const [, year = '', month = '', date = '', time = ''] = /^(\d{4})(\d\d)(\d\d)T(\d\d:?\d\d:?\d\d)Z$/.exec(signedAt) ?? [];
  const instant = Date.parse(`${year}-${month}-${date}T${time.replace(/(\d\d)(\d\d)(\d\d)/, '$1:$2:$3')}Z`);
  const isScoped = day === `${year}${month}${date}` && service === 's3' && end === 'aws4_request' && more.length === 0;
  if (!isScoped || Number.isNaN(instant) || instant > now + clockSkew) throw new S3Error('AccessDenied', 'The credential is not of today.');
  const secret = secretOf(accessKeyId);
  if (secret === undefined) throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  const expected = Buffer.from(signPolicy(encoded, secret, { day, region }));
  const given = Buffer.from(text('x-amz-signature'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new S3Error('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
  }
  return accessKeyId;
};

/** The hexadecimal signature of a policy in base64. `day` as YYYYMMDD. */
const signPolicy = (encoded: string, secret: string, { day, region }: { readonly day: string; readonly region: string }): string => {
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((outer, part) => hmac(outer, part), `AWS4${secret}`);
  return hmac(key, encoded).toString('hex');
};

const readPolicy = (encoded: string): Policy => {
  const document = decoded(encoded);
  const expiration = textAt(document, 'expiration') ?? '';
  const conditions = at(document, 'conditions');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration) || Number.isNaN(Date.parse(expiration))) {
    throw malformed(`Invalid 'expiration' value: '${expiration}'`);
  }
  if (!Array.isArray(conditions)) throw malformed("Policy missing 'conditions'.");
  const ranges: PostGrant['length'][] = [];
  const onFields: FieldCondition[] = [];
  for (const condition of listAt(conditions)) {
    const read = readCondition(condition);
    if ('least' in read) ranges.push(read);
    else onFields.push(read);
  }
  const length = {
    least: Math.max(0, ...ranges.map(({ least }) => least)),
    most: Math.min(longestUpload, ...ranges.map(({ most }) => most)),
  };
  return { expires: Date.parse(expiration), conditions: onFields, length };
};

const decoded = (encoded: string): Json => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw malformed('Invalid Base64.');
  try {
    return parseJson(Buffer.from(encoded, 'base64').toString());
  } catch {
    throw malformed('Invalid JSON.');
  }
};

/** `{"acl": "private"}`, `["starts-with", "$key", "q/"]` or `["content-length-range", 1, 100]`. */
const readCondition = (condition: Json): FieldCondition | PostGrant['length'] => {
  if (isJsonObject(condition)) {
    const [[field, value] = ['', null], ...more] = entriesAt(condition);
    if (typeof value !== 'string' || more.length > 0) throw malformed('Simple-Conditions must have exactly one property specified.');
    return { field: field.toLowerCase(), operator: 'eq', value };
  }
  const [operator, first, second, ...more] = listAt(condition);
  const name = typeof operator === 'string' ? operator.toLowerCase() : '';
  if (name === 'content-length-range' && more.length === 0) {
    const [least, most] = [Number(first ?? Number.NaN), Number(second ?? Number.NaN)];
    if (Number.isSafeInteger(least) && Number.isSafeInteger(most) && least >= 0 && least <= most) return { least, most };
  }
  const isOnField = (name === 'eq' || name === 'starts-with') && more.length === 0;
  if (!isOnField || typeof first !== 'string' || !first.startsWith('$') || typeof second !== 'string') {
    throw malformed(`Invalid Condition: ${JSON.stringify(condition)}`);
  }
  return { field: first.slice(1).toLowerCase(), operator: name, value: second };
};

const holds = ({ field, operator, value }: FieldCondition, actual: string): boolean => {
  if (operator === 'eq') return actual === value;
  // A list of types has to begin so with each of them.
  return field === 'content-type' ? actual.split(',').every((part) => part.startsWith(value)) : actual.startsWith(value);
};
