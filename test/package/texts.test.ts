import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import type { Resource } from '../../nodes/shared/operation';
import { productTexts, textsIn } from './texts';

const all: Array<Resource<never>> = [
	...pam360.resources,
	...cortexXsiam.resources,
	...senhasegura.resources,
];

/** The longest first, so that the beginning of a name is not taken for another one. */
const names = [
	...new Set(all.flatMap(({ operations }) => operations.map(({ name }) => name))),
].sort((a, b) => b.length - a.length);

const full = new Set(
	all.flatMap(({ name, operations }) => operations.map((one) => `${name}: ${one.name}`)),
);

/** Names in the editor: all words but the little ones begin with a capital. */
const TITLE =
	/^([A-Z][\w-]*|a|and|for|in|of|or|the|to)( ([A-Z][\w-]*|a|and|for|in|of|or|the|to))*$/;

/** What a text calls an operation in another way than `'Resource: Operation'`. */
function misnamed(text: string): string[] {
	if (TITLE.test(text)) return [];
	const any = names.join('|');
	const rest = [...full]
		.reduce((left, name) => left.replaceAll(`'${name}'`, ''), text)
		// With the resource put in.
		.replaceAll(new RegExp(`'\\$\\{\\}: (${any})'`, 'g'), '');
	const several = names.filter((name) => name.includes(' ')).join('|');
	const wrong = [
		// Alone in quotes, or with its resource and without quotes.
		new RegExp(`'(${any})'`, 'g'),
		new RegExp(`\\b[A-Z]\\w*: (${any})\\b(?! [A-Z])`, 'g'),
		// A name of several words, or a word that is written large in the middle of a sentence.
		new RegExp(`\\b(${several})\\b`, 'g'),
		new RegExp(`(?<=[a-z],? )(${any})\\b(?! ?[A-Z\\d])`, 'g'),
	];
	return [...new Set(wrong.flatMap((pattern) => rest.match(pattern) ?? []))];
}

describe('the texts of the nodes', () => {
	const texts = productTexts();

	it('are read out of strings and templates, and a word is none', () => {
		const source = "import a from 'b c';\nconst d = `Run ${'it'} ${e} again`;\nconst f = 'g';";
		expect(textsIn('h.ts', source)).toEqual([
			{ where: 'h.ts:1', text: 'b c' },
			{ where: 'h.ts:2', text: 'Run ${} ${} again' },
		]);
	});

	it.each([
		["Run 'Rotate' again.", "'Rotate'"],
		['Run Rotate again.', 'Rotate'],
		['To set it, use Password: Reset.', 'Password: Reset'],
		["Look with 'Get Many' before you try again.", 'Get Many'],
		["The user's item says it: as Get shows it", 'Get'],
	])('are found where they name an operation in another way: %s', (text, name) => {
		expect(misnamed(text)).toContain(name);
	});

	it.each([
		"The key's item says it: run 'API Key: Rotate' again.",
		'Rotate API key',
		'Create or Update',
		'Create and Delete the User',
		"Turn on 'Update Fields'. Get one first.",
	])('are left alone where they do not: %s', (text) => {
		expect(misnamed(text)).toEqual([]);
	});

	it('name an operation in one way', () => {
		expect(texts.length).toBeGreaterThan(3000);
		const wrong = texts.flatMap(({ where, text }) =>
			misnamed(text).map((name) => `${where}: ${name} in: ${text}`),
		);
		expect(wrong).toEqual([]);
	});

	it('write email and username as n8n and the vendors do', () => {
		// A field of the vendor's audit records.
		const wrong = texts.filter(
			({ text }) => /\be-mail|\buser[ -]name\b/i.test(text) && text !== 'User Name',
		);
		expect(wrong).toEqual([]);
	});
});
