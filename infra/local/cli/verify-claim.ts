import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { claimPackSchema } from '#shared/domain/claims/claim-pack-schema.ts';
import { sha256 } from '#shared/services/rules/hash-of.ts';
import { describeClaim } from './verify-claim/describe-claim.ts';

/**
 * `npm run verify-claim -- FILE [--sha256 HEX]`: verifies a claim pack without the system. Ends with 0 where it is the pack of that hash, its
 * parts fit each other, the sixteen checks come out the same and the determination at entry can be made again; 1 where not; 2 where the file is no such pack.
 */
const { values, positionals } = parseArgs({ options: { sha256: { type: 'string' } }, allowPositionals: true });
const [file = ''] = positionals;
const expected = values.sha256?.trim().toLowerCase();

const readPack = async (path: string) => claimPackSchema.parse(JSON.parse(await readFile(path, 'utf8')));

if (file === '') {
  console.error(
    'Say which pack: npm run verify-claim -- FILE [--sha256 HEX]. FILE is what GET /v1/claims/{claimId}/pack answers, as JSON.',
  );
  process.exitCode = 2;
} else if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected)) {
  console.error('--sha256 takes the packSha256 of the claim: 64 digits and letters from a to f.');
  process.exitCode = 2;
} else {
  const pack = await readPack(file).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (pack instanceof Error) {
    // Not what is wrong with it: that could repeat what the file holds.
    console.error(`${file} is no claim pack that can be read: ${pack.name}.`);
    process.exitCode = 2;
  } else {
    const { lines, isVerified } = describeClaim(pack, sha256, expected);
    console.log(lines.join('\n'));
    process.exitCode = isVerified ? 0 : 1;
  }
}
