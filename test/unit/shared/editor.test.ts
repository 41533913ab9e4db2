import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { loadOptions } from '../../../nodes/shared/editor';
import { Failure } from '../../../nodes/shared/failure';
import type { RunSettings, Vendor } from '../../../nodes/shared/operation';
import { node } from './support';

interface Api {
	roles: string[];
	secrets: string[];
}

const settingsSeen: RunSettings[] = [];
const vendor: Vendor<Api> = {
	resources: [],
	credential: () => ({ type: 'roleApi' }),
	connect: (_, _credentials, settings) => {
		settingsSeen.push(settings);
		return { roles: ['b', 'a'], secrets: ['canary-token'] };
	},
};
const context = {
	getNode: () => node,
	getCredentials: async () => ({}),
} as unknown as ILoadOptionsFunctions;

describe('loadOptions', () => {
	it('gives what was loaded, with one minute of patience', async () => {
		const loaded = await loadOptions(context, vendor, async (api) =>
			api.roles.map((name) => ({ name, value: name })),
		);
		expect(loaded).toEqual([
			{ name: 'b', value: 'b' },
			{ name: 'a', value: 'a' },
		]);
		expect(settingsSeen).toEqual([{ timeout: 60_000, perSecond: 0 }]);
	});

	it('gives n8n’s own error, without secrets', async () => {
		const failing = loadOptions(context, vendor, async () => {
			throw new Failure('Refused canary-token', { kind: 'refused', code: '401' });
		});
		await expect(failing).rejects.toBeInstanceOf(NodeApiError);
		await expect(failing).rejects.toMatchObject({ message: 'Refused [redacted]', httpCode: '401' });
	});

	it('says so when the credential cannot be used', async () => {
		const connect = () => {
			throw new Error('No credential');
		};
		await expect(
			loadOptions(context, { ...vendor, connect }, async () => []),
		).rejects.toMatchObject({ message: 'No credential', node });
	});
});
