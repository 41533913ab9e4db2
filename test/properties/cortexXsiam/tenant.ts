import fastify from 'fastify';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { signXsiamRequest } from '../../../nodes/CortexXsiam/api/signing';
import { Failure } from '../../../nodes/shared/failure';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import type { CortexXsiamKey, CortexXsiamState } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { initialState } from '../../simulators/cortexXsiam/demo';
import { routes } from '../../simulators/cortexXsiam/server';
import { defaultSettings } from '../../simulators/cortexXsiam/settings';

const URL_OF_TENANT = 'https://api-acme.xdr.us.paloaltonetworks.com';

/** What becomes of one call: what it does is done, or not, or later; and it is answered, or not. */
export type Fate = 'answered' | 'answerLost' | 'doneLater' | 'refused' | 'neverSent';

/** Decides the fate of each call, and when it goes. */
export type Gate = (call: string) => Promise<Fate>;

/** The simulated tenant without a network: thousands of runs must not take minutes. */
export class Tenant {
	readonly settings = defaultSettings();

	readonly state: CortexXsiamState;

	/** What servers that lost their callers have still to do. */
	readonly parked: Array<() => Promise<void>> = [];

	private readonly app = fastify();

	constructor(private readonly now: () => number) {
		this.state = initialState(now());
		this.app.removeAllContentTypeParsers();
		this.app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
			done(null, body),
		);
		routes(this.app, { settings: this.settings, state: this.state, now });
	}

	/** The API of one run of the node, as it reaches the tenant through a gate. */
	api(gate: Gate): CortexXsiamApi {
		const credentials = { url: URL_OF_TENANT, ...cortexXsiamDemo.advanced };
		return new CortexXsiamApi(this.wire(credentials, gate), credentials);
	}

	key(id: string | number): CortexXsiamKey | undefined {
		return this.state.keys.get(Number(id));
	}

	private wire(credentials: Record<string, string>, gate: Gate): Transport {
		const send = async (request: Request): Promise<Reply> => {
			const path = request.url.slice(URL_OF_TENANT.length);
			const isWrite = /api_keys\/(generate|delete)$/.test(path) || request.method === 'PUT';
			// A call that changes nothing is repeated by the transport until it is answered.
			const fate = await gate(`${isWrite ? 'write' : 'read'} ${path}`);
			if (fate === 'neverSent') throw new Failure('Not sent', { kind: 'notSent' });
			if (fate === 'refused') return { status: 503, headers: {}, text: '', repeated: false };
			const work = async () => await this.inject(credentials, request);
			if (fate === 'doneLater') {
				this.parked.push(async () => void (await work()));
				throw new Failure('Timed out', { kind: 'lost', code: 'ETIMEDOUT' });
			}
			const reply = await work();
			if (fate === 'answerLost') throw new Failure('Reset', { kind: 'lost', code: 'ECONNRESET' });
			return reply;
		};
		const wire = {
			send,
			pause: async () => {},
			evenIfCancelled: () => wire,
			withCredentials: (other: Record<string, string>) => this.wire(other, gate),
		};
		return wire as unknown as Transport;
	}

	private async inject(credentials: Record<string, string>, request: Request): Promise<Reply> {
		const signed: IHttpRequestOptions = signXsiamRequest(credentials, {
			...request,
			headers: { ...request.headers },
		});
		const { statusCode, headers, payload } = await this.app.inject({
			method: request.method as 'POST',
			url: request.url.slice(URL_OF_TENANT.length),
			headers: signed.headers as Record<string, string>,
			...(request.body !== undefined && { payload: request.body }),
		});
		return {
			status: statusCode,
			headers: { ...(headers as Record<string, string>), date: new Date(this.now()).toUTCString() },
			text: payload,
			repeated: false,
		};
	}
}
