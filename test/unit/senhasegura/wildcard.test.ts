import fc from 'fast-check';
import { Wildcard } from '../../../nodes/Senhasegura/resources/shared/wildcard';

/** What a pattern means, at leisure: a `*` takes nothing, or one character more. */
function fits(pattern: string, text: string): boolean {
	if (pattern === '') return text === '';
	const [head, rest] = [pattern[0], pattern.slice(1)];
	if (head !== '*') return text[0] === head && fits(rest, text.slice(1));
	return fits(rest, text) || (text !== '' && fits(pattern, text.slice(1)));
}

it.each<[string, string, boolean]>([
	['web-01', 'web-01', true],
	['web-01', 'web-011', false],
	['WEB-*', 'web-01', true],
	['web-*', 'Web-', true],
	['*', '', true],
	['*web', 'a web', true],
	['*web', 'web a', false],
	['a*a', 'a', false],
	['ab*ba', 'aba', false],
	['a**b***c', 'a-b-c', true],
	['a.c', 'abc', false],
	['(a|b)+$', '(A|B)+$', true],
	['a*c', 'a\nb\nc', true],
	['straße*', 'STRASSE', false],
	['grün-*', 'GRÜN-01', true],
])('%s and %j: %p', (pattern, text, expected) => {
	expect(new Wildcard(pattern).matches(text)).toBe(expected);
});

it('means what a pattern means, whatever stands in it', () => {
	const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
	const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
	fc.assert(
		fc.property(letters, texts, (pattern, text) => {
			expect(new Wildcard(pattern).matches(text)).toBe(fits(pattern, text));
		}),
		{ numRuns: 3_000 },
	);
});

it('comes to an end where a regular expression would not in a lifetime', () => {
	const [pattern, text] = [new Wildcard(`${'*a'.repeat(120)}b`), 'a'.repeat(100_000)];
	expect(pattern.matches(text)).toBe(false);
	expect(new Wildcard(`${'*ab'.repeat(80)}c`).matches('ab'.repeat(50_000))).toBe(false);
});
