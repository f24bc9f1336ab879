import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readReceiptText } from '#shared/contracts/receipts/read-receipt-text.ts';
import { describeReceipt } from './verify-receipt/describe-receipt.ts';

/**
 * `npm run verify-receipt -- FILE [--key PEM]`: verifies a receipt without the service. Ends with 0 where it is genuine; 1
 * where it was altered or signed with another key; 2 where that cannot be said.
 */
const usage =
  'Say which receipt: npm run verify-receipt -- FILE --key PEM. PEM is a file with the public key, as GET /v1/receipts/keys gives it.';

const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

const main = async (): Promise<number> => {
  if (file === undefined) {
    console.error(usage);
    return 2;
  }
  const kept = readReceiptText((await textOf(file)) ?? '');
  if (kept === undefined) {
    console.error(`${file} is no receipt that can be read.`);
    return 2;
  }
  const pem = values.key === undefined ? undefined : await textOf(values.key);
  if (values.key !== undefined && pem === undefined) {
    console.error(`${values.key} cannot be read.`);
    return 2;
  }
  const { lines, exitCode } = describeReceipt(kept, pem);
  console.log(lines.join('\n'));
  return exitCode;
};

process.exitCode = await main();
