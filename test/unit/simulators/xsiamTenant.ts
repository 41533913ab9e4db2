import {
	cortexXsiamDemo,
	type CortexXsiamOptions,
	type CortexXsiamSimulator,
	startCortexXsiamSimulator,
} from '../../simulators';
import { type Answer, call, json } from './call';

export type Headers = Record<string, string>;

interface Credential {
	apiKeyId: string;
	apiKey: string;
}

export const standard = (credential: Credential = cortexXsiamDemo.standard): Headers => ({
	Authorization: credential.apiKey,
	'x-xdr-auth-id': credential.apiKeyId,
});

export interface Tenant {
	/** The simulator; there once the tests run. */
	readonly sim: CortexXsiamSimulator;
	/** A POST below `/public_api/v1`, with `request_data`. */
	post(path: string, data?: unknown, headers?: Headers): Promise<Answer>;
	/** A call below `/platform`, for example `PUT iam/v1/api-key/21`, with `request_data`. */
	platform(what: string, data?: unknown, headers?: Headers): Promise<Answer>;
}

/** One simulated tenant for the tests of a `describe`, as new for each of them. */
export function tenant(options: CortexXsiamOptions = {}): Tenant {
	let running: CortexXsiamSimulator | undefined;
	const sim = (): CortexXsiamSimulator => {
		if (!running) throw new Error('The simulator is not running yet');
		return running;
	};

	beforeAll(async () => {
		running = await startCortexXsiamSimulator(options);
	});
	afterEach(() => running?.reset());
	afterAll(async () => await running?.close());

	return {
		get sim() {
			return sim();
		},
		post: async (path, data = {}, headers = standard()) =>
			await call(`${sim().url}/public_api/v1/${path}`, json({ request_data: data }, headers)),
		platform: async (what, data, headers = standard()) => {
			const [method, path] = what.split(' ');
			const body = data === undefined ? { headers } : json({ request_data: data }, headers);
			return await call(`${sim().url}/platform/${path}`, { ...body, method });
		},
	};
}

/** `err_extra` of a refusal in shape (1). */
export function extra(answer: Answer, status = 500): string {
	expect(answer).toMatchObject({ status, json: { reply: { err_code: status } } });
	return answer.at('reply.err_extra') as string;
}

/** `err_extra` of a refusal of `/platform`, shape (2). */
export function platformExtra(answer: Answer): string {
	expect(answer).toMatchObject({
		status: 400,
		json: {
			data: {
				err_msg: 'The request contains invalid or missing parameters.',
				metadata: { err_code: 400 },
			},
		},
	});
	return answer.at('data.metadata.err_extra') as string;
}

/** A search with one filter. */
export const where = (field: string, operator: string, value: unknown) => ({
	filters: [{ field, operator, value }],
});
