import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node';
import { captureLogs, findSecrets } from '../../harness';
import { cortexXsiamDemo } from '../../simulators';
import { credentialFor, inEditor } from '../vendors';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const ROLES = '/platform/iam/v1/role';
const USERS = '/public_api/v1/rbac/get_users';
const forbidden = {
	reply: {
		err_code: 403,
		err_msg: 'Forbidden. Access was denied to this resource.',
		err_extra: 'Insufficient permissions for api key',
	},
};

/** What tells that there are other roles. */
const PARTIAL = {
	name: 'Only roles that users have: this key may not list others. Give them in an expression',
	value: '',
	disabled: true,
};

const tenant = simulatedTenant();

/** Fills the list of roles as the editor does. */
async function getRoles(credential: ICredentialDataDecryptedObject = {}) {
	const context = inEditor('cortexXsiam', {
		cortexXsiamApi: { ...credentialFor.cortexXsiamApi(tenant.sim.url), ...credential },
	});
	const method = new CortexXsiam().methods.loadOptions.getRoles;
	return await method!.call(context);
}

/** The error, whose message is all that the editor shows. */
async function refusalOf(credential?: ICredentialDataDecryptedObject): Promise<Error> {
	try {
		await getRoles(credential);
	} catch (error) {
		return error as Error;
	}
	throw new Error('The list was filled');
}

it('lists the roles of the tenant by the names that the API wants', async () => {
	expect(await getRoles()).toEqual(
		['Instance Administrator', 'Investigator', 'Public API Action', 'Public API Viewer'].map(
			(name) => ({ name, value: name }),
		),
	);
	expect(tenant.sim.log.map(({ method, path }) => [method, path])).toEqual([['GET', ROLES]]);
});

it.each(['standard', 'advanced'] as const)('works with a %s key', async (securityLevel) => {
	const options = await getRoles({ ...cortexXsiamDemo[securityLevel], securityLevel });
	expect(options).toHaveLength(4);
});

it('lists the roles of users where the key may not see the tenant’s', async () => {
	const viewer = { ...cortexXsiamDemo.viewer, securityLevel: 'standard' };
	expect(await getRoles(viewer)).toEqual([
		PARTIAL,
		...['Instance Administrator', 'Investigator', 'Public API Action'].map((name) => ({
			name,
			value: name,
		})),
	]);
	expect(tenant.sim.log.map(({ path, status }) => [path, status])).toEqual([
		[ROLES, 403],
		[USERS, 200],
	]);
});

it('lists the roles of users of a tenant without the newer call', async () => {
	tenant.sim.settings.iamAvailable = false;
	expect((await getRoles())[0]).toEqual(PARTIAL);
});

it('lists no role that has no name', async () => {
	tenant.sim.settings.iamAvailable = false;
	tenant.sim.state.users.push({ role_name: '' }, { role_name: null }, {});
	expect(await getRoles()).toHaveLength(1 + 3);
});

it.each([403, 404])('tells what to do instead where both are refused with %i', async (status) => {
	tenant.sim.trouble.add({ kind: 'status', status, body: forbidden });
	const error = await refusalOf();
	expect(error.name).toBe('NodeApiError');
	expect(error.message).toMatch(/expression/i);
	expect(error.message).toMatch(/display names/);
	expect(error).toMatchObject({
		description: expect.stringContaining('Insufficient permissions for api key') as string,
	});
});

it('says that the key is not accepted, and nothing of expressions', async () => {
	const error = await refusalOf({ apiKeyId: '21' });
	expect(error.message).toBe('Cortex XSIAM does not accept the API key');
});

it('says which field of the credential is wrong before anything is sent', async () => {
	const error = await refusalOf({ apiKeyId: 'x' });
	expect(error.message).toBe("'API Key ID' in the credential is not a number");
	expect(tenant.sim.log).toEqual([]);
});

it('says what came instead of roles', async () => {
	tenant.sim.trouble.add({ kind: 'rawBody', body: '{"reply":{}}' });
	expect((await refusalOf()).message).toBe(
		'Cortex XSIAM answered without a list of roles (HTTP 200)',
	);
	tenant.sim.trouble.clear();
	tenant.sim.trouble.add({ kind: 'html' });
	expect((await refusalOf()).message).toContain('a web page instead of JSON');
});

it.each<[string, () => Promise<unknown>]>([
	['a key that is refused', async () => await refusalOf({ apiKeyId: '21' })],
	[
		'a page of something else',
		async () => {
			tenant.sim.trouble.add({ kind: 'html', match: ROLES });
			return await refusalOf();
		},
	],
	[
		'a gateway',
		async () => {
			tenant.sim.trouble.add({ kind: 'status', status: 502, match: ROLES });
			return await refusalOf();
		},
	],
])('does not take the roles of users for an answer to %s', async (_, ask) => {
	await ask();
	expect(tenant.sim.log.map(({ path }) => path)).not.toContain(USERS);
});

it('tries again where the tenant is busy', async () => {
	tenant.sim.trouble.add({ kind: 'status', status: 429, times: 1, retryAfter: 0 });
	tenant.sim.trouble.add({ kind: 'status', status: 503, times: 1 });
	expect(await getRoles()).toHaveLength(4);
	expect(tenant.sim.log).toHaveLength(3);
});

it('tells no secret', async () => {
	const { apiKey } = cortexXsiamDemo.advanced;
	const { logs, stop } = captureLogs();
	tenant.sim.trouble.add({ kind: 'status', status: 403, body: { error: `no ${apiKey}` } });
	const error = await refusalOf();
	stop();
	expect(findSecrets([error, logs], [apiKey])).toEqual([]);
});
