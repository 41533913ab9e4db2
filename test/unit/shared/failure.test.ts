import fc from 'fast-check';
import { ApplicationError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { generateKeyPairSync } from 'node:crypto';
import {
	withoutSecrets,
	Failure,
	inputFailure,
	quoteVendor,
	scrub,
	toNodeError,
} from '../../../nodes/shared/failure';
import type { FailureKind } from '../../../nodes/shared/failure';
import { findSecrets } from '../../harness';
import { node } from './support';

const AWKWARD = 'pä"s\\s wo/rd!*(1)\'+&=';

const formBody = (secret: string) => new URLSearchParams({ key: secret }).toString().slice(4);
const strictPercent = (secret: string) =>
	encodeURIComponent(secret).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);

describe('scrub', () => {
	it.each([
		['as it is', AWKWARD],
		['as a JSON string', JSON.stringify({ key: AWKWARD })],
		['percent-encoded', encodeURIComponent(AWKWARD)],
		['percent-encoded as RFC 3986 asks', strictPercent(AWKWARD)],
		['percent-encoded in lower case', strictPercent(AWKWARD).toLowerCase()],
		['in a form', formBody(AWKWARD)],
	])('takes a secret out %s', (_, text) => {
		const clean = scrub(`before ${text} after`, [AWKWARD]);
		expect(clean).toMatch(/^before .*\[redacted\].* after$/);
		expect(findSecrets(clean, [AWKWARD])).toEqual([]);
		expect(clean).not.toContain('wo');
	});

	it('takes out every occurrence', () => {
		expect(scrub('token1, token1 and token1', ['token1'])).toBe(
			'[redacted], [redacted] and [redacted]',
		);
	});

	it('leaves no rest of a secret that starts like another', () => {
		expect(scrub('the key is abcd-1234', ['abcd', 'abcd-1234'])).toBe('the key is [redacted]');
	});

	it('takes the beginning of a secret from each place where a text was cut', () => {
		const cut = quoteVendor(`${'x'.repeat(292)}canary-secret`);
		const clean = scrub(`first ${cut} and then ${cut} and an end`, ['canary-secret']);
		expect(clean).not.toContain('canary');
		expect(clean.match(/\[redacted\]…/g)).toHaveLength(2);
	});

	it('leaves no part of a secret where a text was cut off', () => {
		const said = quoteVendor(`${'x'.repeat(280)} B698EF92-B151-4E5C-969D-CA7B50DF4E9D`);
		const clean = scrub(said, ['B698EF92-B151-4E5C-969D-CA7B50DF4E9D']);
		expect(clean).not.toContain('B698EF92');
		expect(clean).toMatch(/\[redacted\]…$/);
	});

	it('finds a secret whose white space was collapsed for a sentence', () => {
		const secret = 'one  two\tthree';
		expect(scrub(quoteVendor(`not this: ${secret}`), [secret])).toBe('not this: [redacted]');
	});

	it.each([
		['123', 'PIN 123 refused', 'PIN [redacted] refused'],
		['abc', 'password "abc" refused', 'password "[redacted]" refused'],
		['abc', 'the abcs of abc_d and abcé', 'the abcs of abc_d and abcé'],
		['für', 'nicht f&uuml;r dafür', 'nicht [redacted] dafür'],
		['7', 'with 7, not 77', 'with [redacted], not 77'],
		['', 'nothing', 'nothing'],
		['...', 'wait ... and see', 'wait ... and see'],
	])('takes a short secret as a word of its own: %j in %j', (secret, text, expected) => {
		expect(scrub(text, [secret])).toBe(expected);
	});

	/** Each as the language named writes it; none is made by our own code. */
	const forms: Array<[string, string, string]> = [
		['PHP, htmlspecialchars', `a'b"c<d>&e`, 'a&#039;b&quot;c&lt;d&gt;&amp;e'],
		['PHP, htmlentities', 'Grüße-ñ', 'Gr&uuml;&szlig;e-&ntilde;'],
		['PHP, addslashes', `a'b"c\\d`, `a\\'b\\"c\\\\d`],
		['PHP, json_encode', 'ü/Zz9"', '\\u00fc\\/Zz9\\"'],
		['Java, StringEscapeUtils', `a'b"cdé`, 'a&apos;b&quot;cd&eacute;'],
		['Java, OWASP encoder', `a'b"c<`, 'a&#39;b&#34;c&lt;'],
		['Java, ESAPI', `a'b"c<`, 'a&#x27;b&#x22;c&#x3c;'],
		['Gson', `p=s'<&>`, 'p\\u003ds\\u0027\\u003c\\u0026\\u003e'],
		['Jackson, ASCII only', 'pässw-日', 'p\\u00E4ssw-\\u65E5'],
		['JSON in JSON', `p"q\\r`, 'p\\\\\\"q\\\\\\\\r'],
		['JSON in a web page', `p"q'r`, 'p\\&quot;q&#39;r'],
		['JavaScript', `p'<q`, 'p\\x27\\x3Cq'],
		['a URL, encoded twice', 'p ä/q', 'p%2520%25C3%25A4%252Fq'],
		['a URL in Latin-1', 'p ä/q', 'p%20%E4%2Fq'],
		['a form, then JSON', 'p q"r+', 'p+q%22r%2B'],
		['SQL', `it's-me`, `it''s-me`],
		['UTF-8 read as Latin-1', 'Grüße', 'GrÃ¼Ã\u009fe'],
		['entities without a semicolon', 'p"q<r', 'p&#34q&#60r'],
		['base64', 'canary-secret', 'Y2FuYXJ5LXNlY3JldA=='],
		['base64 of a URL', 'canary~~~???', 'Y2FuYXJ5fn5-Pz8_'],
	];

	it.each(forms)('takes a secret out as %s writes it: %s as %s', (_, secret, written) => {
		expect(scrub(`before ${written} after`, [secret])).toMatch(/^before \[redacted\](==)? after$/);
		expect(scrub('before and after', [secret])).toBe('before and after');
	});

	it.each([0, 1, 2, 3])('takes a secret out of base64 with %d bytes before it', (count) => {
		const text = `${'u'.repeat(count)}canary-secret:more`;
		const clean = scrub(`Basic ${Buffer.from(text).toString('base64')}`, ['canary-secret']);
		expect(clean).toContain('[redacted]');
		const left = clean.split('[redacted]').map((part) => Buffer.from(part, 'base64').toString());
		expect(left.join(' ')).not.toContain('anary-secre');
	});

	it.each([
		'tail: canary-se…',
		'tail: canary-se&hellip;',
		'canary-se\\u2026',
		'canary-se%E2%80%A6',
	])('takes the beginning of a secret from %s, which is shorter than the secret', (text) => {
		for (const secret of ['canary-secret-0123456789', 'canary-secret'.padEnd(40, '0')]) {
			expect(scrub(text, [secret])).not.toContain('canary');
		}
		expect(scrub(text.replace('-', ''), ['canarysecret0123456789abcdef'])).not.toContain('canary');
	});

	it('takes the beginning of a secret from a cut in the midst of an escape', () => {
		const secret = `canary'secret`;
		expect(scrub('it was canary&#0…', [secret])).toBe('it was [redacted]…');
		expect(scrub('it was canary\\u00…', [secret])).toBe('it was [redacted]…');
		expect(scrub('it was canary%2…', [secret])).toBe('it was [redacted]…');
		expect(scrub('it was can…', [secret])).toBe('it was can…');
	});

	it('leaves what is no secret as it was, escapes and all', () => {
		const text = `a &amp; b &nosuch; &#9999999; \\u00fc %zz 100% 1+1 \n it''s …`;
		expect(scrub(text, ['canary-secret'])).toBe(text);
	});

	it('takes a time that grows with the text, and not faster', () => {
		// What takes the square of it would not come to an end here.
		const texts = ['\\', '&#', '%41', '+', `''`, ' ', '&amp;', 'canar', '…'].map((part) =>
			part.repeat(50_000 / part.length),
		);
		for (const text of texts) {
			expect(scrub(text, ['canary-secret', `${'ab'.repeat(500)}c`])).toHaveLength(text.length);
		}
	});

	it('takes a secret as text, not as a pattern', () => {
		expect(scrub('$& .*.* $1', ['.*.*'])).toBe('$& [redacted] $1');
	});

	it('does not fail at half a surrogate pair', () => {
		const secret = 'half\ud800pair';
		expect(scrub(`it was ${secret}`, [secret])).toBe('it was [redacted]');
	});

	it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
		'takes out a block of %s, complete or cut',
		(label) => {
			const block = `-----BEGIN ${label}-----\nMIIE\nvQIB\n-----END ${label}-----`;
			expect(scrub(`a ${block} b ${block} c`, [])).toBe('a [redacted] b [redacted] c');
			expect(scrub(`a ${block.slice(0, 40)}`, [])).toBe('a [redacted]');
			expect(scrub(`a ${JSON.stringify(block)} b`, [])).toBe('a "[redacted]" b');
		},
	);

	it('takes out real private keys and leaves public ones', () => {
		const { privateKey, publicKey } = generateKeyPairSync('ed25519');
		const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const open = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		expect(scrub(`${open}${secret}`, [])).toBe(`${open}[redacted]\n`);
	});

	it('never leaves the secret, whatever it is made of', () => {
		const text = fc.string({ unit: 'binary', maxLength: 20 });
		const secrets = fc.string({ unit: 'binary', minLength: 4, maxLength: 30 });
		const forms = fc.constantFrom<(secret: string) => string>(
			(secret) => secret,
			(secret) => JSON.stringify(secret).slice(1, -1),
			(secret) => encodeURIComponent(secret),
			strictPercent,
			formBody,
		);
		fc.assert(
			fc.property(text, secrets, forms, text, (before, secret, form, after) => {
				fc.pre(!'[redacted]'.includes(secret));
				const clean = scrub(before + form(secret) + after, [secret]);
				expect(clean).toContain('[redacted]');
				expect(clean).not.toContain(secret);
				expect(clean).not.toContain(form(secret));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('quoteVendor', () => {
	it.each([
		['Resource  modified   successfully.', 'Resource modified successfully'],
		['\r\n two\nlines \t', 'two lines'],
		['what?', 'what?'],
		['', ''],
	])('makes %j fit for a sentence', (text, expected) => {
		expect(quoteVendor(text)).toBe(expected);
	});

	it('keeps 300 characters', () => {
		expect(quoteVendor('y'.repeat(300))).toBe('y'.repeat(300));
		expect(quoteVendor('y'.repeat(301))).toBe(`${'y'.repeat(300)}…`);
	});
});

describe('Failure', () => {
	const failure = new Failure('No.', {
		kind: 'refused',
		description: 'Because.',
		code: '403',
		declared: { cause: 'credential-invalid' },
	});

	it('can say more', () => {
		const more = failure.with({ message: 'Never.', kind: 'lost' });
		expect(more).toMatchObject({
			name: 'Failure',
			message: 'Never.',
			kind: 'lost',
			description: 'Because.',
			code: '403',
			declared: { cause: 'credential-invalid' },
		});
		expect(failure.message).toBe('No.');
	});

	it('adds sentences', () => {
		expect(failure.plus('Thus.').description).toBe('Because. Thus.');
		expect(inputFailure('No.').plus('Thus.').description).toBe('Thus.');
	});
});

describe('toNodeError', () => {
	const kinds: FailureKind[] = ['input', 'notSent', 'refused', 'lost', 'unusable'];

	it.each(kinds)('makes n8n’s own error of a failure of kind %s', (kind) => {
		const failure = new Failure('It did not work', {
			kind,
			description: 'Try another way.',
			code: '503',
			declared: { cause: 'temporarily-unavailable' },
		});
		const error = toNodeError(node, failure, 7);
		expect(error).toBeInstanceOf(kind === 'input' ? NodeOperationError : NodeApiError);
		expect(error).toMatchObject({
			message: 'It did not work',
			description: 'Try another way.',
			messages: [],
			node,
			failure: { cause: 'temporarily-unavailable' },
			context: { itemIndex: 7 },
		});
		if (error instanceof NodeApiError) expect(error.httpCode).toBe('503');
	});

	const commonErrors = [
		'ECONNREFUSED',
		'ECONNRESET',
		'ENOTFOUND',
		'ETIMEDOUT',
		'ERRADDRINUSE',
		'EADDRNOTAVAIL',
		'ECONNABORTED',
		'EHOSTUNREACH',
		'EAI_AGAIN',
		'ENOENT',
		'EISDIR',
		'ENOTDIR',
		'EACCES',
		'EEXIST',
		'EPERM',
		'GETADDRINFO',
	];

	it.each([...commonErrors, 'onePermission', 'sEEXISTence'])(
		'keeps a message with %s in it, and one with it as a code',
		(word) => {
			for (const kind of ['input', 'refused'] as const) {
				const within = toNodeError(node, new Failure(`Role ${word} is gone`, { kind }), 0);
				expect(within).toMatchObject({ message: `Role ${word} is gone`, messages: [] });
				const coded = toNodeError(node, new Failure('No.', { kind, code: word }), 0);
				expect(coded).toMatchObject({ message: 'No.', messages: [] });
			}
		},
	);

	it.each(['400', '401', '403', '404', '429', '500', '502', '503', '504', '599'])(
		'keeps the message and has no description of its own for HTTP %s',
		(code) => {
			const error = toNodeError(node, new Failure('Said by us', { kind: 'refused', code }), 0);
			expect(error.message).toBe('Said by us');
			expect(error.description ?? '').toBe('');
		},
	);

	it.each(kinds)('scrubs all texts of kind %s', (kind) => {
		const secret = 'canary-Zq81';
		const failure = new Failure(`The token ${secret} is bad`, {
			kind,
			description: `Replace ${encodeURIComponent(secret)} and ${secret}.`,
		});
		const error = toNodeError(node, failure, 0, new Set([secret]));
		expect(error.message).toBe('The token [redacted] is bad');
		expect(error.description).toBe('Replace [redacted] and [redacted].');
		expect(findSecrets(error, [secret])).toEqual([]);
		expect(findSecrets(JSON.stringify(error), [secret])).toEqual([]);
	});

	it('takes only the message of an unknown error, and not its cause', () => {
		const secret = 'canary-Kp02';
		const cause = Object.assign(new Error(`AUTHTOKEN: ${secret}`), {
			config: { headers: { AUTHTOKEN: secret } },
		});
		const error = toNodeError(node, new Error('Odd', { cause }), 3, []);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('Odd');
		expect(findSecrets(error, [secret])).toEqual([]);
	});

	it('takes whatever else is thrown as text', () => {
		expect(toNodeError(node, 'a bare text', 1)).toMatchObject({
			message: 'a bare text',
			context: { itemIndex: 1 },
		});
		expect(toNodeError(node, new ApplicationError('of n8n'), 1).message).toBe('of n8n');
	});

	it('hands on n8n’s own errors with an item index', () => {
		const operational = new NodeOperationError(node, 'Own');
		const api = new NodeApiError(node, { message: 'Own' }, { itemIndex: 2 });
		expect(toNodeError(node, operational, 5)).toBe(operational);
		expect(operational.context.itemIndex).toBe(5);
		expect(toNodeError(node, api, 5)).toBe(api);
		expect(api.context.itemIndex).toBe(2);
	});
});

describe('a node in an error', () => {
	const withTyped = (text: string) =>
		withoutSecrets({ ...node, parameters: { recipientPublicKey: text } }, [], []).parameters;

	it('holds no private JWK that was pasted where a public one belongs', () => {
		const { publicKey, privateKey } = generateKeyPairSync('ed25519');
		const [secret, open] = [privateKey, publicKey].map((key) =>
			JSON.stringify(key.export({ format: 'jwk' })),
		);
		expect(withTyped(secret as string)).toEqual({ recipientPublicKey: '[redacted]' });
		expect(withTyped(open as string)).toEqual({ recipientPublicKey: open });
	});

	it('is made in a time that grows as its texts do', () => {
		// With a search that begins anew at each name this would not end.
		const text = '"kty" '.repeat(200_000);
		expect(withTyped(text)).toEqual({ recipientPublicKey: text });
	});
});
