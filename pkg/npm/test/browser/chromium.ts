/** Chromium, as people have it installed, driven by playwright-core. */

import { after } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { tool } from './tools.js';

const { chromium } = tool<typeof import('playwright-core')>('playwright-core');

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Its default of 64 MB in containers is too little.
  '--disable-dev-shm-usage',
];

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

async function launch(): Promise<Browser> {
  const executablePath = process.env.TRUNKLINE_CHROMIUM;
  if (!executablePath) throw new Error('TRUNKLINE_CHROMIUM names the browser: cargo xtask sets it');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page in a profile of its own, and what its console and its scripts complained of. */
export async function open(
  url: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  browser ??= launch();
  const page = await (await browser).newPage(options);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
}

/** A profile, whose pages share what the browser keeps for them. */
export async function profile(): Promise<BrowserContext> {
  browser ??= launch();
  return (await browser).newContext();
}

/** Calls what a module of the page's site exports. */
export function call<T>(page: Page, module: string, name: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    async ([module, name, args]) => {
      const exported = (await import(module)) as Record<string, (...args: unknown[]) => unknown>;
      return (await exported[name]?.(...args)) as T;
    },
    [module, name, args] as const,
  );
}
