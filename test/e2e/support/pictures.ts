import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';

import { packageRoot } from '../../../scripts/host/install';
import { Animator } from './animation';

/**
 * How much of the colours is kept: what a screen shows differs for no eye, and with a table of 256 colours
 * a picture has a third of the size.
 */
const [shades, colours] = [32, 256];

export function inFewColours(png: Buffer): PNG {
	const image = PNG.sync.read(png);
	for (const [at, value] of image.data.entries()) {
		const shade = Math.round((value / 255) * (shades - 1));
		image.data[at] = Math.round((shade * 255) / (shades - 1));
	}
	const counts = new Map<number, number>();
	for (const colour of pixels(image)) counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const all = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
	const kept = all.slice(0, colours);
	const shown = new Map(
		all.map((colour, rank) => [colour, rank < colours ? colour : nearest(colour, kept)]),
	);
	for (const [at, colour] of pixels(image).entries()) {
		image.data.writeUInt32BE(shown.get(colour) ?? colour, at * 4);
	}
	return image;
}

function pixels({ data }: PNG): number[] {
	return Array.from({ length: data.length / 4 }, (_, at) => data.readUInt32BE(at * 4));
}

function nearest(colour: number, others: number[]): number {
	const distance = (other: number) =>
		[0, 8, 16, 24].reduce(
			(sum, bit) => sum + (((colour >>> bit) & 255) - ((other >>> bit) & 255)) ** 2,
			0,
		);
	return others.reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

/** Saves a picture of the documentation, below docs/images. */
export async function savePicture(browser: Browser, name: string, png: Buffer) {
	const animator = await Animator.open(browser);
	const picture = await animator.still(PNG.sync.write(inFewColours(png)));
	await animator.close();
	await writeFile(path.join(packageRoot, 'docs', 'images', `${name}.webp`), picture);
}
