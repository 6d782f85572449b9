// Takes the picture of the demo's comment that README.md shows.
//
//   npm install --no-save marked@17 github-markdown-css@5 playwright-core@1
//   cargo run --release -- demo --format markdown | node docs/images/comment.mjs docs/images/comment.png
//
// Needs Chromium at /usr/bin/chromium (or $CHROMIUM) and a colour emoji font.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'index.js'));
const { marked } = await import(require.resolve('marked'));
const { chromium } = require('playwright-core');

const comment = marked.parse(readFileSync(0, 'utf8'), { gfm: true });
const css = readFileSync(require.resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
const page = `<!doctype html><meta charset="utf-8"><style>${css}
  body { margin: 0; background: #fff; }
  #shot { width: 860px; padding: 16px; }
  .box { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  .from { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e;
          font: 14px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .from b { color: #1f2328; }
  .from span { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; font-size: 12px; }
  .markdown-body { padding: 16px; font-size: 14px; }
  .markdown-body table { font-size: 13px; }
  .markdown-body details { margin-bottom: 8px; }
</style>
<div id="shot"><div class="box">
  <div class="from"><b>github-actions</b> <span>bot</span> commented</div>
  <div class="markdown-body">${comment}</div>
</div></div>`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const tab = await browser.newPage({ viewport: { width: 892, height: 400 }, deviceScaleFactor: 1.5 });
await tab.setContent(page);
await tab.locator('#shot').screenshot({ path: process.argv[2] });
await browser.close();
