import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { z } from 'zod';
import { CortexXsiamApi } from '../../nodes/CortexXsiam/api/client';
import { readReply as readPam360 } from '../../nodes/Pam360/api/envelope';
import { readPkiReply } from '../../nodes/Pam360/api/pki';
import { Pam360Scim } from '../../nodes/Pam360/api/scim';
import { readPlainReply, readReply as readSenhasegura } from '../../nodes/Senhasegura/api/envelope';
import type { Failure } from '../../nodes/shared/failure';
import type { Reply } from '../../nodes/shared/transport';

/** What stands between n8n and a vendor answers in the vendor's place: it knows nothing of parameters. */

const credentials: ICredentialDataDecryptedObject = {
	url: 'https://tenant.example.com',
	apiKeyId: '7',
	apiKey: 'k'.repeat(32),
};

const reply = (status: number, text: string): Reply => ({
	status,
	text,
	headers: {},
	repeated: false,
});

async function xsiam(answer: Reply): Promise<unknown> {
	const transport = { send: async () => answer };
	const api = new CortexXsiamApi(transport as never, credentials);
	return await api.read({ path: 'x', answer: z.object({ reply: z.object({}) }), what: 'a reply' });
}

async function pam360Scim(answer: Reply): Promise<unknown> {
	const transport = { send: async () => answer };
	return await new Pam360Scim(transport as never, 'https://pam.example.com').user('1');
}

const readers: Array<[string, (answer: Reply) => unknown]> = [
	['Cortex XSIAM', xsiam],
	['PAM360', readPam360],
	['PAM360', readPkiReply],
	['PAM360', pam360Scim],
	['senhasegura', (answer) => readSenhasegura(answer)],
	['senhasegura', (answer) => readPlainReply(answer, { prefix: '/iso' })],
];

async function failureOf(read: (answer: Reply) => unknown, answer: Reply): Promise<Failure> {
	try {
		await read(answer);
	} catch (error) {
		return error as Failure;
	}
	throw new Error(`${answer.status} ${answer.text} was taken for a success`);
}

const BODIES = [
	'',
	'Bad Gateway',
	'error',
	'<html><body><h1>502 Bad Gateway</h1></body></html>',
	'<!DOCTYPE html><html><body>Sign in</body></html>',
	'{"message":"An invalid response was received from the upstream server"}',
	'{"message":"The upstream server is timing out","request_id":"7"}',
	'{"error":"Bad Gateway"}',
	'{"status":502,"error":"Bad Gateway","path":"/x"}',
	'"Bad Gateway"',
	'null',
	'[]',
];

/** Not in a form that a vendor has, and no words of a fault. */
const FOREIGN = [
	'Forbidden',
	'<html><body>Request rejected. Support ID: 7</body></html>',
	'{"message":"Forbidden"}',
	'{"message":"Not authorized by policy 7"}',
	'{"status":403,"error":"Forbidden","path":"/x"}',
	'"Forbidden"',
	'null',
	'[]',
	'{}',
];

const ADVICE = /parameter|characters long|check the credential|'URL'/i;

