import { chartsOf, layoutOf } from '../../../nodes/KeyReport/report/charts';
import { pageOf } from '../../../nodes/KeyReport/report/page';
import { pictureOf } from '../../../nodes/KeyReport/report/picture';
import { reportOf } from '../../../nodes/KeyReport/report/report';
import type { Settings } from '../../../nodes/KeyReport/report/report';
import { escaped, shortened } from '../../../nodes/KeyReport/report/text';
import { DARK, LIGHT } from '../../../nodes/KeyReport/report/theme';
import type { Theme } from '../../../nodes/KeyReport/report/theme';
import type { IDataObject } from 'n8n-workflow';
import { NOW, account, apiKey, inDays, manyKeys, settings, sshKey } from './items';

const report = (items: IDataObject[], changes: Partial<Settings> = {}) =>
	reportOf(items, { ...settings, ...changes }, NOW);

const both = (items: IDataObject[], changes?: Partial<Settings>) => {
	const made = report(items, changes);
	return { page: pageOf(made), picture: pictureOf(made) };
};

describe('charts', () => {
	const items = [
		apiKey({ expiresAt: inDays(-1) }),
		apiKey({ id: '2', expiresAt: inDays(7.5) }),
		apiKey({ id: '3', expiresAt: inDays(8) }),
		apiKey({ id: '4', expiresAt: null }),
		sshKey(),
		account(),
	];

	it('put each key into one column of each', () => {
		const { expiry, age } = chartsOf(report(items));
		expect(expiry.columns.map(({ label, total }) => [label, total])).toEqual([
			['Expired', 1],
			['0–7', 1],
			['8–14', 1],
			['15–30', 0],
			['31–90', 0],
			['91 +', 0],
			['Never', 1],
			['Not told', 2],
		]);
		for (const { columns } of [expiry, age]) {
			expect(columns.reduce((sum, { total }) => sum + total, 0)).toBe(items.length);
		}
	});

	it('divide a column by vendor, in the order of the legend', () => {
		const made = report(items);
		const { age } = chartsOf(made);
		expect(made.vendors.map(({ value }) => value)).toEqual([
			'cortexXsiam',
			'pam360',
			'senhasegura',
		]);
		expect(age.columns[0]).toEqual({ label: '0–29', counts: [4, 0, 1], total: 5 });
		const { segments } = layoutOf(age, 100, 700);
		const first = segments.filter(({ column }) => column === 0);
		expect(first.map(({ vendor, from, to }) => [vendor, from, to])).toEqual([
			[0, 0, 80],
			[2, 80, 100],
		]);
	});

	it.each([1, 3, 17, 2000])('have an axis of whole numbers for %d keys', (keys) => {
		const { age } = chartsOf(report(manyKeys(keys)));
		const { ticks, scale } = layoutOf(age, 100, 700);
		expect(ticks.every(Number.isInteger)).toBe(true);
		expect(ticks.length).toBeGreaterThanOrEqual(2);
		expect(scale(Math.max(...ticks))).toBeLessThanOrEqual(100);
	});
});

