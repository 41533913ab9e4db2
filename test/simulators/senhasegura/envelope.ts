import type { SenhaseguraSettings } from './settings';

/** How a refusal differs from the usual shape (docs/api/senhasegura.md, "The envelope"). */
interface Oddity {
	/** `error_code`; related users and proxy sessions answer 0. */
	flag?: 0 | 1;
	/** `exception.detail`. */
	detail?: '' | null;
	/** No `exception` although the message has a number. */
	bare?: boolean;
}

/** A refusal in the vendor's envelope (docs/api/senhasegura.md, "The envelope"). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** The business code; `null`: a failure without one. */
		readonly code: number | null = null,
		readonly oddity: Oddity = {},
	) {
		super(message);
	}
}

/** A refusal outside the envelope: gateway, OAuth, SCIM and API v2. */
export class PlainRefusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
		readonly headers: Record<string, string> = {},
	) {
		super();
	}
}

/** Business errors of PAM, docs/api/senhasegura.md, "Errors by number". */
const refusals = {
	1002: 'Session not found',
	1003: 'Unexpected identifier type',
	1004: "The device's hostname was not informed",
	1005: "The device's IP was not informed",
	1007: 'Credential not found',
	1008: 'Credential inactive',
	1009: 'No access to credential',
	1010: 'The item is not a credential',
	1011: 'Device not found',
	1013: 'The public key was not informed',
	1014: 'The private key was not informed',
	1015: 'SSH key not found',
	1016: 'The item is not a ssh key',
	1017: 'Key inactive',
	1018: 'The credential is not in the user custody',
	1019: "The device's site was not informed",
	1020: "The device's model was not informed",
	1021: "The device's vendor was not informed",
	1022: "The device's type was not informed",
	1023: 'Information not found',
	1024: 'Inactive information',
	1026: 'The information content was not informed',
	1029: 'It is not possible to enter a domain that has not been previously registered',
	1039: 'Without PAM Configuration Access permission',
	1042: 'Invalid username',
	1043: 'Credential is already activated!',
	1044: 'Device is already activated',
	1045: 'Ssh key is already activated',
	1046: 'Plugin not informed',
	1047: 'Template plugin not informed',
} as const;

export const refuse = (code: keyof typeof refusals) => new Refusal(400, refusals[code], code);

interface Told {
	status: number;
	message: string;
	failed?: boolean;
	flag?: 0 | 1;
	/** Further fields of `response`. */
	also?: object;
}

/**
 * The body of an answer; `rest` stands next to `response` (docs/api/senhasegura.md, "The envelope").
 */
export function envelope(settings: SenhaseguraSettings, told: Told, rest: object): object {
	const { status, failed = false, flag = failed ? 1 : 0, also } = told;
	const { capitalMessage, omitCode, portugueseOnly } = settings;
	const message = settings.emptyMessage && !failed ? '' : told.message;
	return {
		...(!omitCode && { code: status }),
		response: {
			status,
			...(!portugueseOnly && {
				[capitalMessage ? 'Message' : 'message']: message,
				error: failed,
				error_code: flag,
			}),
			...also,
			detail: '',
			// Where the pages print `Message`, they print it in place of its Portuguese twin.
			...(!capitalMessage && { mensagem: message }),
			erro: failed,
			cod_erro: flag,
		},
		...rest,
	};
}

function exceptionOf({ code, message, status, oddity }: Refusal, shown: string): object {
	const { bare = false, detail = null } = oddity;
	if (code !== null && !bare) return { exception: { code, message: shown, detail } };
	if (status !== 500 || message !== 'Unexpected error') return {};
	const hint = 'Check the index log system error for more details';
	return { exception: { code: 500, message: hint, detail: null } };
}

/** The body of a refusal (docs/api/senhasegura.md, "The envelope"). */
export function refusalEnvelope(settings: SenhaseguraSettings, refusal: Refusal): object {
	const { code, message, oddity, status } = refusal;
	const space = settings.codeWithoutSpace ? '' : ' ';
	const shown = code === null ? message : `${code}:${space}${message}`;
	const told = { status, message: shown, failed: true, flag: oddity.flag };
	return envelope(settings, told, exceptionOf(refusal, shown));
}
