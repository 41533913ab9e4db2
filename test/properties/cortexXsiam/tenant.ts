import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { signXsiamRequest } from '../../../nodes/CortexXsiam/api/signing';
import { Failure } from '../../../nodes/shared/failure';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import { Turns } from '../../../nodes/shared/turns';
import type { CortexXsiamKey, CortexXsiamState } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { initialState } from '../../simulators/cortexXsiam/demo';
import type { Context } from '../../simulators/cortexXsiam/call';
import { VendorError } from '../../simulators/cortexXsiam/errors';
import { cortexXsiamRoutes } from '../../simulators/cortexXsiam/routes';
import { answerTo, refusalOf } from '../../simulators/cortexXsiam/server';
import type { Answer } from '../../simulators/cortexXsiam/server';
import { defaultSettings } from '../../simulators/cortexXsiam/settings';
import { TokenBucket } from '../../simulators/shared/rateLimit';

const URL_OF_TENANT = 'https://api-acme.xdr.us.paloaltonetworks.com';

/** What becomes of one call: what it does is done, or not, or later; and it is answered, or not. */
export type Fate = 'answered' | 'answerLost' | 'doneLater' | 'refused' | 'neverSent';

/** Decides the fate of each call, and when it goes. */
export type Gate = (call: string) => Promise<Fate>;

/** Work that is under way, and since when. */
export interface Parked {
	since: number;
	work: () => Promise<void>;
}

/** What a credential holds. */
export interface OwnKey {
	apiKeyId: string;
	apiKey: string;
	securityLevel: string;
}

interface Way {
	method: string;
	pattern: RegExp;
	names: string[];
	route: (typeof cortexXsiamRoutes)[number];
}

/** The simulator's table of routes, by what matches a path. */
const ways = cortexXsiamRoutes.map((route): Way => {
	const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
	const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`);
	return { method: route.method, pattern, names, route };
});

/** The API of a run in a process of its own: what is done in turn is so within the run only. */
class InProcess extends CortexXsiamApi {
	private readonly turns = new Turns();

	override async inTurn<T>(what: string, task: () => Promise<T>): Promise<T> {
		return await this.turns.take(what, task);
	}
}

/** The simulated tenant without a network: thousands of runs must not take minutes. */
export class Tenant {
	readonly settings = defaultSettings();

	/** May be shared by several of these, which are then the same tenant as different processes see it. */
	readonly state: CortexXsiamState;

	/** What servers that lost their callers have still to do. */
	readonly parked: Parked[] = [];

	private readonly bucket = new TokenBucket();

	/** @param onPause What happens while the node waits; nothing, and no time passes, by default. */
	constructor(
		private readonly now: () => number,
		state?: CortexXsiamState,
		private readonly onPause: (milliseconds: number) => Promise<void> = async () => {},
	) {
		this.state = state ?? initialState(now());
	}

	/**
	 * The API of one run of the node, as it reaches the tenant through a gate.
	 *
	 * @param own What the node's credential holds, where it is not a key of the tenant's administrator.
	 */
	api(gate: Gate, own?: OwnKey): CortexXsiamApi {
		const credentials = { url: URL_OF_TENANT, ...(own ?? cortexXsiamDemo.advanced) };
		return new InProcess(this.wire(credentials, gate), credentials);
	}

	park(work: Parked['work']): void {
		this.parked.push({ since: this.now(), work });
	}

	key(id: string | number): CortexXsiamKey | undefined {
		return this.state.keys.get(Number(id));
	}

	private wire(credentials: Record<string, string>, gate: Gate): Transport {
		const send = async (asked: Request): Promise<Reply> => {
			// A body of its own is made when it is sent, and not when the work is done.
			const request = { ...asked, body: asked.bodyOfEach?.() ?? asked.body };
			const path = request.url.slice(URL_OF_TENANT.length);
			const isWrite = /api_keys\/(generate|delete)$/.test(path) || request.method === 'PUT';
			// A server works on it for so long from here on, however late its caller gives up.
			const since = this.now();
			// A call that changes nothing is repeated by the transport until it is answered.
			const fate = await gate(`${isWrite ? 'write' : 'read'} ${path}`);
			if (fate === 'neverSent') throw new Failure('Not sent', { kind: 'notSent' });
			if (fate === 'refused') return { status: 503, headers: {}, text: '', repeated: false };
			const work = async () => this.answer(credentials, request);
			if (fate === 'doneLater') {
				this.parked.push({ since, work: async () => void (await work()) });
				throw new Failure('Timed out', { kind: 'lost', code: 'ETIMEDOUT' });
			}
			const reply = await work();
			if (fate === 'answerLost') throw new Failure('Reset', { kind: 'lost', code: 'ECONNRESET' });
			return reply;
		};
		const wire = {
			send,
			pause: this.onPause,
			evenIfCancelled: () => wire,
			// Nothing waits for its turn here.
			within: () => wire,
			withCredentials: (other: Record<string, string>) => this.wire(other, gate),
		};
		return wire as unknown as Transport;
	}

	private answer(credentials: Record<string, string>, request: Request): Reply {
		const { settings, state, now } = this;
		const { headers = {} } = signXsiamRequest(credentials, {
			...request,
			headers: { ...request.headers },
		});
		const path = request.url.slice(URL_OF_TENANT.length);
		const way = ways.find((one) => one.method === request.method && one.pattern.test(path));
		if (!way) throw new Error(`The simulator has no ${request.method} ${path}`);
		const [, ...values] = way.pattern.exec(path) ?? [];
		const asked = {
			headers: lowerCased(headers as Record<string, string>),
			params: Object.fromEntries(way.names.map((name, index) => [name, values[index]])),
			body: request.body === undefined ? undefined : Buffer.from(request.body),
			ip: '127.0.0.1',
		};
		const context = { settings, state, now };
		const { status, body } = orRefusal(path, context, () =>
			answerTo(way.route, asked, context, this.bucket),
		);
		return {
			status,
			headers: { date: new Date(now()).toUTCString() },
			text: body === undefined ? '' : JSON.stringify(body),
			repeated: false,
		};
	}
}

function orRefusal(path: string, context: Context, answer: () => Answer): Answer {
	try {
		return answer();
	} catch (error) {
		if (error instanceof VendorError) return refusalOf(error, path, context);
		throw error;
	}
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}
