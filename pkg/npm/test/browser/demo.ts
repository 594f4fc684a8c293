/** The page that `trunkline sandbox --ui` serves, as a person uses it. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { open } from './chromium.js';
import { PACKAGE } from './site.js';
import { ROOT } from './tools.js';

const SCREENSHOTS = fileURLToPath(new URL('target/screenshots/', ROOT));
const TOKEN = 'a-token-of-the-gateway-0123456789';

/** So that a screenshot is the same each time. */
const STILL = { reducedMotion: 'reduce' } as const;

interface Announced {
  url: string;
  environment: Record<string, string>;
}

/** A command until the tests are over; gives what it announces. */
async function running(args: string[], environment: Record<string, string> = {}): Promise<Announced> {
  const program = process.env.TRUNKLINE_TEST_CLI;
  if (!program) throw new Error('TRUNKLINE_TEST_CLI names the command line: cargo xtask sets it');
  const env = { ...process.env, ...environment };
  const process_ = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
  after(() => process_.kill());
  for await (const line of createInterface(process_.stdout)) return JSON.parse(line) as Announced;
  throw new Error(`trunkline ${args[0]} has ended`);
}

/** The page, with a sandbox of its own. */
export class Demo {
  readonly page: Page;
  /** The sandbox's accounts, as the command line takes them. */
  readonly environment: Record<string, string>;
  /** What the console complained of. */
  readonly complaints: string[];
  readonly #served: Announced;

  private constructor(served: Announced, page: Page, complaints: string[]) {
    this.#served = served;
    this.page = page;
    this.environment = served.environment;
    this.complaints = complaints;
  }

  static async open(options: Parameters<typeof open>[1] = {}): Promise<Demo> {
    const served = await running(['sandbox', '--json', '--ui', fileURLToPath(PACKAGE)]);
    const { page, complaints } = await open('about:blank', { locale: 'en-GB', ...STILL, ...options });
    page.setDefaultTimeout(20_000);
    // It goes on by itself, and can be moved.
    await page.clock.install();
    await page.goto(served.url);
    const demo = new Demo(served, page, complaints);
    await demo.ready();
    return demo;
  }

  /** The page has its accounts, and has listed what they own. */
  async ready(): Promise<void> {
    await this.page.locator('#open-text:not(:empty)').waitFor();
  }

  /** A call of the sandbox itself. */
  async control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const reply = await fetch(`${this.#served.url}/_sandbox/${path}`, { method, ...sent });
    if (!reply.ok) throw new Error(await reply.text());
    return (await reply.json()) as Record<string, unknown>;
  }

  /** How many purchases the sandbox counts there. */
  async purchases(provider: string): Promise<number | undefined> {
    const { providers } = (await this.control('GET', 'state')) as { providers: Record<string, { purchases: number }> };
    return providers[provider]?.purchases;
  }

  /** A gateway with accounts at this sandbox, which takes Vonage's events; the page asks it from now on. */
  async connectToGateway(operations: string[]): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-page-'));
    after(() => rmSync(folder, { recursive: true }));
    const policy = join(folder, 'policy.json');
    const origins = [this.#served.url];
    const events = { vonage: { signs_nothing: true } };
    writeFileSync(policy, JSON.stringify({ operations, origins, events, max_purchases: 10 }));
    const environment = { ...this.environment, TRUNKLINE_GATEWAY_TOKEN: TOKEN };
    const { url } = await running(['gateway', '--json', '--policy', policy], environment);
    await this.page.getByText('Use a gateway').click();
    await this.page.getByLabel('URL of the gateway').fill(url);
    await this.page.getByLabel('Token').fill(TOKEN);
    await this.page.getByRole('button', { name: 'Connect' }).click();
    await this.page.getByText(`The accounts are those of the gateway at ${url}`).waitFor();
    return url;
  }

  /** Fills the form's fields, and waits until every account has answered. */
  async search(fields: Record<string, string> = {}): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`#search [name=${name}]`);
      await (name === 'kind' || name === 'where' ? field.selectOption(value) : field.fill(value));
    }
    await this.page.getByRole('button', { name: 'Search all accounts' }).click();
    await this.page.locator('#results[aria-busy=false] #progress:not(:empty)').waitFor();
  }

  /** Buys the cheapest of that provider; gives its number. */
  async buy(provider: string): Promise<string> {
    await this.offersOf(provider).first().getByRole('button').click();
    await this.confirm('Buy');
    return this.bought(provider);
  }

  /** The number of that provider, once it is owned. */
  async bought(provider: string): Promise<string> {
    const number = this.owned.filter({ hasText: provider }).locator('h3').first();
    return (await number.textContent()) as string;
  }

  /** Waits for a message to that number, which providers are asked for every 5 s. */
  async hear(number: string): Promise<void> {
    await this.notices.getByText(`A message to ${number} is on its way.`).waitFor();
    await this.page.clock.runFor(5000);
    await this.messages.filter({ hasText: number }).first().waitFor();
  }

  /** Answers what the page asks before it does something. */
  async confirm(answer: string): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();
  }

  get progress(): Promise<string | null> {
    return this.page.locator('#progress').textContent();
  }

  get offers(): Locator {
    return this.page.locator('#offers tbody tr');
  }

  offersOf(provider: string): Locator {
    return this.offers.filter({ hasText: provider });
  }

  get failures(): Locator {
    return this.page.locator('#failures li');
  }

  get owned(): Locator {
    return this.page.locator('#numbers > li');
  }

  get messages(): Locator {
    return this.page.locator('#inbox > li');
  }

  get notices(): Locator {
    return this.page.locator('#notices .notice');
  }

  /** A picture of the whole page, or of what is seen of it. */
  async shoot(name: string, fullPage = true): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage });
  }
}
