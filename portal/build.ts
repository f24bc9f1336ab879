import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const portal = import.meta.dirname;
const out = join(portal, '..', 'dist', 'portal');
const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'));

/**
 * The library's style sheet without what belongs to central government: the crown, the crest and the GDS Transport
 * font, which councils may not use.
 */
const councilStyles = async (): Promise<string> => {
  const css = await readFile(join(govuk, 'dist/govuk/govuk-frontend.min.css'), 'utf8');
  return css
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,/g, '')
    .replaceAll(/url\(\/assets\/images\/govuk-crest\.svg\)/g, 'none')
    .replaceAll(/\/\*#\s*sourceMappingURL=.*?\*\//g, '');
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: [join(portal, 'src/app.ts')],
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
  logLevel: 'warning',
});
await writeFile(join(out, 'app.css'), `${await councilStyles()}\n${await readFile(join(portal, 'src/app.css'), 'utf8')}`);
await cp(join(portal, 'src/index.html'), join(out, 'index.html'));
