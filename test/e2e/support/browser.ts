import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

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
	return await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
}
