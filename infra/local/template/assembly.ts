import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode, errorText, HostError } from '../host-error.ts';
import { at, entriesAt, type Json, type JsonObject, isJsonObject, parseJson, textAt } from '../json.ts';

export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: JsonObject;
  /** Asset file name (`<hash>.zip`) → absolute path of its folder or file in the assembly. */
  readonly assets: ReadonlyMap<string, string>;
}

const fallback = { account: '000000000000', region: 'eu-west-2' };

/** Every stack of a synthesised cloud assembly (`cdk.out`), nested stages included. */
export const readAssembly = (directory: string): readonly Stack[] => {
  const root = path.resolve(directory);
  const stacks = readManifest(root);
  if (stacks.length === 0) throw new HostError(`No stack in ${directory}: run "npm run synth" and start again.`);
  return stacks;
};

const readManifest = (directory: string): Stack[] => {
  const manifest = readJson(path.join(directory, 'manifest.json'));
  return entriesAt(manifest, 'artifacts').flatMap(([id, artifact]) => {
    const type = textAt(artifact, 'type');
    if (type === 'cdk:cloud-assembly') return readManifest(path.join(directory, textAt(artifact, 'properties', 'directoryName') ?? id));
    return type === 'aws:cloudformation:stack' ? [readStack(directory, manifest, id, artifact)] : [];
  });
};

const readStack = (directory: string, manifest: Json, id: string, artifact: Json): Stack => {
  const template = readJson(path.join(directory, textAt(artifact, 'properties', 'templateFile') ?? `${id}.template.json`));
  if (!isJsonObject(template)) throw new HostError(`The template of stack ${id} is not an object: run "npm run synth" again.`);
  const [, account = 'unknown-account', region = 'unknown-region'] =
    /^aws:\/\/([^/]+)\/(.+)$/.exec(textAt(artifact, 'environment') ?? '') ?? [];
  const assetManifest = entriesAt(manifest, 'artifacts').find(
    ([name, other]) => textAt(other, 'type') === 'cdk:asset-manifest' && name === `${id}.assets`,
  );
  const assetFile = textAt(assetManifest?.[1], 'properties', 'file');
  return {
    name: textAt(artifact, 'properties', 'stackName') ?? textAt(artifact, 'displayName') ?? id,
    account: account === 'unknown-account' ? fallback.account : account,
    region: region === 'unknown-region' ? fallback.region : region,
    template,
    assets: assetFile === undefined ? new Map() : readAssets(directory, readJson(path.join(directory, assetFile))),
  };
};

const readAssets = (directory: string, manifest: Json): ReadonlyMap<string, string> =>
  new Map(
    entriesAt(manifest, 'files').flatMap(([hash, asset]) => {
      const source = textAt(asset, 'source', 'path');
      if (source === undefined) return [];
      const keys = entriesAt(asset, 'destinations').map(([, destination]) => textAt(at(destination), 'objectKey') ?? hash);
      return keys.map((key) => [key, path.resolve(directory, source)] as const);
    }),
  );

const readJson = (file: string): Json => {
  try {
    return parseJson(readFileSync(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new HostError(`${path.basename(file)} is missing in ${path.dirname(file)}: run "npm run synth" and start again.`);
    }
    throw new HostError(`${file} cannot be read (${errorText(error)}): run "npm run synth" again.`);
  }
};
