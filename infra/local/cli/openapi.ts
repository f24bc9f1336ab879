import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openApiDocument } from '../../cdk/openapi/openapi-document.ts';

/**
 * `npm run openapi` writes docs/openapi.json; `npm run openapi -- --check` fails where the file is not what the route
 * table says.
 */
const file = new URL('../../../docs/openapi.json', import.meta.url);
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const document = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (!values.check) {
  await writeFile(file, document);
  console.log('docs/openapi.json is written.');
} else if ((await readFile(file, 'utf8').catch(() => '')) !== document) {
  console.error('docs/openapi.json is not what the route table says. Run: npm run openapi');
  process.exitCode = 1;
}
