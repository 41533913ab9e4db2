import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { isTooMany } from '../../../nodes/Senhasegura/api/envelope';
import { lanes } from '../../../nodes/shared/lanes';
import { kit as cortexXsiam } from '../cortexXsiam/kit';
import { answerInTurn, answeredByNock } from '../kit/exchanges';
import type { Exchange } from '../kit/exchanges';
import { said } from '../kit/result';
import { kit as pam360, success } from '../pam360/kit';
import { kit as senhasegura } from '../senhasegura/kit';
import { runVendor } from '../vendors';

/** A refusal for the rate of requests, in whatever form it comes, for all vendors alike. */

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const kits = { pam360, cortexXsiam, senhasegura };

interface Issuing {
	vendor: keyof typeof kits;
	parameters: IDataObject;
	/** The refusal within HTTP 200. */
	within: object;
	done: object;
}

const TEXT = 'Too many requests';
const all: Issuing[] = [
	{
		vendor: 'pam360',
		parameters: { resource: 'agentKey', operation: 'generate', generateAgentKey: true },
		within: {
			operation: { name: 'X', result: { status: 'Failed', message: TEXT, statusCode: 429 } },
		},
		done: success('Fetch Agent Key', { agentKey: '3361ddf199e75933' }),
	},
	{
		vendor: 'pam360',
		parameters: { resource: 'sshKey', operation: 'getAll', returnAll: true },
		within: { name: 'X', result: { status: 'Failed', message: TEXT, statusCode: '429' } },
		done: { name: 'X', result: { status: 'Success', message: '' }, totalRows: 0, details: [] },
	},
	{
		vendor: 'cortexXsiam',
		parameters: { resource: 'tenant', operation: 'getInfo' },
		within: { reply: { err_code: 429, err_msg: TEXT, err_extra: null } },
		done: { reply: { purchased: 1 } },
	},
	{
		vendor: 'senhasegura',
		parameters: {
			...{ resource: 'sshKey', operation: 'create', ip: '10.0.0.1', hostname: 'h' },
			additionalFields: { username: 'root' },
		},
		within: { code: 429, response: { status: 429, message: TEXT, error: true, error_code: 1 } },
		done: {
			code: 200,
			response: { status: 200, message: 'SSH key created', error: false },
			key: { id: 7 },
		},
	},
];

answeredByNock();
beforeEach(() => lanes.clear());

async function run(
	{ vendor, parameters }: Issuing,
	answers: Array<Partial<Exchange>>,
	items: IDataObject[] = [{}],
) {
	const kit = kits[vendor];
	nock.cleanAll();
	const sent = answerInTurn(kit.host, answers);
	const result = await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters: { ...kit.parameters, ...parameters, options: { concurrency: 1 } },
		credentials: kit.credentials,
		items,
	});
	return { result, sent };
}

it.each<[string, object, boolean]>([
	['in the envelope', { response: { status: 429, error: true } }, true],
	['beside the envelope', { code: '429', response: { error: '1' } }, true],
	['in a bare error', { error: true, status: 429 }, true],
	['as the code of a record', { code: 429, status: 'active', error: false }, false],
	['as the status of a record', { status: 429, name: 'x' }, false],
	['as a number within', { response: { status: 200, error: false }, id: 429 }, false],
])('senhasegura’s 429 %s', (_, body, expected) => {
	expect(isTooMany({ status: 200, text: JSON.stringify(body) })).toBe(expected);
});

describe.each(all)('too many requests to $vendor: $parameters.operation', (call) => {
	it('are waited out where HTTP says that all is well', async () => {
		const { result, sent } = await run(call, [{ reply: call.within }, { reply: call.done }]);
		expect(said(result)).toBe('');
		expect(sent).toHaveLength(2);
	});

	it.each([
		['within a success', { reply: call.within }],
		['a page', { status: 429, reply: '<html>Slow down</html>' }],
		['nothing', { status: 429, reply: '' }],
		['a text', { status: 429, reply: 'error code: 1015' }],
	])('say so, and when to come back: %s', async (_, answer) => {
		const replyHeaders = { 'Retry-After': '86400' };
		const { result, sent } = await run(call, [{ ...answer, replyHeaders }]);
		expect(said(result)).toMatch(
			/ accepts no more requests at the moment \| It was refused with 429/,
		);
		expect(said(result)).toContain('The server asks to wait another 24 hours.');
		expect(said(result)).not.toMatch(/parameter|'URL'|anyway|instead of JSON/);
		expect(sent).toHaveLength(1);
	});

	it('say no number of days that nobody can grasp', async () => {
		const replyHeaders = { 'Retry-After': '99999999999999999999' };
		const { result } = await run(call, [{ status: 429, reply: '', replyHeaders }]);
		expect(said(result)).toContain('The server asks to wait for more than a year.');
	});

	it('are told from a server that is away for some time', async () => {
		const answers = [{ status: 503, reply: '', replyHeaders: { 'Retry-After': '3600' } }];
		const { result } = await run(call, answers);
		expect(said(result)).toContain('HTTP 503');
		const { result: next, sent } = await run(call, []);
		expect(sent).toEqual([]);
		expect(said(next)).toContain('takes no more requests at the moment, and nothing was sent');
		expect(said(next)).toContain(
			'It has answered that it gets too many requests (HTTP 429), or is not available (HTTP 503), and asks to wait another 60 minutes.',
		);
	});
});

it('are not read out of what PAM360 says of another system, which has its own limits', async () => {
	const given = { resourceId: '301', accountId: '302', newPassword: 'N3w-password' };
	const { result, sent } = await run(
		{
			...(all[0] as Issuing),
			parameters: {
				...given,
				...{ resource: 'password', operation: 'reset' },
				...{ resetType: 'remote', passwordSource: 'own' },
			},
		},
		[
			{ reply: (all[0] as Issuing).within },
			{ reply: success('GET PASSWORD', { PASSWORD: 'the-one-before' }) },
		],
	);
	expect(said(result)).toBe('');
	expect(result.items[0]?.json).toMatchObject({ outcome: 'unknown', vaultHolds: 'other' });
	expect(sent.map(({ method }) => method)).toEqual(['PUT', 'GET']);
});
