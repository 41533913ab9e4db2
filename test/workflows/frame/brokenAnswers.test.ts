import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { testCredential } from '../../harness';
import { documented } from '../kit/documented';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';

/** Answers that break off or are none: the test of a credential says so, and blames nothing else. */

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** The address of a server that answers each call with these bytes, and ends. */
async function answering(bytes: string): Promise<string> {
	const server = createServer((socket: Socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.end(bytes));
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const head = (status: string, ...headers: string[]) =>
	[`HTTP/1.1 ${status}`, 'Connection: close', ...headers, '', ''].join('\r\n');

const TYPES = ['pam360Api', 'cortexXsiamApi', 'senhaseguraOAuth1Api'] as const;

const ANSWERS: Array<[string, string, RegExp]> = [
	[
		'breaks off',
		`${head('200 OK', 'Content-Length: 400')}{"reply":`,
		/^The answer of localhost:\d+ broke off\. /,
	],
	[
		'is damaged',
		`${head('200 OK', 'Content-Encoding: gzip', 'Content-Length: 4')}abcd`,
		/^The answer of localhost:\d+ broke off\. .*compressed data is damaged/,
	],
	['is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', /^The answer of localhost:\d+ cannot be read \(HPE_/],
	['says nothing', head('204 No Content'), / answered with an empty body \(HTTP 204\)\. /],
	['is empty', head('200 OK', 'Content-Length: 0'), / answered with an empty body \(HTTP 200\)\. /],
];

describe.each(TYPES)('%s', (type) => {
	it.each(ANSWERS)('an answer that %s', async (_, bytes, message) => {
		const data = credentialFor[type](await answering(bytes));
		const result = documented(await testCredential(type, data, { credentialTypes, nodeTypes }));
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
	});
});
