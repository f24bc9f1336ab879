import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

const bundler = fileURLToPath(new URL('bundle.ts', import.meta.url));
const functionsFolder = fileURLToPath(new URL('../../../functions/', import.meta.url));

/** Writes one function's bundle into a folder, as `index.mjs`, and answers with its path. */
export const bundleFunction = (name: string, folder: string): string => {
  const entry = join(functionsFolder, name, 'handler.ts');
  if (!existsSync(entry))
    throw new Error(`functions/${name}/handler.ts is missing: the template names this function, so it needs its entry.`);
  const outfile = join(folder, 'index.mjs');
  // A process of its own, because constructs are made synchronously and the bundler's plugins are not.
  execFileSync(process.execPath, [bundler, entry, outfile], { stdio: ['ignore', 'inherit', 'inherit'] });
  return outfile;
};

/** A function's bundle, made on this machine without npx, whose starts would take longer than all else. */
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
