import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';

import { hostFolder } from '../../../scripts/host/install';
import { waitUntil } from '../../../scripts/host/ports';
import type { Picture } from './animation';
import type { Editor } from './editor';
import { inFewColours } from './pictures';

interface Scene {
	/** What the picture points at. */
	at?: Locator;
	ms?: number;
}

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Drawn around what is pointed at, in pixels and as red, green, blue and opacity. */
const ring = { width: 3, gap: 3, colour: 0xff5a1fff };

/** What somebody sees who works in the editor; each picture is kept in .n8n-host/walk as well. */
export class Film {
	readonly pictures: Picture[] = [];

	private constructor(
		private readonly editor: Editor,
		readonly folder: string,
	) {}

	static async of(editor: Editor): Promise<Film> {
		const folder = path.join(hostFolder, 'walk');
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		return new Film(editor, folder);
	}

	async take({ at, ms = 1_500 }: Scene = {}) {
		if (at) {
			// What n8n draws anew in the meantime is looked for again.
			await waitUntil(`${String(at)} is seen`, async () => {
				await at.scrollIntoViewIfNeeded({ timeout: 1_000 });
				return true;
			});
		}
		const image = inFewColours(await this.editor.page.screenshot({ animations: 'disabled' }));
		const box = await at?.boundingBox();
		if (box) drawRing(image, box);
		const png = PNG.sync.write(image);
		this.pictures.push({ png, ms });
		const number = String(this.pictures.length).padStart(2, '0');
		await writeFile(path.join(this.folder, `${number}.png`), png);
	}
}

function drawRing(image: PNG, { x, y, width, height }: Box) {
	const out = ring.gap + ring.width;
	const [left, top] = [x - out, y - out].map(Math.round) as [number, number];
	const [right, bottom] = [x + width + out, y + height + out].map(Math.round) as [number, number];
	fill(image, { x: left, y: top, width: right - left, height: ring.width });
	fill(image, { x: left, y: bottom - ring.width, width: right - left, height: ring.width });
	fill(image, { x: left, y: top, width: ring.width, height: bottom - top });
	fill(image, { x: right - ring.width, y: top, width: ring.width, height: bottom - top });
}

/** What lies outside the picture is left out. */
function fill(image: PNG, { x, y, width, height }: Box) {
	for (let row = Math.max(y, 0); row < Math.min(y + height, image.height); row += 1) {
		for (let column = Math.max(x, 0); column < Math.min(x + width, image.width); column += 1) {
			image.data.writeUInt32BE(ring.colour, (row * image.width + column) * 4);
		}
	}
}