describe.each(readers)('%s, where a gateway answers', (vendor, read) => {
	it.each([408, 499, 502, 503, 504, 520, 522, 524, 530, 598])(
		'with %i says so, whatever the body',
		async (status) => {
			for (const text of BODIES) {
				const { message, description, kind } = await failureOf(read, reply(status, text));
				expect(`${text}: ${message} ${description}`).not.toMatch(ADVICE);
				expect(`${text}: ${description}`).toMatch(/: A gateway or proxy in front of /);
				expect([text, kind]).toEqual([text, 'lost']);
			}
		},
	);

	it.each([500, 501, 505, 507])('with %i gives no advice on parameters', async (status) => {
		for (const text of BODIES.filter((body) => !body.startsWith('{"'))) {
			const { message, description } = await failureOf(read, reply(status, text));
			expect(`${text}: ${message} ${description}`).not.toMatch(ADVICE);
			expect(`${text}: ${description}`).toMatch(new RegExp(`proxy|${vendor}`));
		}
	});

	it.each([511, 407])('or a proxy that wants a login: %i', async (status) => {
		for (const text of BODIES.filter((body) => !body.includes('upstream'))) {
			const { message, description, kind } = await failureOf(read, reply(status, text));
			expect(`${text}: ${message} ${description}`).not.toMatch(ADVICE);
			expect(`${text}: ${description}`).toMatch(/asks for a login/);
			expect([text, kind]).toEqual([text, 'refused']);
		}
	});

	it.each([400, 403, 404, 406, 418])('or a page of a firewall: %i', async (status) => {
		for (const text of BODIES.filter((body) => body.startsWith('<'))) {
			const { message, description } = await failureOf(read, reply(status, text));
			expect(`${message} ${description}`).not.toMatch(/parameter|role|authorization|permission/i);
			expect(description).toMatch(/web page.*proxy or firewall/);
		}
	});

	it.each([400, 402, 403, 405, 406, 409, 418, 422, 451])(
		'or a firewall, which may have let the request through, with %i',
		async (status) => {
			for (const text of [...FOREIGN, '']) {
				const { message, description, kind } = await failureOf(read, reply(status, text));
				expect([text, kind]).toEqual([text, 'lost']);
				expect(`${message} ${description}`).not.toMatch(
					/parameter|role|authorization|permission|licen[cs]e|refused/i,
				);
				expect(`${text}: ${description}`).toMatch(/prox(y|ies)/);
			}
		},
	);

	it.each([401, 404, 411, 413, 414, 415, 421, 425, 426, 428, 431])(
		'or whoever turns the request away, with %i',
		async (status) => {
			for (const text of [...FOREIGN, '']) {
				const { message, description, kind } = await failureOf(read, reply(status, text));
				expect([text, kind]).toEqual([text, 'refused']);
				expect(`${text}: ${message} ${description}`).not.toMatch(/check the parameters/i);
			}
		},
	);

	it('with 401 is asked for a login once, and not with each item', async () => {
		for (const text of [...FOREIGN, '']) {
			const { declared, description, kind } = await failureOf(read, reply(401, text));
			expect([text, kind, declared?.cause]).toEqual([text, 'refused', 'credential-invalid']);
			expect(`${text}: ${description}`).toMatch(/in the credential/);
		}
	});

	it('from a cache, that nothing has changed, which is no redirect', async () => {
		const { message, kind } = await failureOf(read, reply(304, ''));
		expect([message, kind]).toEqual([`${vendor} answered with an empty body (HTTP 304)`, 'lost']);
	});

	it('with a success that is none', async () => {
		for (const text of ['Bad Gateway', 'error', '<html>Sign in</html>', '']) {
			const { message, description } = await failureOf(read, reply(200, text));
			expect(`${message} ${description}`).not.toMatch(/parameter|characters long/i);
		}
	});

	it.each([301, 302, 303, 307, 308])('or sends to a login page: %i', async (status) => {
		const answer = { ...reply(status, ''), headers: { location: 'https://portal.example/login' } };
		const { message, description, kind } = await failureOf(read, answer);
		expect(kind).toBe('lost');
		expect(message).toContain('redirected the request to https://portal.example');
		expect(description).toMatch(/login page/);
		expect(description).not.toMatch(/parameter/i);
	});
});

it('knows the texts of senhasegura’s own gateway, whatever their status', async () => {
	for (const status of [500, 502, 503, 504]) {
		for (const message of [
			'An invalid response was received from the upstream server',
			'The upstream server is timing out',
			'The upstream server is currently unavailable',
		]) {
			const answer = reply(status, JSON.stringify({ message }));
			const failure = await failureOf((given) => readSenhasegura(given), answer);
			expect(failure.message).toBe("senhasegura's gateway got no answer from the vault");
			expect(failure.description).toContain(`senhasegura said: ${message}.`);
			expect(failure.kind).toBe('lost');
		}
	}
});

it('says of a call that changes nothing no word of an earlier attempt', async () => {
	const failure = await failureOf(xsiam, { ...reply(502, '{"message":"x"}'), repeated: true });
	expect(failure.description).not.toContain('earlier attempt');
	expect(failure.kind).toBe('lost');
});

it('keeps the words of a gateway', async () => {
	const answer = reply(503, '{"message":"no healthy upstream"}');
	expect((await failureOf(xsiam, answer)).description).toContain('no healthy upstream');
});
