import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openPage } from '#functions/forms-api/pages/open-page.ts';
import { footer, formPath, serviceName } from '#shared/contracts/upload-page/frame.ts';

const index = readFileSync(new URL('../../../portal/src/index.html', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');

it('stands in the same frame at both doors, and the page leads to the other', () => {
  for (const html of [index, openPage('Exampleshire Council')]) {
    expect(html).toContain(serviceName);
    expect(html).toContain(footer);
    expect(html).toContain('name="robots" content="noindex, nofollow"');
  }
  expect(/<noscript>.*?<\/noscript>/.exec(index)?.[0]).toContain(`<a href="${formPath}"`);
  expect(/<footer.*<\/footer>/.exec(index)?.[0]).toContain(`href="${formPath}"`);
  expect(openPage('Exampleshire Council')).not.toContain('<script');
});
