import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { IDataObject } from 'n8n-workflow';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { pageOf } from '../../nodes/KeyReport/report/page';
import { pictureOf } from '../../nodes/KeyReport/report/picture';
import { reportOf } from '../../nodes/KeyReport/report/report';
import { hostFolder, packageRoot } from '../../scripts/host/install';
import { NOW, manyKeys, sampleKeys, settings } from '../unit/keyReport/items';
import { launchBrowser, patienceMs } from './support/browser';

const screenshots = process.env.E2E_SCREENSHOTS === 'true';
const references = path.join(packageRoot, 'test', 'e2e', 'pictures');
const schemes = ['light', 'dark'] as const;
const counts = [0, 3, 2000] as const;

/** What n8n's editor cleans HTML with; it brings no types. */
const sanitizeHtml = createRequire(path.join(packageRoot, 'package.json'))('sanitize-html') as {
	(html: string, options: object): string;
	defaults: { allowedTags: string[]; allowedAttributes: object };
};

type Scheme = (typeof schemes)[number];
type Kind = 'page' | 'picture';

/** Of the pixels that may differ: corners are smoothed in other ways by other Chromiums. */
const mostDifferent = 0.002;

/**
 * Fonts differ from machine to machine. For the comparison all text is unseen and gets no room of its
 * own, so that only what the report itself draws is left; a test of its own looks at the text.
 */
const withoutText = `
	* { -webkit-text-fill-color: transparent !important; font-family: monospace !important; letter-spacing: 0 !important; }
	td, th, p, h1, h2, span, strong { white-space: nowrap !important; overflow: hidden !important; }
	p span { width: 300px !important; }
	p span span { width: 10px !important; }
	.kr-grave, .kr-mild { width: 80px !important; }
	svg text { visibility: hidden; }
`;

const reportWith = (items: IDataObject[]) =>
	reportOf(
		items,
		{
			...settings,
			title: 'Privileged keys, week by week',
			maxRows: 40,
			vendorNames: new Map([
				['cortexXsiam', 'Cortex XSIAM'],
				['pam360', 'ManageEngine PAM360'],
				['senhasegura', 'senhasegura'],
			]),
		},
		NOW,
	);

const drawn = (kind: Kind, count: number) => {
	const report = reportWith(manyKeys(count));
	return kind === 'page' ? pageOf(report) : pictureOf(report);
};

void describe('the key report in a browser', () => {
	let browser: Browser;

	before(async () => {
		browser = await launchBrowser();
		await mkdir(references, { recursive: true });
	});

	after(async () => {
		await browser?.close();
	});

	/** A page of the browser that shows it, and notes whatever it wants from elsewhere. */
	async function show(kind: Kind, content: string, scheme: Scheme) {
		const page = await browser.newPage({
			viewport: { width: 1000, height: 900 },
			colorScheme: scheme,
			reducedMotion: 'reduce',
		});
		page.setDefaultTimeout(patienceMs);
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		page.on('console', (message) => asked.push(message.text()));
		if (kind === 'page') await page.setContent(content);
		else await page.setContent(`<body style="margin:0">${content.replace(/<\?xml.*\?>/, '')}`);
		await page.addScriptTag({ path: path.join(packageRoot, 'test/e2e/support/inPage.js') });
		return { page, asked };
	}

	for (const kind of ['page', 'picture'] as const) {
		for (const count of counts) {
			for (const scheme of schemes) {
				const name = `${kind}-${count}-${scheme}`;

				void test(`looks as it did before: ${name}`, async () => {
					const { page, asked } = await show(kind, drawn(kind, count), scheme);
					await page.addStyleTag({ content: withoutText });
					const taken = await page.screenshot({
						clip: { x: 0, y: 0, width: 1000, height: Math.min(1400, await heightOf(page)) },
						fullPage: true,
					});
					assert.deepEqual(asked, []);
					await compare(name, taken);
					await page.close();
				});

				void test(`can be read: ${name}`, async () => {
					const { page } = await show(kind, drawn(kind, count), scheme);
					const faults = await page.evaluate('keyReport.unreadable()');
					assert.deepEqual(faults, []);
					await page.close();
				});
			}
		}
	}

	void test("keeps its picture in n8n's own view of HTML", async () => {
		const whole = drawn('page', 3);
		// As RunDataHtml.vue of n8n's editor has them.
		const shown = sanitizeHtml(whole, {
			allowVulnerableTags: false,
			enforceHtmlBoundary: false,
			disallowedTagsMode: 'discard',
			allowedTags: [...sanitizeHtml.defaults.allowedTags, 'style', 'img', 'title'],
			allowedAttributes: { ...sanitizeHtml.defaults.allowedAttributes, '*': ['class', 'style'] },
			transformTags: { head: '' },
		});
		for (const scheme of schemes) {
			const [before, after] = await Promise.all(
				[whole, shown].map(async (content) => {
					const { page } = await show('page', content, scheme);
					const bars = await page.evaluate<unknown[]>('keyReport.barsOf()');
					await page.close();
					return bars;
				}),
			);
			assert(before && before.length > 0);
			assert.deepEqual(after, before);
		}
	});

	if (screenshots) {
		for (const scheme of schemes) {
			void test(`has its picture taken: ${scheme}`, async () => {
				const content = pageOf(reportWith(sampleKeys()));
				const { page } = await show('page', content, scheme);
				const file = path.join(packageRoot, 'docs', 'images', `key-report-${scheme}.png`);
				await page.screenshot({
					path: file,
					clip: { x: 0, y: 0, width: 1000, height: 1120 },
					fullPage: true,
				});
				await page.close();
			});
		}
	}
});

async function heightOf(page: Page): Promise<number> {
	return await page.evaluate<number>('document.documentElement.scrollHeight');
}

async function compare(name: string, taken: Buffer) {
	const file = path.join(references, `${name}.png`);
	if (screenshots) {
		await writeFile(file, taken);
		return;
	}
	const [now, then] = [PNG.sync.read(taken), PNG.sync.read(await readFile(file))];
	assert.deepEqual([now.width, now.height], [then.width, then.height], name);
	const difference = new PNG({ width: now.width, height: now.height });
	const different = pixelmatch(now.data, then.data, difference.data, now.width, now.height, {
		threshold: 0.1,
	});
	if (different <= now.width * now.height * mostDifferent) return;
	const kept = path.join(hostFolder, 'failures', `${name}.png`);
	await mkdir(path.dirname(kept), { recursive: true });
	await writeFile(kept, PNG.sync.write(difference));
	assert.fail(`${name} differs in ${different} pixels: see ${kept}`);
}