describe('page and picture', () => {
	const HOSTILE = `<script>alert(1)</script> & "quoted" 'single' ]]> \u0000\u0007 \ud800 \u202egnp`;

	it.each([0, 3, 2000])('of %d keys are whole, and hold nothing that runs or loads', (keys) => {
		const { page, picture } = both(manyKeys(keys));
		expect(page).toMatch(/^<!DOCTYPE html>[^]*<\/html>\n$/);
		expect(picture).toMatch(/^<\?xml[^]*<\/svg>\n$/);
		for (const text of [page, picture]) {
			expect(text).not.toMatch(
				/<script|<iframe|<object|<link|<img|javascript:|@import|url\(|\son\w+=/i,
			);
			expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|undefined|NaN/);
		}
		expect(page.match(/<tr><td class="kr-line"/g) ?? []).toHaveLength(keys);
	});

	it('show no text of an item but as text', () => {
		const items = [
			apiKey({ comment: HOSTILE, createdByName: HOSTILE }),
			sshKey({ identifier: HOSTILE, username: HOSTILE, hostname: HOSTILE }),
			account({ vendor: HOSTILE, id: HOSTILE, name: HOSTILE, resourceName: HOSTILE }),
			{ error: HOSTILE },
			{ vendor: 'x', type: HOSTILE },
		];
		const { page, picture } = both(items, {
			title: HOSTILE,
			vendorNames: new Map([['cortexXsiam', HOSTILE]]),
		});
		for (const text of [page, picture]) {
			expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
			expect(text).not.toMatch(/<script|\u202e|[\ud800-\udbff](?![\udc00-\udfff])/);
			expect([...text].filter((letter) => letter < ' ' && letter !== '\n')).toEqual([]);
		}
	});

	it('show nothing of an item that the report does not know: no secret among that', () => {
		const items = [
			apiKey({ secret: 'canary-1', passphrase: 'canary-2', raw: { key: 'canary-3' } }),
			sshKey({ secret: 'canary-4', publicKey: 'canary-5' }),
			account({ secret: 'canary-6', customFields: [{ value: 'canary-7' }] }),
		];
		const made = report(items);
		expect(JSON.stringify([made.keys, pageOf(made), pictureOf(made)])).not.toContain('canary');
	});

	it('say what is missing', () => {
		const { page, picture } = both([apiKey(), { error: 'Refused', message: 'Refused. Check it.' }]);
		for (const text of [page, picture]) {
			expect(text).toContain('Not complete: a list could not be read. Refused. Check it.');
		}
		const others = both([{ vendor: 'x', type: 'user' }]);
		expect(others.page).toContain('1 item left out, since it is no key (user)');
		expect(others.picture).toContain('No keys');
	});

	it('name the first lists that could not be read, and count the others', () => {
		const failed = Array.from({ length: 60 }, (_, index) => ({
			error: `Key ${index} is not there`,
		}));
		for (const text of Object.values(both(failed))) {
			expect(text.match(/Not complete/g)).toHaveLength(6);
			expect(text).toContain('Key 4 is not there');
			expect(text).toContain('Not complete: 55 more lists could not be read.');
		}
		expect(report(failed).notRead).toHaveLength(60);
	});

	it('keep the numbers of a vendor behind its name where that is written from right to left', () => {
		const vendorNames = new Map([['cortexXsiam', 'כספת']]);
		for (const text of Object.values(both([apiKey()], { vendorNames }))) {
			// Without the mark, the number would stand at the left of the name.
			expect(text).toContain('כספת\u200e: 1 key');
		}
		expect(pageOf(report([apiKey({ comment: 'מפתח!' })]))).toContain('<strong dir="auto">מפתח!<');
	});

	it.each([
		'Cortex XSIAM of the subsidiary in the north of Europe, production',
		'株式会社'.repeat(20),
	])('leave room beside a long name for what is behind it: %s', (name) => {
		const items = manyKeys(300).map((item, index): IDataObject => ({
			...item,
			server: `vault-${index % 12}`,
		}));
		const names = items.map(({ vendor }) => [vendor as string, name] as const);
		const { picture } = both(items, { vendorNames: new Map(names) });
		const [, shown = ''] = /class="text">([^<]+ servers[^<]+)</.exec(picture) ?? [];
		expect(shown).toMatch(/… \(4 servers\): \d+ keys, \d+ at risk$/);
		// A letter of 14 pixels is about 7.2 wide, one of Chinese or Japanese about 14; 426 are there.
		const width = [...shown].reduce((sum, one) => sum + (one > '\u2e80' ? 14 : 7.2), 0);
		expect(width).toBeLessThanOrEqual(426);
	});

	it('say to those who do not see them what they show', () => {
		const { page, picture } = both([apiKey({ expiresAt: inDays(3) }), sshKey()]);
		expect(page.match(/<th scope="col"/g)).toHaveLength(8);
		expect(page).toContain('title="senhasegura: 1"');
		expect(picture).toContain('role="img"');
		expect(picture).toContain('<title>Key inventory: 2 keys, 1 at risk · 2026-06-15</title>');
		expect(picture).toContain(
			'<desc>Cortex XSIAM: 1 key, 1 at risk; senhasegura: 1 key. Risks: Expires soon 1.</desc>',
		);
	});

	it('name the servers of a vendor where there are several, and only there', () => {
		const SOC = 'api-soc.xdr.us.paloaltonetworks.com';
		const one = both([apiKey({ server: SOC }), sshKey({ server: 'vault.example.com' })]);
		for (const text of [one.page, one.picture]) expect(text).not.toMatch(/soc|vault\.|server/);
		const items = [apiKey({ server: SOC }), apiKey({ server: 'api-lab' }), sshKey()];
		const { page, picture } = both(items, {
			vendorNames: new Map([
				['cortexXsiam', 'Cortex XSIAM'],
				['api-lab', 'Laboratory <1>'],
			]),
		});
		for (const text of [page, picture]) {
			expect(text).toContain('Cortex XSIAM (2 servers): 2 keys');
			expect(text).toContain('senhasegura: 1 key');
		}
		expect(page).toContain(`>${SOC}</span></td>`);
		expect(page).toContain('>Laboratory &lt;1&gt;</span></td>');
		const mixed = both([apiKey({ server: SOC }), apiKey({ id: '30', lineage: '30' })]);
		expect(mixed.page).toContain('>server not told</span></td>');
	});

	it('say that nothing tells keys with one ID apart', () => {
		const { page, picture } = both([apiKey(), apiKey({ comment: 'Ticket bridge' }), sshKey()]);
		for (const text of [page, picture]) {
			expect(text).toContain('2 keys have the ID of another one (apiKey 21)');
		}
		expect(page).toContain('all are counted');
		const many = both(
			manyKeys(30).flatMap((item) => [item, { ...item, createdByName: 'B', owner: 'B' }]),
		);
		expect(many.page).toContain('20 keys have the ID of another one (apiKey 1000, ');
	});

	it('count what the table leaves out', () => {
		const page = pageOf(report(manyKeys(300), { maxRows: 100 }));
		expect(page.match(/<tr><td class="kr-line"/g)).toHaveLength(100);
		expect(page).toMatch(/200 more keys not listed here, \d+ of them at risk/);
	});

	it('call vendors what the user calls them', () => {
		const { page, picture } = both([apiKey(), sshKey()]);
		for (const text of [page, picture]) {
			expect(text).toContain('Cortex XSIAM: 1 key');
			expect(text).toContain('senhasegura: 1 key');
		}
	});

	it('write dates as they are where the workflow is', () => {
		const item = apiKey({ expiresAt: '2026-06-30T23:30:00.000Z' });
		expect(pageOf(report([item], { zone: 'Europe/Berlin' }))).toContain('2026-07-01');
		expect(pageOf(report([item]))).toContain('2026-06-30');
	});

	it('have a colour for every vendor, however many there are', () => {
		const items = Array.from({ length: 9 }, (_, index) => apiKey({ vendor: `vendor-${index}` }));
		const { page, picture } = both(items);
		expect(picture).not.toMatch(/class="v([6-9]|\d\d)"/);
		expect(page).not.toMatch(/class="kr-v([6-9]|\d\d)"/);
	});
});

