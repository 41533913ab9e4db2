import { senhaseguraDemo } from '../../simulators';
import type { VendorKit } from '../kit/operation';

export const HOST = 'https://vault.example.com';

/** An error body of docs/api/senhasegura.md, "The envelope". */
const refused = {
	code: 400,
	response: response(400, '1009: No access to credential', true),
	exception: { code: 1009, message: '1009: No access to credential', detail: null },
};

const { consumerKey, consumerSecret, token, tokenSecret } = senhaseguraDemo;

/** With OAuth 1.0, which needs no call of its own; every operation runs with both in its simulator tests. */
export const kit: VendorKit = {
	vendor: 'senhasegura',
	folder: 'Senhasegura',
	host: HOST,
	credentials: {
		senhaseguraOAuth1Api: { url: HOST, consumerKey, consumerSecret, token, tokenSecret },
	},
	secrets: [consumerSecret, token, tokenSecret],
	refusal: { status: 400, reply: refused, says: /1009: No access to credential/ },
	parameters: { authentication: 'oAuth1' },
};

/**
 * What the vault says of a call, in English and in Portuguese (docs/api/senhasegura.md, "The
 * envelope").
 */
export function response(status: number, message: string, error = false) {
	const code = error ? 1 : 0;
	return {
		status,
		message,
		error,
		error_code: code,
		detail: '',
		mensagem: message,
		erro: error,
		cod_erro: code,
	};
}

/** The envelope of a success (docs/api/senhasegura.md, "The envelope"). */
export function success(message: string, more: object = {}, status = 200): object {
	return {
		code: status,
		response: response(status, message),
		tenant: 'senhasegura',
		...more,
	};
}

/** The envelope of a refusal (docs/api/senhasegura.md, "The envelope"). */
export function refusal(code: number, text: string, status = 400): object {
	const message = `${code}: ${text}`;
	return {
		code: status,
		response: response(status, message, true),
		exception: { code, message, detail: null },
	};
}
