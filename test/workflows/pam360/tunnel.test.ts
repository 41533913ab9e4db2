import type { IDataObject } from 'n8n-workflow';
import { startPam360Simulator } from '../../simulators';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { inputData, kit, success } from './kit';

const REST = '/restapi/json/v1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const id = (value: string) => ({ mode: 'id', value });

const createServer = (details: object, reply: object) => ({
	method: 'POST' as const,
	path: `${REST}/tunnel/createTunnelServer`,
	headers: FORM,
	body: inputData(details),
	reply,
});

describeOperation(kit, 'tunnel', 'createServer', {
	cases: [
		{
			name: 'gives the ID of the connection',
			mayHave: 'The connection may have been opened',
			parameters: { resourceId: id('301'), accountId: id('302') },
			exchanges: [
				createServer(
					{ RESOURCEID: '301', ACCOUNTID: '302' },
					success('Create Tunnel Server', { SSHID: 4302 }),
				),
			],
			items: {
				vendor: 'pam360',
				type: 'tunnelServer',
				id: '4302',
				resourceId: '301',
				resourceName: null,
				accountId: '302',
				accountName: null,
			},
		},
		{
			name: 'looks names up, and gives reason and ticket',
			parameters: {
				resourceId: { mode: 'name', value: 'gate' },
				accountId: { mode: 'name', value: 'root' },
				additionalFields: { reason: 'patching', ticketId: '2132' },
			},
			exchanges: [
				{
					method: 'GET',
					path: `${REST}/resources/getResourceIdAccountId?RESOURCENAME=gate&ACCOUNTNAME=root`,
					reply: success('GET_RESOURCEACCOUNTID', { RESOURCEID: '301', ACCOUNTID: '302' }),
				},
				createServer(
					{ RESOURCEID: '301', ACCOUNTID: '302', REASON: 'patching', TICKETID: '2132' },
					success('Create Tunnel Server', { SSHID: '4302' }),
				),
			],
			items: {
				vendor: 'pam360',
				type: 'tunnelServer',
				id: '4302',
				resourceId: '301',
				resourceName: 'gate',
				accountId: '302',
				accountName: 'root',
			},
		},
	],
	failures: [
		{
			name: 'success without an ID',
			exchanges: [
				createServer(
					{ RESOURCEID: '301', ACCOUNTID: '302' },
					{ operation: { result: { status: 'Success' } } },
				),
			],
			says: [
				'PAM360 reported success but did not return the ID of the connection',
				'It said: nothing.',
			],
		},
		{
			name: 'an answer nobody can read',
			exchanges: [
				{
					...createServer({ RESOURCEID: '301', ACCOUNTID: '302' }, {}),
					status: 502,
					reply: 'Bad Gateway',
				},
			],
			says: ['The connection may have been opened anyway'],
		},
	],
});

const createTunnel = (details: object, reply: object) => ({
	method: 'POST' as const,
	path: `${REST}/tunnel/createTunnel`,
	headers: FORM,
	body: inputData(details),
	reply,
});

describeOperation(kit, 'tunnel', 'create', {
	cases: [
		{
			name: 'gives the port, of an answer without a name',
			mayHave: 'The tunnel may have been opened',
			parameters: { sshId: '={{ 1101 }}', resourceId: id('601'), protocol: 'SSH' },
			exchanges: [
				createTunnel(
					{ TARGETRESOURCEID: '601', SSHID: '1101', PROTOCOL: 'SSH' },
					{
						operation: {
							result: { message: 'SSH tunnel has been created successfully', status: 'Success' },
							Details: { PORTNO: 11501 },
						},
					},
				),
			],
			items: {
				vendor: 'pam360',
				type: 'tunnel',
				id: '11501',
				port: 11501,
				serverId: '1101',
				resourceId: '601',
				resourceName: null,
				protocol: 'SSH',
			},
		},
		{
			name: 'leaves it to PAM360 what a protocol is',
			parameters: { sshId: '1101', resourceId: id('601'), protocol: '={{ "VNC" }}' },
			exchanges: [
				createTunnel(
					{ TARGETRESOURCEID: '601', SSHID: '1101', PROTOCOL: 'VNC' },
					success('Create Tunnel', { PORTNO: 11502 }),
				),
			],
			items: {
				vendor: 'pam360',
				type: 'tunnel',
				id: '11502',
				port: 11502,
				serverId: '1101',
				resourceId: '601',
				resourceName: null,
				protocol: 'VNC',
			},
		},
	],
	refused: [
		[
			'a server that is none',
			{ sshId: 'gate' },
			"'Server ID' must be an ID, which consists of digits",
		],
	],
	failures: [
		{
			name: 'success without a port',
			exchanges: [
				createTunnel(
					{ TARGETRESOURCEID: '601', SSHID: '1101', PROTOCOL: 'SSH' },
					success('Create Tunnel', { PORTNO: 'none' }),
				),
			],
			says: ['PAM360 reported success but did not return the port of the tunnel'],
		},
	],
});

describeOperation(kit, 'tunnel', 'delete', {
	cases: [
		{
			name: 'names the port in the path',
			parameters: { port: 11501 },
			exchanges: [
				{
					method: 'DELETE',
					path: `${REST}/tunnel/destroyTunnel/11501`,
					reply: success('Destroy Tunnel'),
				},
			],
			items: { vendor: 'pam360', type: 'tunnel', id: '11501', deleted: true },
		},
	],
	refused: [['a port that is none', { port: '={{ 70000 }}' }, "'Port' must be at most 65535"]],
});

it('opens a tunnel through a PAM360 server and closes it', async () => {
	const sim = await startPam360Simulator();
	const run = async (operation: string, parameters: IDataObject) => {
		const result = await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: { resource: 'tunnel', operation, ...parameters },
			credentials: { pam360Api: credentialFor.pam360Api(sim.url) },
		});
		expect(said(result)).toBe('');
		return result.items[0]!.json;
	};
	const server = await run('createServer', {
		resourceId: { mode: 'name', value: 'WEB-LINUX-01' },
		accountId: { mode: 'name', value: 'root' },
	});
	const tunnel = await run('create', {
		sshId: server.id,
		resourceId: { mode: 'name', value: 'WEB-LINUX-02' },
		protocol: 'SSH',
	});
	const ports = () => sim.state.tunnels.flatMap((one) => [...one.ports.keys()]);
	expect(ports()).toEqual([tunnel.port]);
	await run('delete', { port: tunnel.port });
	expect(ports()).toEqual([]);
	await sim.close();
});
