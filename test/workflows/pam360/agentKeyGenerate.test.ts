import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit } from './kit';

const KEY = '3361ddf199e75933';
/** The answer of docs/api/pam360.md, "Agent keys": asked with `details`, answered with `Details`. */
const answer = (Details: unknown) => ({
	operation: {
		result: {
			message: 'Agent key fetched successfully.',
			status: 'Success',
			statusCode: 20000,
		},
		Details,
		name: 'Fetch Agent Key',
	},
});
const documented = answer({ agentKey: KEY, agentKeyEndTime: '28/08/2025 18:14:49' });
const call = (details: object, reply: object | string = documented): Exchange => ({
	method: 'POST',
	path: '/restapi/json/v1/agents/agentkey',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: inputData(details, 'details'),
	reply,
});
const issued = {
	vendor: 'pam360',
	type: 'agentKey',
	id: null,
	secret: KEY,
	expiresAt: null,
	expiresAtServerTime: '2025-08-28T18:14:49',
};
const on = { generateAgentKey: true };

describeOperation(kit, 'agentKey', 'generate', {
	cases: [
		{
			name: 'sends what PAM360’s documentation sends',
			mayHave: 'An agent key may have been issued',
			parameters: { ...on, additionalFields: { validityPeriod: 3 } },
			exchanges: [call({ generateAgentKey: 'true', validityPeriod: 3 })],
			items: issued,
		},
		{
			name: 'leaves the validity to PAM360, and takes a list of one',
			parameters: { ...on, additionalFields: { validityPeriod: '' } },
			exchanges: [call({ generateAgentKey: 'true' }, answer([{ agentKey: KEY }]))],
			items: { ...issued, expiresAtServerTime: null },
		},
		{
			name: 'can ask without generating',
			parameters: { generateAgentKey: false },
			exchanges: [call({ generateAgentKey: 'false' })],
			items: issued,
		},
	],
	secrets: [KEY],
	refused: [
		[
			'a validity of part of an hour',
			{ additionalFields: { validityPeriod: 1.5 } },
			"'Validity Period' must be a whole number of hours",
		],
		[
			'a validity of nothing',
			{ additionalFields: { validityPeriod: 0 } },
			"'Validity Period' must be at least 1 hour",
		],
	],
	failures: [
		{
			name: 'no key',
			parameters: { additionalFields: {} },
			exchanges: [call({ generateAgentKey: 'true' }, answer({ agentKey: ' ' }))],
			says: [
				'PAM360 reported success but returned no agent key',
				'An agent key may have been issued anyway',
			],
		},
		{
			name: 'a lost answer',
			parameters: { additionalFields: {} },
			exchanges: [call({ generateAgentKey: 'true' }, '<html>')],
			says: ['An agent key may have been issued anyway', 'did not send the request again'],
		},
	],
});
