import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { inputFailure } from '../../../nodes/shared/failure';
import type { Caller } from '../../../nodes/shared/request';
import { Tokens, withOwnToken } from '../../../nodes/shared/tokens';

/** A caller whose credential holds a token, and a record of what it sent. */
function setUp(stored: string | undefined, isConstant: boolean) {
	const sent: IHttpRequestOptions[] = [];
	const seen: string[] = [];
	const known = new Tokens();
	const caller = {
		getCredentials: async (type: string) => ({
			type,
			...(stored && { oauthTokenData: { access_token: stored } }),
		}),
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
			},
		},
	} as unknown as Caller;
	const user = {
		credentialType: 'own',
		nameOf: ({ type }: ICredentialDataDecryptedObject) => JSON.stringify(type),
		name: '"own"',
		isConstant: async () => isConstant,
		onToken: (token: string) => seen.push(token),
		refusal: () => inputFailure('Another one’s'),
	};
	const own = withOwnToken(caller, user, known);
	const send = async (token: string): Promise<void> => {
		await own.helpers.httpRequest({ url: 'x', headers: { authorization: `Bearer ${token}` } });
	};
	return { own, known, sent, seen, send };
}

it('no token of another credential leaves by the engine, which finds one in the store as it renews', async () => {
	for (const isConstant of [true, false]) {
		const { known, send, sent } = setUp('canary-1', isConstant);
		known.issued('canary-1', '"own"');
		known.issued('canary-2', 'other');
		await send('canary-1');
		await expect(send('canary-2')).rejects.toThrow('Another one’s');
		expect(sent).toHaveLength(1);
	}
});

it('what the engine is given for this credential is its own from then on, and known as a secret', async () => {
	const { own, known, seen, send, sent } = setUp(undefined, false);
	const credentials = await own.getCredentials('own');
	await expect(send('canary-3')).rejects.toThrow('Another one’s');
	credentials.oauthTokenData = { access_token: 'canary-3' };
	expect(credentials.oauthTokenData).toEqual({ access_token: 'canary-3' });
	expect([known.ownerOf('canary-3'), seen]).toEqual(['"own"', ['canary-3']]);
	await send('canary-3');
	expect(sent).toHaveLength(1);
});

it('a request without a token, and credentials of other types, are left alone', async () => {
	const { own, sent } = setUp('canary-4', false);
	await own.helpers.httpRequest({ url: 'x' });
	expect(sent).toHaveLength(1);
	expect(await own.getCredentials('another')).toMatchObject({ type: 'another' });
});

it('the oldest tokens are forgotten, and none is kept in clear', () => {
	const known = new Tokens();
	for (let n = 0; n <= 10_000; n++) known.issued(`canary-${n}`, 'own');
	expect(known.size).toBe(10_000);
	expect([known.ownerOf('canary-0'), known.ownerOf('canary-1')]).toEqual([undefined, 'own']);
	expect(
		JSON.stringify([...(known as unknown as { owners: Map<string, string> }).owners]),
	).not.toContain('canary');
});
