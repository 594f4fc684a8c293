/** What axe-core finds wrong with a page. */

import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { tool } from './tools.js';

const { source } = tool<typeof import('axe-core')>('axe-core');

export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found.violations.map(({ help, nodes }) => `${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
