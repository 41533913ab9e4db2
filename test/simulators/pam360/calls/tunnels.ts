import { accountAt, demandReason, resourceById } from '../access';
import { record } from '../audit';
import { type Call, idParam, type Success } from '../call';
import { Failure } from '../failures';
import { freshId, type Pam360State } from '../state';

/** The vendor's sample names this port first. */
const firstPort = 11_501;

/** POST /tunnel/createTunnelServer, docs/api/pam360.md, "Tunnels". */
export function createTunnelServer(call: Call): Success {
	const { input, state } = call;
	const ids = ['RESOURCEID', 'ACCOUNTID'].map((name) => input.required(name));
	const { resource, account } = accountAt(call, ids[0] ?? '', ids[1] ?? '');
	demandReason(call, account);
	const sshId = Number(freshId(state));
	state.tunnels.push({
		sshId,
		resourceId: resource.id,
		accountId: account.id,
		ports: new Map(),
	});
	const reason = input.text('REASON');
	const ticketId = input.text('TICKETID');
	record(call, 'Resource', 'Tunnel Server Created', { resource, account, reason, ticketId });
	return {
		message: 'SSH connection has been established successfully',
		details: { SSHID: sshId },
	};
}

function freePort({ tunnels }: Pam360State): number {
	let port = firstPort;
	while (tunnels.some(({ ports }) => ports.has(port))) port += 1;
	return port;
}

/** POST /tunnel/createTunnel, docs/api/pam360.md, "Tunnels": the answer has no name. */
export function createTunnel(call: Call): Success {
	const { input, state } = call;
	const resource = resourceById(call, input.required('TARGETRESOURCEID'));
	if (!resource) throw new Failure('No such resource found');
	const sshId = input.required('SSHID');
	const server = state.tunnels.find((one) => String(one.sshId) === sshId);
	if (!server) throw new Failure('Invalid value for SSHID.');
	input.required('PROTOCOL');
	const protocol = input.word('PROTOCOL', ['SSH', 'RDP'], 'SSH');
	const port = freePort(state);
	server.ports.set(port, { targetResourceId: resource.id, protocol });
	record(call, 'Resource', 'Tunnel Created', { resource });
	return {
		message: 'SSH tunnel has been created successfully',
		nameless: true,
		details: { PORTNO: port },
	};
}

/** DELETE /tunnel/destroyTunnel/{portNo}, docs/api/pam360.md, "Tunnels". */
export function destroyTunnel(call: Call): Success {
	const port = Number(idParam(call, 'portNo'));
	const server = call.state.tunnels.find(({ ports }) => ports.has(port));
	if (!server) throw new Failure('No such tunnel found');
	server.ports.delete(port);
	record(call, 'Resource', 'Tunnel Destroyed');
	return { message: 'SSH tunnel has been destroyed successfully' };
}
