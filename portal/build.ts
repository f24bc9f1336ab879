import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const portal = import.meta.dirname;
const dist = join(portal, '..', 'dist');
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

await mkdir(dist, { recursive: true });
const out = await mkdtemp(join(dist, 'building-'));
await build({
  entryPoints: { app: join(portal, 'src/app.ts'), 'check-worker': join(portal, 'src/check/check-worker.ts') },
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

/** File by file: whoever reads the folder meanwhile (a browser, a deployment) never finds one missing or half written. */
const served = join(dist, 'portal');
await mkdir(served, { recursive: true });
const made = await readdir(out);
for (const file of made.toSorted((a, b) => Number(a.endsWith('.html')) - Number(b.endsWith('.html'))))
  await rename(join(out, file), join(served, file));
for (const file of await readdir(served)) if (!made.includes(file)) await rm(join(served, file), { recursive: true, force: true });
await rm(out, { recursive: true });
