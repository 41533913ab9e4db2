import { response } from '../../workflows/senhasegura/kit';
import { code, useAppliance } from './senhaseguraSupport';

const wanted = {
	ip: '10.66.33.40',
	hostname: 'new device',
	model: 'Gmail',
	type: 'Desktop',
	vendor: 'Linux',
	site: 'AWS',
	device_domain: '',
};

describe('devices of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const send = async (method: string, path: string, data?: object) =>
		await appliance.send(method, `pam/${path}`, data);
	const post = async (data: object = {}) => await send('POST', 'device', { ...wanted, ...data });

	it('registers', async () => {
		const answer = await post();
		expect(answer.status).toBe(201);
		expect(answer.json).toEqual({
			code: 201,
			response: response(201, 'Device successfully registered!'),
			tenant: 'senhasegura',
			device: {
				id: '92',
				...wanted,
				connectivities: '',
				session_remote_config: '',
				device_tags: '',
			},
		});
	});

	it('updates by hostname, and what is on it moves along', async () => {
		const answer = await post({
			hostname: 'w2016',
			ip: '10.1.1.1',
			device_domain: 'senhasegura.lab,my_device_domain',
			connectivities: 'HTTP:80,SSH:22,MySQL:65535',
			session_remote_config: 'HTTP::',
			device_tags: 'test',
		});
		expect(answer.at('response')).toEqual(response(201, 'Device updated successfully!'));
		expect((await send('GET', 'device/14')).json).toMatchObject({
			response: response(200, 'Device 14'),
			device: {
				id: '14',
				hostname: 'w2016',
				ip: '10.1.1.1',
				model: 'Gmail',
				device_domain: 'senhasegura.lab,my_device_domain',
				connectivities: 'HTTP:80,SSH:22,MySQL:65535',
				session_remote_config: 'HTTP::',
				device_tags: 'test',
			},
		});
		expect((await send('GET', 'credential')).at('credentials.0')).toMatchObject({
			management_ip: '10.1.1.1',
			connectivity: 'HTTP',
		});
		expect((await post({ hostname: 'w2016' })).at('device')).toMatchObject({
			session_remote_config: 'HTTP::',
		});
	});

	it.each([
		['hostname', 1004],
		['ip', 1005],
		['site', 1019],
		['model', 1020],
		['vendor', 1021],
		['type', 1022],
	])('wants %s (%i)', async (name, expected) => {
		expect(code(await post({ [name]: '' }))).toBe(expected);
		expect(code(await post({ [name]: undefined }))).toBe(expected);
		expect(appliance.sim.state.devices).toHaveLength(3);
	});

	it.each(['elsewhere', 'senhasegura.lab, my_device_domain'])(
		'refuses the domains %j',
		async (domain) => {
			expect(code(await post({ device_domain: domain }))).toBe(1029);
		},
	);

	it('lists', async () => {
		const answer = await send('GET', 'device');
		expect(answer.at('response')).toEqual(response(200, '3 devices found'));
		expect(answer.at('devices.0')).toEqual({
			id: '14',
			hostname: 'w2016',
			ip: '10.66.33.15',
			model: 'Windows Server 2016',
			type: 'Server',
			vendor: 'Microsoft',
			site: 'LAX',
			tags: '',
		});
	});

	it('is disabled with what is on it, and enabled alone', async () => {
		const off = await send('DELETE', 'device/14');
		expect(off.at('response')).toEqual(response(200, 'Device successfully deactivated'));
		expect(code(await send('GET', 'credential/39'))).toBe(1008);
		expect((await send('DELETE', 'device/14')).status).toBe(400);
		const on = await send('PUT', 'device/14');
		expect(on.at('response')).toEqual(response(200, 'Device successfully activated'));
		expect(code(await send('PUT', 'device/14'))).toBe(1044);
		expect(code(await send('GET', 'credential/39'))).toBe(1008);
	});

	it('is named by its hostname, percent-encoded', async () => {
		expect((await send('GET', 'device/API%20device%20test')).at('device.id')).toBe('15');
	});

	it.each(['GET', 'PUT', 'DELETE'])('is not found by %s', async (method) => {
		expect(code(await send(method, 'device/39'))).toBe(1011);
	});

	it('is not written by who may only read', async () => {
		appliance.sim.settings.readOnly = true;
		expect(code(await send('POST', 'device', {}))).toBe(1039);
		expect(code(await send('DELETE', 'device/14'))).toBe(1039);
		expect(code(await send('PUT', 'device/1'))).toBe(1039);
		expect((await send('GET', 'device/14')).status).toBe(200);
	});
});
