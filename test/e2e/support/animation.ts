import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { packageRoot } from '../../../scripts/host/install';

export interface Picture {
	png: Buffer;
	/** For how many milliseconds it is shown. */
	ms: number;
}

interface Area {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** Where the code in the page is served from: an address that the browser takes for a safe one. */
const studio = 'http://localhost/studio';

/**
 * Makes WebP files: Chromium compresses the pictures, without loss, and of each in an animation there is
 * no more than what differs from the one before.
 */
export class Animator {
	private constructor(private readonly page: Page) {}

	static async open(browser: Browser): Promise<Animator> {
		const page = await browser.newPage();
		await page.route(studio, async (route) => {
			await route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
		});
		await page.goto(studio);
		const code = path.join(packageRoot, 'test', 'e2e', 'support', 'webpInPage.js');
		await page.addScriptTag({ path: code });
		return new Animator(page);
	}

	async close() {
		await this.page.close();
	}

	/** Shows pictures of one size one after the other, again and again. */
	async animate(pictures: Picture[]): Promise<Buffer> {
		const images = pictures.map(({ png }) => PNG.sync.read(png));
		const [first] = images;
		if (first === undefined) throw new Error('There is no picture to show.');
		const frames: Buffer[] = [];
		for (const [index, image] of images.entries()) {
			const area = changedArea(images[index - 1], image);
			const part = await this.encoded(cut(image, area));
			frames.push(frameChunk(area, pictures[index]?.ms ?? 0, part));
		}
		return riff([headerChunk(first), loopChunk(), ...frames]);
	}

	/** One picture as a file of its own. */
	async still(png: Buffer): Promise<Buffer> {
		return await this.encoded(PNG.sync.read(png));
	}

	/** What a browser shows of an animation. */
	async play(animation: Buffer): Promise<Picture[]> {
		const shown = await this.call<Array<{ png: string; ms: number }>>('decoded', animation);
		return shown.map(({ png, ms }) => ({ png: Buffer.from(png, 'base64'), ms }));
	}

	private async encoded(image: PNG): Promise<Buffer> {
		return Buffer.from(await this.call<string>('encoded', PNG.sync.write(image)), 'base64');
	}

	private async call<T>(name: 'encoded' | 'decoded', data: Buffer): Promise<T> {
		return await this.page.evaluate<T>(`webp.${name}('${data.toString('base64')}')`);
	}
}

/** What differs; it begins at even pixels, since the file format counts in pairs. */
function changedArea(before: PNG | undefined, now: PNG): Area {
	const { width, height } = now;
	if (before === undefined) return { left: 0, top: 0, width, height };
	if (before.width !== width || before.height !== height) {
		throw new Error('The pictures of an animation must have one size.');
	}
	let [left, top, right, bottom] = [width, height, 0, 0];
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const at = (y * width + x) * 4;
			if (now.data.readUInt32BE(at) === before.data.readUInt32BE(at)) continue;
			left = Math.min(left, x);
			right = Math.max(right, x + 1);
			top = Math.min(top, y);
			bottom = y + 1;
		}
	}
	if (right === 0) return { left: 0, top: 0, width: 1, height: 1 };
	left -= left % 2;
	top -= top % 2;
	return { left, top, width: right - left, height: bottom - top };
}

function cut(image: PNG, { left, top, width, height }: Area): PNG {
	const part = new PNG({ width, height });
	PNG.bitblt(image, part, left, top, width, height, 0, 0);
	return part;
}

/*
 * The file around the pictures: https://developers.google.com/speed/webp/docs/riff_container, "Extended
 * File Format" and "Animation".
 */

function headerChunk({ width, height }: PNG): Buffer {
	const isAnimated = 0x02;
	return chunk('VP8X', [uint(isAnimated, 4), uint(width - 1, 3), uint(height - 1, 3)]);
}

function loopChunk(): Buffer {
	const [white, endless] = [0xffffffff, 0];
	return chunk('ANIM', [uint(white, 4), uint(endless, 2)]);
}

function frameChunk({ left, top, width, height }: Area, ms: number, image: Buffer): Buffer {
	// It replaces what was there, and stays when the next one comes.
	const replaces = 0x02;
	const place = [left / 2, top / 2, width - 1, height - 1, ms].map((value) => uint(value, 3));
	return chunk('ANMF', [...place, uint(replaces, 1), ...imageChunks(image)]);
}

/** The compressed picture in a file of its own, without the header and what else a file may have. */
function imageChunks(file: Buffer): Buffer[] {
	const found: Buffer[] = [];
	let start = 'RIFF....WEBP'.length;
	while (start < file.length) {
		const size = file.readUInt32LE(start + 4);
		const end = start + 8 + size + (size % 2);
		const name = file.toString('latin1', start, start + 4);
		if (['VP8L', 'VP8 ', 'ALPH'].includes(name)) found.push(file.subarray(start, end));
		start = end;
	}
	return found;
}

function riff(chunks: Buffer[]): Buffer {
	return chunk('RIFF', [Buffer.from('WEBP'), ...chunks]);
}

function chunk(name: string, parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const padding = Buffer.alloc(content.length % 2);
	return Buffer.concat([Buffer.from(name), uint(content.length, 4), content, padding]);
}

function uint(value: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}
