import type { IDataObject } from 'n8n-workflow';
import { simulatedTenant } from './cortexXsiam/simulated';
import { simulatedServer } from './pam360/simulated';
import { simulatedVault } from './senhasegura/simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('./kit/shortWaits'));

/*
 * A change that may be made again, of each family of calls, whose connection is cut after the work each
 * time: what the user is told, and what n8n is declared, is the same for all vendors.
 */
const vendors = {
	PAM360: simulatedServer(),
	'Cortex XSIAM': simulatedTenant(),
	senhasegura: simulatedVault(),
};

const by = (mode: string, value: string) => ({ __rl: true, mode, value });

it.each<[keyof typeof vendors, string, string, IDataObject, mayHave: string]>([
	['PAM360', 'user', 'lock', { userName: by('name', 'jdoe') }, 'The user may have been locked'],
	[
		'Cortex XSIAM',
		'userGroup',
		'update',
		{ userGroup: by('id', 'abc_101'), updateFields: { description: 'x' } },
		'The change may have been made',
	],
	[
		'Cortex XSIAM',
		'userGroup',
		'delete',
		{ userGroup: by('id', 'abc_101') },
		'The change may have been made',
	],
	['Cortex XSIAM', 'dataset', 'delete', { dataset: 'api_keys' }, 'The change may have been made'],
	['Cortex XSIAM', 'endpoint', 'isolate', { endpoints: ['a'] }, 'The change may have been made'],
	[
		'senhasegura',
		'relatedUser',
		'delete',
		{ relatedUserId: by('id', '3'), additionalFields: {} },
		'The change may have been made',
	],
	['senhasegura', 'user', 'delete', { userId: by('id', 'abc') }, 'The change may have been made'],
	[
		'senhasegura',
		'session',
		'drop',
		{ session: '421c83a3b10be439d4da33b6c140f53eaf448207' },
		'The change may have been made',
	],
	[
		'senhasegura',
		'device',
		'disable',
		{ deviceId: by('id', '3'), additionalFields: {} },
		'The change may have been made',
	],
	[
		'senhasegura',
		'credential',
		'releaseCustody',
		{ credentialId: by('id', '39'), additionalFields: {} },
		'The change may have been made',
	],
	['senhasegura', 'safeNote', 'disable', { identifier: '3' }, 'The change may have been made'],
	[
		'senhasegura',
		'user',
		'update',
		{ userId: by('id', 'abc'), updateFields: { name: 'Ana' } },
		'The user may have been changed',
	],
	[
		'PAM360',
		'user',
		'update',
		{ userId: by('id', '2101'), updateFields: { lastName: 'Roe' } },
		'The user may have been changed',
	],
	[
		'senhasegura',
		'device',
		'upsert',
		{
			hostname: 'h',
			ip: '10.0.0.1',
			type: 'Server',
			vendor: 'Linux',
			model: 'U',
			site: 'S',
			deviceType: 'Server',
			deviceVendor: 'Linux',
		},
		'The device may have been stored',
	],
])('%s: %s %s', async (vendor, resource, operation, parameters, mayHave) => {
	const { sim, run } = vendors[vendor];
	sim.trouble.add({ kind: 'cutAfterWork' });
	const { nodeError } = await run(resource, operation, parameters);
	expect(nodeError).toMatchObject({
		message: expect.stringMatching(/^\S+ closed the connection before it answered$/) as string,
		description: expect.stringMatching(
			new RegExp(` ${mayHave} anyway\\. Running the node again does no harm\\.$`),
		) as string,
		failure: { cause: 'temporarily-unavailable' },
	});
});
