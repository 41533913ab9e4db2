import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import {
	senhaseguraDemo as demo,
	type SenhaseguraSimulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import { type Answer, call, type CallOptions, form, json } from './call';

export const grant = {
	grant_type: 'client_credentials',
	client_id: demo.clientId,
	client_secret: demo.clientSecret,
};

export interface Appliance {
	readonly sim: SenhaseguraSimulator;
	/** `Bearer …` of the demo client; a fresh one for each test. */
	readonly bearer: string;
	/** A call with that token or another; `data` goes as JSON. The path is below `/api`. */
	send(method: string, path: string, data?: object, authorization?: string): Promise<Answer>;
	/** Asks for a token and gives it as a header's value. */
	tokenOf(clientId: string, clientSecret: string): Promise<string>;
}

/** One appliance for a test file, with fresh state for each test. */
export function useAppliance(): Appliance {
	let sim: SenhaseguraSimulator;
	let bearer: string;

	const tokenOf = async (id: string, secret: string): Promise<string> => {
		const wanted = form({ ...grant, client_id: id, client_secret: secret });
		const answer = await call(`${sim.url}/api/oauth2/token`, wanted);
		return `Bearer ${answer.at('access_token') as string}`;
	};

	beforeAll(async () => {
		sim = await startSenhaseguraSimulator();
	});

	beforeEach(async () => {
		sim.reset();
		bearer = await tokenOf(demo.clientId, demo.clientSecret);
	});

	afterAll(async () => await sim.close());

	return {
		get sim() {
			return sim;
		},
		get bearer() {
			return bearer;
		},
		tokenOf,
		async send(method, path, data, authorization = bearer) {
			const headers = { authorization };
			const options: CallOptions = data ? json(data, headers) : { headers };
			return await call(`${sim.url}/api/${path}`, { ...options, method });
		},
	};
}

/**
 * The business code of a refusal, whose whole shape is checked (docs/api/senhasegura.md, "The
 * envelope").
 */
export function code(answer: Answer): number {
	const { code: number, message } = answer.at('exception') as { code: number; message: string };
	expect(answer.status).toBe(400);
	expect(answer.json).toEqual({
		code: 400,
		response: response(400, message, true),
		exception: { code: number, message, detail: null },
	});
	expect(message.startsWith(`${number}: `)).toBe(true);
	return number;
}

/** An Authorization header as the npm package oauth-1.0a makes it. */
export function signed(
	url: string,
	method: string,
	data?: Record<string, string>,
	change: (fields: OAuth.Authorization) => OAuth.Authorization = (fields) => fields,
	realm?: string,
): { authorization: string } {
	const signer = new OAuth({
		consumer: { key: demo.consumerKey, secret: demo.consumerSecret },
		realm,
		signature_method: 'HMAC-SHA1',
		hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
	});
	const token = { key: demo.token, secret: demo.tokenSecret };
	const fields = signer.authorize({ url, method, data }, token);
	return { authorization: signer.toHeader(change(fields)).Authorization };
}
