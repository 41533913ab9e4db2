import type { IDataObject } from 'n8n-workflow';
import { useAgents } from './agentCalls';
import type { VendorName } from './agentCalls';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { sent, call } = useAgents();

describe('where a secret goes', () => {
	const OWN: Record<VendorName, IDataObject> = {
		pam360: { resource: 'agentKey', operation: 'generate' },
		cortexXsiam: { resource: 'apiKey', operation: 'generate', roles: ['Investigator'] },
		senhasegura: { resource: 'credential', operation: 'get', credentialId: '39' },
	};
	const ways: Array<[string, IDataObject, IDataObject]> = [
		['Secret Output', { secretOutput: "={{ $fromAI('out', '', 'string') }}" }, { out: 'item' }],
		['Secret Output', { secretOutput: '={{ $json.out }}' }, { out: 'item' }],
		[
			'Recipient Public Key',
			{ secretOutput: 'encrypted', recipientPublicKey: "={{ $fromAI('key') }}" },
			{ key: 'a key of the model' },
		],
		[
			'Put Secret in Field',
			{ secretOutput: 'file', fileProperty: "=x{{ $fromai('field') }}" },
			{ field: 'data' },
		],
	];
	const cases = (Object.keys(OWN) as VendorName[]).flatMap((vendor) =>
		ways.map(([field, options, args]) => ({ vendor, field, options, args })),
	);

	it.each(cases)('is no choice of a model: $vendor, $options', async (one) => {
		const { vendor, field, options, args } = one;
		for (const isStep of [false, true]) {
			// A step of a workflow cannot know who has written its input.
			if (isStep && JSON.stringify(options).includes('$json')) continue;
			const parameters = { ...OWN[vendor], options };
			const { nodeError } = await call({ vendor, parameters, args, isStep });
			expect(nodeError?.message).toContain(
				`'${field}' was filled by an AI model, and nothing was sent`,
			);
			expect(`${nodeError?.message} ${nodeError?.description}`).toContain(
				'A person must choose where a secret goes',
			);
		}
		expect(sent(vendor)).toEqual([]);
	});

	it('may come from an expression of a person, such as a public key that the workflow keeps', async () => {
		const parameters = { ...OWN.pam360, options: { secretOutput: '={{ "item" }}' } };
		const { nodeError, items } = await call({ vendor: 'pam360', parameters });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.secret).toEqual(expect.any(String));
	});
});

describe('a secret', () => {
	it('is not taken from a model', async () => {
		const { nodeError } = await call({
			vendor: 'senhasegura',
			parameters: {
				resource: 'credential',
				operation: 'upsert',
				ip: '10.66.33.15',
				hostname: 'web-01',
				additionalFields: { content: "={{ $fromAI('password') }}" },
			},
			args: { password: 'seen by a model' },
			isStep: true,
		});
		expect(nodeError?.message).toBe("'Password' was filled by an AI model, and nothing was sent");
		expect(nodeError?.description).toContain('has been seen by it');
		expect(sent('senhasegura')).toEqual([]);
	});
});
