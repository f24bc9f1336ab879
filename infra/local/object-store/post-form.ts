import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import busboy from 'busboy';
import type { FormFields } from './post-policy.ts';

export interface PostForm {
  readonly fields: FormFields;
  /** The bytes of the file; whatever follows them is dropped, as S3 does. */
  readonly file: Readable;
  /** Lets the rest of the request go, so that its answer can be sent. */
  readonly release: () => void;
}

/** What S3 takes before the file. */
const longestField = 20 * 1024;
const mostFields = 100;

const malformed = (reason: string): S3Error =>
  new S3Error('MalformedPOSTRequest', `The body of your POST request is not well-formed: ${reason}`);

/** Reads a form up to its file, which has to be the last field. @throws S3Error */
export const readPostForm = (request: IncomingMessage): Promise<PostForm> =>
  new Promise((resolve, reject) => {
    const release = (): void => {
      request.unpipe();
      request.resume();
    };
    const refuse = (error: S3Error): void => {
      release();
      reject(error);
    };
    if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) {
      refuse(new S3Error('PreconditionFailed', 'Bucket POST must be of the enclosure-type multipart/form-data'));
      return;
    }
    const fields = new Map<string, string>();
    let reader: busboy.Busboy;
    try {
      reader = busboy({ headers: request.headers, limits: { fieldSize: longestField, fields: mostFields, files: 1 } });
    } catch {
      refuse(malformed('there is no boundary.'));
      return;
    }
    reader.on('field', (written, value, { valueTruncated, nameTruncated }) => {
      const name = written.toLowerCase();
      if (valueTruncated || nameTruncated) refuse(new S3Error('MaxPostPreDataLengthExceededError', 'A field before the file is too long.'));
      else if (fields.has(name)) refuse(malformed(`${name} is given twice.`));
      else fields.set(name, value);
    });
    reader.on('file', (name, file) => {
      // Whoever reads it hears of a form that breaks off; here nobody may be reading yet.
      file.on('error', () => undefined);
      if (name.toLowerCase() === 'file') resolve({ fields: new Map(fields), file, release });
      else refuse(malformed('the file is not in the field "file".'));
    });
    reader.on('fieldsLimit', () => refuse(malformed('there are too many fields.')));
    reader.on('error', () => refuse(malformed('it breaks off.')));
    reader.on('close', () => refuse(new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.')));
    request.pipe(reader);
  });
