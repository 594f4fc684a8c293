/** The page that `trunkline sandbox --ui` serves, as a person uses it. */

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { open } from './chromium.js';
import { PACKAGE } from './site.js';
import { ROOT } from './tools.js';

const SCREENSHOTS = fileURLToPath(new URL('target/screenshots/', ROOT));

/** `trunkline sandbox --ui` until the tests are over; gives its URL. */
async function served(): Promise<string> {
  const program = process.env.TRUNKLINE_TEST_CLI;
  if (!program) throw new Error('TRUNKLINE_TEST_CLI names the command line: cargo xtask sets it');
  const args = ['sandbox', '--json', '--ui', fileURLToPath(PACKAGE)];
  const running = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => running.kill());
  for await (const line of createInterface(running.stdout)) return (JSON.parse(line) as { url: string }).url;
  throw new Error('trunkline sandbox has ended');
}

/** The page, with a sandbox of its own. */
export class Demo {
  readonly page: Page;
  /** What the console complained of. */
  readonly complaints: string[];
  readonly #url: string;

  private constructor(url: string, page: Page, complaints: string[]) {
    this.#url = url;
    this.page = page;
    this.complaints = complaints;
  }

  static async open(options: Parameters<typeof open>[1] = {}): Promise<Demo> {
    const url = await served();
    const { page, complaints } = await open(url, { locale: 'en-GB', ...options });
    page.setDefaultTimeout(20_000);
    return new Demo(url, page, complaints);
  }

  /** A call of the sandbox itself. */
  async control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const reply = await fetch(`${this.#url}/_sandbox/${path}`, { method, ...sent });
    return (await reply.json()) as Record<string, unknown>;
  }

  /** How many purchases the sandbox counts there. */
  async purchases(provider: string): Promise<number | undefined> {
    const { providers } = (await this.control('GET', 'state')) as { providers: Record<string, { purchases: number }> };
    return providers[provider]?.purchases;
  }

  async search(provider: string): Promise<void> {
    await this.page.getByText(provider, { exact: true }).click();
    await this.page.getByRole('button', { name: 'Show offers' }).click();
    await this.page.locator('#offers[aria-busy=false] table').waitFor();
  }

  get offers(): Locator {
    return this.page.locator('#offers tbody tr');
  }

  get owned(): Locator {
    return this.page.locator('#numbers > li');
  }

  get notices(): Locator {
    return this.page.locator('#notices .notice');
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
  }
}
