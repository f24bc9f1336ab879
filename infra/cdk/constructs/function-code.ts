import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type BuildOptions } from 'esbuild';

const functionsFolder = fileURLToPath(new URL('../../../functions/', import.meta.url));

/** Loaded by the SDK when no credentials are in the environment, where Lambda always puts them: 100 KB of each bundle. */
const otherCredentials: readonly string[] = [
  ...['http', 'ini', 'login', 'process', 'sso', 'web-identity'].map((source) => `@aws-sdk/credential-provider-${source}`),
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
];

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
  // CommonJS packages inside an ES module still call `require`.
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  logLevel: 'warning',
};

/** Writes one function's bundle into a folder, as `index.mjs`, and answers with its path. */
export const bundleFunction = (name: string, folder: string): string => {
  const entry = join(functionsFolder, name, 'handler.ts');
  if (!existsSync(entry))
    throw new Error(`functions/${name}/handler.ts is missing: the template names this function, so it needs its entry.`);
  const outfile = join(folder, 'index.mjs');
  buildSync({ ...bundleOptions, entryPoints: [entry], outfile });
  return outfile;
};

/** A function's bundle, made in this process: ten starts of a bundler by way of npx would take longer than all else. */
export const functionCode = (name: string): Code =>
  Code.fromAsset(join(functionsFolder, name), {
    // The folder is not all that goes in: only the result says whether anything changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: {
        tryBundle: (folder) => {
          bundleFunction(name, folder);
          return true;
        },
      },
    },
  });
