import type { IDataObject } from 'n8n-workflow';
import { pam360Demo } from '../../simulators';
import type { Trouble } from '../../simulators';
import { findSecrets } from '../../harness';
import { describeOperation } from '../kit/operation';
import { credentialFor, runVendor } from '../vendors';
import { kit } from './kit';
import { simulatedServer } from './simulated';

const REGENERATE = '/restapi/json/v1/user/regenerateAuthtoken';
const NEW = 'B698EF92-B151-4E5C-969D-CA7B50DF4E9D';

/** The vendor's sample, whose status is the text `true`. */
const answer = (changes: object = {}) => ({
	operation: {
		result: {
			message: 'Authtoken regenerated successfully.',
			status: 'true',
			statusCode: 20000,
		},
		Details: { AUTHTOKEN: NEW },
		name: 'REGENERATE AUTHTOKEN',
		...changes,
	},
});

const exchange = (reply: object) => ({
	method: 'PUT' as const,
	path: REGENERATE,
	headers: { 'content-type': undefined, authtoken: pam360Demo.authToken },
	reply,
});

const item = { vendor: 'pam360', type: 'authToken', id: null, secret: NEW, expiresAt: null };
const HINT = "The auth token in this node's credential no longer works";

describeOperation(kit, 'authToken', 'regenerate', {
	// It works on one item only, which the kit's runs with three are not made for: see below.
	offline: true,
	secrets: [NEW],
	cases: [
		{
			name: 'gives the new token',
			mayHave: 'The auth token may have been regenerated',
			parameters: {},
			exchanges: [exchange(answer())],
			items: item,
			hints: [HINT],
		},
		{
			name: 'takes Success, and details in a list, as well',
			parameters: {},
			exchanges: [
				exchange(
					answer({ result: { status: 'Success', message: '' }, Details: [{ AUTHTOKEN: NEW }] }),
				),
			],
			items: item,
			hints: [HINT],
		},
	],
	failures: [
		{
			name: 'success without a token',
			exchanges: [exchange(answer({ Details: undefined }))],
			says: [
				'PAM360 reported success but returned no auth token',
				'regenerate it in PAM360’s console'.replace('’', "'"),
			],
		},
		{
			name: 'success that says nothing',
			exchanges: [exchange({ operation: { result: { status: 'true' }, Details: [] } })],
			says: ['It said: nothing. If PAM360 does not accept the auth token from now on'],
		},
		{
			name: 'a refusal',
			exchanges: [
				exchange({
					operation: {
						name: 'Authentication',
						result: {
							status: 'Failed',
							message: 'API key received is not associated to any user. Authentication failed.',
						},
					},
				}),
			],
			says: ['PAM360 does not accept the auth token', 'must be regenerated before its first use'],
		},
	],
});

describe('regenerating the auth token', () => {
	const server = simulatedServer();

	const run = async (
		more: { items?: IDataObject[]; token?: string; options?: IDataObject } = {},
	) => {
		const options = { timeout: 1000, ...more.options };
		return await server.run(
			'authToken',
			'regenerate',
			{ options },
			{
				...(more.token !== undefined && { credential: { authToken: more.token } }),
				...(more.items && { items: more.items }),
			},
		);
	};

	it('ends the old token, and the new one works', async () => {
		const { items, nodeError } = await run();
		expect(nodeError).toBeUndefined();
		const token = items[0]?.json.secret as string;
		expect([...server.sim.state.tokens.keys()]).toContain(token);
		expect(server.sim.state.tokens.has(pam360Demo.authToken)).toBe(false);
		expect((await run({ token })).nodeError).toBeUndefined();
	});

	it('asks for nothing where there are several items: the new token could not come back', async () => {
		const { nodeError } = await run({ items: [{}, {}] });
		expect(nodeError?.message).toBe("'Regenerate' works on one input item, and there are 2");
		expect(server.sim.log).toHaveLength(0);
		expect(server.sim.state.tokens.has(pam360Demo.authToken)).toBe(true);
	});

	it('asks for nothing with the token of an application, which it does not regenerate', async () => {
		const { nodeError, logs } = await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: { resource: 'authToken', operation: 'regenerate' },
			credentials: {
				pam360Api: {
					...credentialFor.pam360Api(server.sim.url),
					tokenType: 'application',
					appAuthToken: pam360Demo.applicationToken,
				},
			},
		});
		expect(nodeError?.message).toBe(
			"The credential holds an application's token, which this operation does not regenerate",
		);
		expect(server.sim.log).toEqual([]);
		expect(findSecrets({ nodeError, logs }, [pam360Demo.applicationToken])).toEqual([]);
	});

	const troubles: Array<[string, Trouble[], string]> = [
		[
			'the answer was lost after the work',
			[{ kind: 'cutAfterWork', times: 1 }],
			'The old token does not work any more and the new one is not known',
		],
		[
			'the connection broke before the work',
			[{ kind: 'cutBeforeWork', times: 1 }],
			'The old token still worked right after that',
		],
		[
			'nobody knows',
			[{ kind: 'cutAfterWork', times: 1 }, { kind: 'html' }],
			'Whether the old token still works could not be found out',
		],
	];

	it.each(troubles)('sends it once and finds out about the old token: %s', async (_, met, says) => {
		for (const trouble of met) server.sim.trouble.add(trouble);
		const { nodeError, logs } = await run();
		expect(nodeError?.description).toContain('The auth token may have been regenerated anyway');
		expect(nodeError?.description).toContain(says);
		expect(server.sim.log.map(({ method }) => method)).toEqual(['PUT', 'GET']);
		expect(findSecrets({ nodeError, logs }, [...server.sim.state.tokens.keys()])).toEqual([]);
	});
});
