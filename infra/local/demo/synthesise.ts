import { spawn } from 'node:child_process';
import { HostError } from '../host-error.ts';

const root = `${import.meta.dirname}/../../..`;

/** Builds the portal and synthesises the stage into `output`; rejects with what the command said. */
export const synthesise = async (stage: string, output: string): Promise<void> => {
  const command = spawn('cdk', ['synth', '--quiet', '--no-version-reporting', '-c', `stage=${stage}`, '--output', output], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env['PATH'] ?? ''}` },
  });
  let said = '';
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    command.on('error', reject);
    command.on('close', resolve);
  });
  if (code !== 0) throw new HostError(`The CDK app could not be synthesised:\n${said.trim()}`);
};
