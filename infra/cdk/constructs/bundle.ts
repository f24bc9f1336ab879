import { readFileSync } from 'node:fs';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import * as z from 'zod';

const packageSchema = z.object({ version: z.string() });

/** Loaded by the SDK when no credentials are in the environment, where Lambda always puts them: 100 KB of each bundle. */
const otherCredentials: readonly string[] = [
  ...['http', 'ini', 'login', 'process', 'sso', 'web-identity'].map((source) => `@aws-sdk/credential-provider-${source}`),
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
];

/** Each client reads its version from its package.json, and would carry all of it. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup: (bundler) => {
    bundler.onLoad({ filter: /@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = packageSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Each client's schemas stand in one file, and the bundler keeps all of them, because a key that is looked up may run code.
 * The keys are constants of that file: written out, only the schemas of the calls that are made stay (65 KB less with S3).
 */
const usedSchemasOnly: Plugin = {
  name: 'used-schemas-only',
  setup: (bundler) => {
    bundler.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const keys = new Map(Array.from(source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm), ([, name, text]) => [name, text]));
      return {
        contents: source.replaceAll(/\[(_\w+)\]:/g, (whole, name: string) => (keys.has(name) ? `${keys.get(name) ?? ''}:` : whole)),
      };
    });
  },
};

/** The tested SDK is shipped, not the one that happens to be in the runtime. */
const bundleOptions: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  external: [...otherCredentials],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  charset: 'utf8',
  // In a file beside it.
  legalComments: 'external',
  plugins: [versionOnly, usedSchemasOnly],
  // CommonJS packages inside an ES module still call `require`.
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  logLevel: 'warning',
};

const [entry = '', outfile = ''] = process.argv.slice(2);
await build({ ...bundleOptions, entryPoints: [entry], outfile });
