export type PutResult =
  | { readonly kind: 'stored' }
  /** The key is taken: an earlier try whose reply was lost did arrive. */
  | { readonly kind: 'already-stored' }
  /** A new grant is needed: the URL has run out. */
  | { readonly kind: 'expired' }
  /** What arrived is not what was announced. */
  | { readonly kind: 'altered' }
  | { readonly kind: 'network' }
  | { readonly kind: 'refused' };

const codePattern = /<Code>(\w+)<\/Code>/;

const explain = (status: number, body: string): PutResult => {
  if (status >= 200 && status < 300) return { kind: 'stored' };
  if (status === 412) return { kind: 'already-stored' };
  const code = codePattern.exec(body)?.[1];
  if (code === 'BadDigest' || code === 'XAmzContentSHA256Mismatch' || code === 'XAmzContentChecksumMismatch') return { kind: 'altered' };
  if (code === 'RequestTimeout' || code === 'SlowDown' || code === 'InternalError' || status >= 500) return { kind: 'network' };
  if (status === 403 && (body.includes('expired') || code === 'ExpiredToken')) return { kind: 'expired' };
  return { kind: 'refused' };
};

export interface PutRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Blob;
  /** Of the whole, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** XMLHttpRequest, since fetch tells no upload progress. Never rejects. */
export const putFile = ({ url, headers, content, onProgress }: PutRequest): Promise<PutResult> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    // The browser sets the length itself and refuses to have it set.
    for (const [name, value] of Object.entries(headers)) if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener('load', () => resolve(explain(request.status, request.responseText)));
    request.addEventListener('error', () => resolve({ kind: 'network' }));
    request.addEventListener('timeout', () => resolve({ kind: 'network' }));
    request.addEventListener('abort', () => resolve({ kind: 'network' }));
    request.send(content);
  });
