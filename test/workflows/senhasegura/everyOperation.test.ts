import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import type { SenhaseguraSimulator } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { hmacsign } from '../../unit/senhasegura/oauthSign';
import { AUTHENTICATIONS } from '../../unit/senhasegura/support';
import { strictSchema } from '../kit/operation';
import { said } from '../kit/result';
import { operationRuns, performOperation } from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { consumerKey, consumerSecret, token, tokenSecret } = senhaseguraDemo;
const oauth = new OAuth({
	consumer: { key: consumerKey, secret: consumerSecret },
	signature_method: 'HMAC-SHA1',
	hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
});

const vault = simulatedVault();

type Logged = SenhaseguraSimulator['log'][number];

/** What two libraries make of a recorded request, beside the signature that it has. */
function signatures({ method, url, headers, body }: Logged) {
	const own = new Map(
		[...(headers.authorization ?? '').matchAll(/(oauth_\w+)="([^"]*)"/g)].map(
			([, name, value]) => [name as string, decodeURIComponent(value as string)] as const,
		),
	);
	const signed = own.get('oauth_signature');
	own.delete('oauth_signature');
	const target = new URL(url, vault.sim.url);
	const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
	const form = isForm ? [...new URLSearchParams(body)] : [];
	const parameters = Object.fromEntries([...target.searchParams, ...form, ...own]);
	const base = `${target.origin}${target.pathname}`;
	return {
		signed,
		oauthSign: hmacsign(method, base, parameters, consumerSecret, tokenSecret),
		oauth1a: oauth.getSignature(
			{ method, url: target.href, data: Object.fromEntries(form) },
			tokenSecret,
			Object.fromEntries(own) as unknown as OAuth.Data,
		),
	};
}

const operations = senhasegura.resources.flatMap((resource) =>
	resource.operations.map((operation) => `${resource.value}.${operation.value}`),
);

it('knows how to run every operation, and no other', () => {
	expect(Object.keys(operationRuns).sort()).toEqual([...operations].sort());
});

describe.each(AUTHENTICATIONS)('every operation by %s', (authentication) => {
	const those = Object.keys(operationRuns).filter((name) =>
		(operationRuns[name]?.authentications ?? AUTHENTICATIONS).includes(authentication),
	);
	const cases = those.flatMap((name) => ['/api', '/iso'].map((prefix) => [name, prefix] as const));

	it.each(cases)('%s below %s', async (name, prefix) => {
		vault.sim.reset();
		const result = await performOperation(vault.sim, name, { authentication, apiPrefix: prefix });
		expect(said(result)).toBe('');
		const items = result.items.map(({ json }) => json);
		if (!name.endsWith('.getAll')) expect(items).toHaveLength(1);
		const [resource = '', operation = ''] = name.split('.');
		const validate = strictSchema('Senhasegura', resource, operation, items);
		for (const item of items) {
			validate(item);
			expect(validate.errors).toBeNull();
		}
		const calls = vault.sim.log.filter(({ path }) => !path.endsWith('/oauth2/token'));
		expect(calls.length).toBeGreaterThan(0);
		if (authentication === 'oAuth2') {
			for (const { headers } of calls) expect(headers.authorization).toMatch(/^Bearer \S+$/);
			return;
		}
		expect(vault.sim.log).toEqual(calls);
		for (const call of calls) {
			const { signed, oauthSign: one, oauth1a: other } = signatures(call);
			expect([one, other]).toEqual([signed, signed]);
			expect(call.headers.authorization).toContain(`oauth_token="${token}"`);
		}
	});
});
