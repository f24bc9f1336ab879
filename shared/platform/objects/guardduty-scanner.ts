import { createHash, createHmac, type Hash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ScreeningPorts } from '../../services/screening/screen-upload.ts';

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash: Hash | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): never {
    throw new Error('a digest is made once');
  }
}

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment has no ${name}`);
  return value;
};

const path = '/object-malware-scan/send';
const longestMs = 10_000;

/**
 * An on-demand scan of one version (`SendObjectMalwareScan`): under the bucket's protection plan, its verdict comes as the
 * first one does. Called without GuardDuty's client, whose 120 KB would be loaded for this one request.
 */
export const guardDutyScanner =
  (bucket: string): ScreeningPorts['scanAgain'] =>
  async ({ key, versionId }) => {
    const region = variable('AWS_REGION');
    const endpoint = new URL(process.env['AWS_ENDPOINT_URL'] ?? `https://guardduty.${region}.amazonaws.com`);
    const sessionToken = process.env['AWS_SESSION_TOKEN'];
    const signer = new SignatureV4({
      service: 'guardduty',
      region,
      credentials: {
        accessKeyId: variable('AWS_ACCESS_KEY_ID'),
        secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
        ...(sessionToken !== undefined && { sessionToken }),
      },
      sha256: Sha256,
    });
    const body = JSON.stringify({ s3Object: { bucket, key, versionId } });
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      headers: { host: endpoint.host, 'content-type': 'application/json' },
      body,
    });
    const { host: _host, ...sent } = headers;
    const response = await fetch(new URL(path, endpoint), { method: 'POST', headers: sent, body, signal: AbortSignal.timeout(longestMs) });
    if (!response.ok) throw new Error(`the scanner answered ${String(response.status)}`);
  };
