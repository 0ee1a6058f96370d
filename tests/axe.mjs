// Looks at HTML pages with axe-core, on a wide screen and a narrow one.  Not
// part of `make check`: it needs Chromium and two packages.
//
//   npm install --ignore-scripts axe-core playwright-core
//   node tests/axe.mjs PAGE.html...        (CHROMIUM=/usr/bin/chromium)
//
// Fails if anything is found; what a person has to look at is listed too.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const need = createRequire(resolve('package.json'));
const { chromium } = need('playwright-core');
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let found = 0;
for (const name of process.argv.slice(2))
  for (const width of [1000, 360]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto('file://' + resolve(name));
    await page.evaluate(axe);
    const report = await page.evaluate(() => axe.run(document));
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > innerWidth);
    console.log(`${name}, ${width} wide: ${report.violations.length} found, ` +
      `${report.incomplete.length} to look at${wide ? ', too wide' : ''}`);
    for (const one of [...report.violations, ...report.incomplete])
      console.log(`  ${one.id}: ${one.help}\n    ${one.nodes[0].html}`);
    found += report.violations.length + (wide ? 1 : 0);
    await page.close();
  }
await browser.close();
process.exit(found ? 1 : 0);
