// Plain JavaScript, so that a Node that is too old to read the rest says what to do instead of failing to load it.
import console from 'node:console';
import process from 'node:process';

const oldest = 24;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    `start: Node ${process.versions.node} is too old: use Node ${oldest} or later. On Linux "npm ci" brings it and "npm start" uses it.`,
  );
  process.exitCode = 1;
} else {
  await import('./start.ts');
}
