import { pam360Demo, type Pam360Simulator, startPam360Simulator } from '../../simulators';
import { type Answer, call } from './call';

const base = '/restapi/json/v1';

export const inputData = (details: object, key: 'Details' | 'details' = 'Details'): string =>
	new URLSearchParams({ INPUT_DATA: JSON.stringify({ operation: { [key]: details } }) }).toString();

/** What a call gave, for short comparisons. */
export interface Operation {
	name?: string;
	result: { status: string; message: string; statusCode?: number };
	totalRows?: number;
	Details?: unknown;
	details?: unknown;
}

/** The calls of one user, as the documentation builds them. */
export class Pam360Client {
	constructor(
		private readonly sim: { readonly url: string },
		private readonly token: string = pam360Demo.authToken,
		private readonly key: 'Details' | 'details' = 'Details',
	) {}

	/** The same user, with `details` as the key of the fields. */
	get lower(): Pam360Client {
		return new Pam360Client(this.sim, this.token, 'details');
	}

	/** The same server, as another user. */
	as(token: string): Pam360Client {
		return new Pam360Client(this.sim, token, this.key);
	}

	async raw(method: string, path: string, details?: object): Promise<Answer> {
		const input = details && inputData(details, this.key);
		const url = `${this.sim.url}${path.startsWith('/api/') ? '' : base}${path}`;
		const headers = { AUTHTOKEN: this.token };
		if (method === 'GET') return await call(input ? `${url}?${input}` : url, { headers });
		const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
		return await call(url, { method, headers: form, ...(input && { body: input }) });
	}

	private async operation(method: string, path: string, details?: object): Promise<Operation> {
		const answer = await this.raw(method, path, details);
		expect(answer.status).toBe(200);
		return answer.at('operation') as Operation;
	}

	get = async (path: string, details?: object) => await this.operation('GET', path, details);

	post = async (path: string, details?: object) => await this.operation('POST', path, details);

	put = async (path: string, details?: object) => await this.operation('PUT', path, details);

	delete = async (path: string) => await this.operation('DELETE', path);
}

/** A simulated PAM360 for the tests of a `describe`, as new for each of them. */
export function usePam360() {
	let sim: Pam360Simulator;
	beforeAll(async () => {
		sim = await startPam360Simulator();
	});
	afterEach(() => sim.reset());
	afterAll(async () => await sim.close());

	return {
		get sim() {
			return sim;
		},
		/** The calls of the demo's user. */
		api: new Pam360Client({
			get url() {
				return sim.url;
			},
		}),
	};
}

/** The message of a failure; a success, or anything beside it, fails the test. */
export function refusal(operation: Operation): string {
	expect(operation.result.status).toBe('Failed');
	expect(Object.keys(operation).sort()).toEqual(['name', 'result']);
	return operation.result.message;
}
