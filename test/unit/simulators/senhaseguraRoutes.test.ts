import {
	senhaseguraDemo as demo,
	senhaseguraResources,
	type SenhaseguraRoute,
	senhaseguraRoutes,
} from '../../simulators';
import { call } from './call';
import { signed, useAppliance } from './senhaseguraSupport';

const named = (route: SenhaseguraRoute) => [`${route.method} ${route.path}`, route] as const;
const guarded = senhaseguraRoutes.filter(({ resource }) => resource !== null);

const gateway = { status: 404, json: { message: 'no Route matched with those values' } };
const unauthorized = 'You are not authorized to access this resource.';

describe('every call of the senhasegura simulator', () => {
	const appliance = useAppliance();

	const prefixesOf = ({ prefix }: SenhaseguraRoute) =>
		prefix === undefined ? ['/api', '/iso'] : [prefix];

	const pathOf = ({ path }: SenhaseguraRoute) => path.replace(':id', 'user@host%20name');

	const ask = async ({ method }: SenhaseguraRoute, path: string, headers: Record<string, string>) =>
		await call(appliance.sim.url + path, { method, headers });

	/** A token for it: MySafe's keys open MySafe alone. */
	const tokenFor = async ({ resource }: SenhaseguraRoute) =>
		resource === 'MySafe'
			? await appliance.tokenOf(demo.mySafeClientId, demo.mySafeClientSecret)
			: await appliance.tokenOf(demo.clientId, demo.clientSecret);

	it('is in the table once', () => {
		const names = senhaseguraRoutes.map(
			({ method, path, prefix = '' }) => `${method} ${prefix}${path}`,
		);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(guarded.map(named))(
		'%s is reached with a token, at its prefixes',
		async (_name, route) => {
			for (const prefix of prefixesOf(route)) {
				// One of the calls ends the authorization that it is made with.
				appliance.sim.reset();
				const authorization = await tokenFor(route);
				const answer = await ask(route, prefix + pathOf(route), { authorization });
				expect(answer.text).not.toContain('Resource sub not found');
				expect(answer.text).not.toContain('Route matched');
				expect(answer.text).not.toContain(unauthorized);
				expect(answer.status).not.toBe(401);
			}
		},
	);

	it.each(guarded.map(named))('%s is the gateway’s without a header', async (_name, route) => {
		for (const prefix of prefixesOf(route)) {
			expect(await ask(route, prefix + pathOf(route), {})).toMatchObject(gateway);
		}
	});

	it.each(guarded.map(named))(
		'%s is refused with a token that is unknown',
		async (_name, route) => {
			const path = (prefixesOf(route)[0] ?? '') + pathOf(route);
			const answer = await ask(route, path, { authorization: 'Bearer nothing' });
			expect(answer).toMatchObject({ status: 401, json: { message: 'Unauthorized' } });
		},
	);

	it.each(guarded.map(named))(
		'%s takes a signature of what was sent only',
		async (_name, route) => {
			const path = `${prefixesOf(route)[0] ?? ''}${pathOf(route)}?b=2&a=%401`;
			const url = appliance.sim.url + path;
			const other = path.replace('a=%401', 'a=%402');
			const good = await ask(route, path, signed(url, route.method));
			const invalid = { status: 401, json: { response: { message: 'Invalid signature' } } };
			expect(good.text).not.toContain('Invalid signature');
			expect(await ask(route, other, signed(url, route.method))).toMatchObject(invalid);
			if (!route.path.includes(':id')) return;
			const otherPath = path.replace('user@host', 'user%40host');
			expect(await ask(route, otherPath, signed(url, route.method))).toMatchObject(invalid);
		},
	);

	it.each(guarded.map(named))('%s needs its resource, and no other', async (_name, route) => {
		const { settings } = appliance.sim;
		const path = (prefixesOf(route)[0] ?? '') + pathOf(route);
		const headers = { authorization: appliance.bearer };
		settings.authorizedResources = senhaseguraResources.filter((one) => one !== route.resource);
		const refused = await ask(route, path, headers);
		expect(refused).toMatchObject({ status: 500, json: { response: { message: unauthorized } } });
		settings.authorizedResources = [route.resource ?? ''];
		const answer = await ask(route, path, { authorization: await tokenFor(route) });
		expect(answer.text).not.toContain(unauthorized);
	});

	it.each(guarded.filter(({ write }) => write).map(named))(
		'%s is 1039 to who may only read',
		async (_name, route) => {
			appliance.sim.settings.readOnly = true;
			const path = (prefixesOf(route)[0] ?? '') + pathOf(route);
			const answer = await ask(route, path, { authorization: appliance.bearer });
			expect(answer.at('exception.code')).toBe(1039);
		},
	);

	it('marks the PAM writes, and nothing else', () => {
		const writes = guarded.filter(({ write }) => write).map(({ method, path }) => [method, path]);
		expect(writes).toEqual([
			['POST', '/pam/key'],
			['DELETE', '/pam/key/:id'],
			['PUT', '/pam/key/:id'],
			['POST', '/pam/credential'],
			['DELETE', '/pam/credential/:id'],
			['PUT', '/pam/credential/:id'],
			['DELETE', '/pam/credential/custody/:id'],
			['POST', '/pam/device'],
			['DELETE', '/pam/device/:id'],
			['PUT', '/pam/device/:id'],
			['POST', '/pam/info'],
			['DELETE', '/pam/info/:id'],
		]);
	});

	it('keeps MySafe and the rest apart', async () => {
		const mySafe = await appliance.tokenOf(demo.mySafeClientId, demo.mySafeClientSecret);
		const refused = { status: 500, json: { response: { message: unauthorized } } };
		expect(await appliance.send('GET', 'pam/device', undefined, mySafe)).toMatchObject(refused);
		expect(await appliance.send('GET', 'mysafe/password')).toMatchObject(refused);
	});

	it('knows no other', async () => {
		const unknown = { status: 404, json: { response: { message: 'Resource sub not found' } } };
		for (const [method, path] of [
			['PATCH', 'pam/key/92'],
			['POST', 'pam/key/92'],
			['PUT', 'pam/credential'],
			['GET', 'pam/sshkey'],
			['POST', 'pam/credential/39/rotate'],
			['GET', 'v2/pam/keys'],
			['DELETE', 'session/remotesessions/540'],
		] as const) {
			expect(await appliance.send(method, path)).toMatchObject(unknown);
		}
		const headers = { authorization: appliance.bearer };
		const v2 = await call(`${appliance.sim.url}/iso/v2/pam/credentials`, { headers });
		expect(v2).toMatchObject(unknown);
	});
});
