import { existsSync } from 'node:fs';
import bundled from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** Chromium from the npm package, or the one at CHROMIUM_PATH. A missing browser fails; it never skips. */
export const launchBrowser = async (): Promise<Browser> => {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && !existsSync(chosen)) throw new Error(`CHROMIUM_PATH names no file: ${chosen}`);
  const executablePath = chosen ?? (await bundled.executablePath());
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};
