import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { readIngestTimeout, readStage, StageMistake } from './config/read-stage.ts';
import { addSystem } from './create-app.ts';

const pageFolder = fileURLToPath(new URL('../../dist/portal/', import.meta.url));

try {
  const app = new App({ autoSynth: false });
  const config = readStage(app.node.tryGetContext('stage'));
  const ingestTimeoutSeconds = readIngestTimeout(app.node.tryGetContext('ingestTimeoutSeconds'));
  if (!existsSync(pageFolder)) throw new StageMistake('The upload page is not built yet. Run: npm run build:portal');
  addSystem(app, { config, ingestTimeoutSeconds, pageFolder });
  app.synth();
} catch (error) {
  if (!(error instanceof StageMistake)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