describe('text', () => {
	it('is cut between characters, not within them', () => {
		expect(shortened('🔑🔑🔑', 3)).toBe('🔑…');
		expect(shortened('key', 3)).toBe('key');
	});

	it('is cut by the room that its letters take', () => {
		expect(shortened('株式会社', 8)).toBe('株式会社');
		expect(shortened('株式会社', 7)).toBe('株式会…');
	});

	it('keeps what is only unusual', () => {
		expect(escaped('Grüße, 株式会社 🔑\n')).toBe('Grüße, 株式会社 🔑\n');
	});
});

describe('colours', () => {
	/** WCAG 2.2, relative luminance and contrast ratio. */
	const luminance = (colour: string) => {
		const [r, g, b] = [1, 3, 5].map((start) => {
			const part = parseInt(colour.slice(start, start + 2), 16) / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		}) as [number, number, number];
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (one: string, other: string) => {
		const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
			number,
			number,
		];
		return (light + 0.05) / (dark + 0.05);
	};

	it.each<[string, Theme]>([
		['light', LIGHT],
		['dark', DARK],
	])('can be read where it is %s: text at 4.5 to 1, bars at 3 to 1', (_, theme) => {
		const { panel, ground, text, quiet, warning, grave, graveText, mild, mildText } = theme;
		const pairs = [text, quiet, warning].flatMap((one) => [
			[one, panel],
			[one, ground],
		]);
		for (const [one = '', other = ''] of [...pairs, [graveText, grave], [mildText, mild]]) {
			expect([one, other, contrast(one, other) >= 4.5]).toEqual([one, other, true]);
		}
		for (const vendor of theme.vendors) {
			expect([vendor, contrast(vendor, panel) >= 3]).toEqual([vendor, true]);
		}
	});
});
