/** The example of the README, in a page that loads the package as it is. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from './chromium.js';
import { PACKAGE, PAGE, site } from './site.js';

test('the example of the README prints its code', async () => {
  const readme = readFileSync(new URL('README.md', PACKAGE), 'utf8');
  const example = /```js\n(.*?)```/s.exec(readme)?.[1] as string;
  const { page, complaints } = await open(await site());
  const printed = page.waitForEvent('console', { timeout: 30_000 });
  const files = { '/example.html': PAGE.replace('</head>', `<script type="module">${example}</script></head>`) };
  await page.goto(`${await site(files)}example.html`);
  assert.equal((await printed).text(), '481516');
  assert.deepEqual(complaints, []);
});
