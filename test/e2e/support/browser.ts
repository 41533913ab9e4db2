import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** A machine that does much else is slow: only what does not come takes so long. */
export const patienceMs = 120_000;

const chromiumFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

function chromiumPath(): string {
	const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (existsSync(path)) return path;
	throw new Error(
		`The browser tests need Chromium, and ${path} is not there: install it ` +
			'(on Debian: apt-get install chromium) or name its path in CHROMIUM_PATH.',
	);
}

export async function launchBrowser(): Promise<Browser> {
	const browser = { executablePath: chromiumPath(), args: chromiumFlags };
	return await chromium.launch({ ...browser, timeout: patienceMs });
}
