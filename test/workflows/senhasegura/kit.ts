import { senhaseguraDemo } from '../../simulators';
import type { VendorKit } from '../kit/operation';

export const HOST = 'https://vault.example.com';

/** An error body of docs/api/senhasegura.md, "The envelope". */
const refused = {
	code: 400,
	response: {
		status: 400,
		message: '1009: No access to credential',
		error: true,
		error_code: 1,
		detail: '',
		mensagem: '1009: No access to credential',
		erro: true,
		cod_erro: 1,
	},
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

/** The envelope of a success (docs/api/senhasegura.md, "The envelope"). */
export function success(message: string, more: object = {}, status = 200): object {
	return {
		code: status,
		response: {
			status,
			message,
			error: false,
			error_code: 0,
			detail: '',
			mensagem: message,
			erro: false,
			cod_erro: 0,
		},
		tenant: 'senhasegura',
		...more,
	};
}

/** The envelope of a refusal (docs/api/senhasegura.md, "The envelope"). */
export function refusal(code: number, text: string, status = 400): object {
	const message = `${code}: ${text}`;
	return {
		code: status,
		response: {
			status,
			message,
			error: true,
			error_code: 1,
			detail: '',
			mensagem: message,
			erro: true,
			cod_erro: 1,
		},
		exception: { code, message, detail: null },
	};
}
