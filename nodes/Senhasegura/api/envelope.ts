import { z } from 'zod';
import { parseJson, readJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, quoteVendor } from '../../shared/failure';
import type { FailureDetails } from '../../shared/failure';
import type { Reply } from '../../shared/transport';

const VENDOR = 'senhasegura';

const EMPTY_MEANS = "Check the credential's 'URL', and proxies between n8n and the vault.";

const text = z.string().nullish().catch(null);
const numeric = z.coerce.number().nullish().catch(null);

/** Booleans come as such, and as `"0"`, `"1"` or `"true"` from older versions (fact sheet 16). */
export const looseBoolean = z
	.unknown()
	.transform((value) => value === true || value === 1 || value === '1' || value === 'true');

/** The v1 envelope (fact sheet 3); every field in it may be missing. */
export const envelope = z
	.object({
		response: z
			.object({
				status: numeric,
				message: text,
				mensagem: text,
				Message: text,
				error: looseBoolean,
				erro: looseBoolean,
			})
			.passthrough(),
		exception: z.object({ code: numeric, message: text }).passthrough().nullish().catch(null),
	})
	.passthrough();

/** What gateways and the token endpoint answer instead (fact sheet 2.1, 3.2). */
const plainError = z.object({ message: text, error: text, error_description: text, reason: text });

export interface SenhaseguraReply {
	/** The whole answer, as it came. */
	body: Record<string, unknown>;
	/** English where there is English. */
	message: string;
}

/**
 * Reads an answer; whether it is a success is said in three places (fact sheet 3).
 *
 * @throws Failure with the vendor's own text
 */
export function readReply(reply: Reply): SenhaseguraReply {
	const clientError = reply.status >= 400 && reply.status < 500;
	const json = clientError ? parseJson(reply.text) : readJson(reply, VENDOR, EMPTY_MEANS);
	const parsed = envelope.safeParse(json);
	if (!parsed.success) {
		if (reply.status >= 400) throw refusal(reply.status, plainText(json));
		throw unexpectedAnswer(reply, VENDOR, 'its usual envelope');
	}
	const { response, exception } = parsed.data;
	// An empty text in one language says nothing about the other.
	const message = response.message || response.mensagem || response.Message || '';
	const status = reply.status >= 400 ? reply.status : Math.max(reply.status, response.status ?? 0);
	if (response.error || response.erro || status >= 400) {
		throw refusal(status, message || (exception?.message ?? ''), exception?.code);
	}
	return { body: json as Record<string, unknown>, message };
}

function plainText(json: unknown): string {
	const parsed = plainError.safeParse(json);
	if (!parsed.success) return '';
	const { message, error, error_description: description, reason } = parsed.data;
	return message || description || error || reason || '';
}

interface Meaning {
	/** The business code before the colon, or a part of the text. */
	when: number[] | RegExp;
	message: string;
	description: string;
	declared?: FailureDetails['declared'];
}

const INVALID_CREDENTIAL = { cause: 'credential-invalid' } as const;

const UNKNOWN_ADDRESS: Omit<Meaning, 'when'> = {
	message: 'senhasegura does not know this address',
	description:
		"Check 'URL' in the credential, and change 'API Prefix': /api from version 3.33 on, /iso before.",
};

/** Texts decide, not the HTTP status: a missing permission is 500, a missing header 404 (fact sheet 3.1, 3.2). */
const MEANINGS: Meaning[] = [
	{
		when: [1004],
		message: "'Hostname' is missing",
		description: 'Enter the host name of the main device as it is registered in the vault.',
	},
	{
		when: [1005],
		message: "'IP' is missing",
		description: 'Enter the IP address of the main device as it is registered in the vault.',
	},
	{
		when: [1009],
		message: 'The authorization has no access to this item',
		description: 'Add it to the list of the authorization, in A2A > Applications > Authorizations.',
	},
	{
		when: [1011],
		message: "No device has this 'Hostname' and 'IP'",
		description:
			'The device must be registered in the vault first. Compare both values with its record.',
	},
	{
		when: [1013],
		message: "'Public Key' is missing",
		description: 'Enter the public key in OpenSSH form.',
	},
	{
		when: [1014],
		message: "'Private Key' is missing",
		description: 'Enter the private key with its BEGIN and END lines.',
	},
	{
		when: [1016],
		message: "'Identifier' belongs to an item that is not an SSH key",
		description: 'Choose another one: keys and credentials share their identifiers.',
	},
	{
		when: [1039],
		message: 'The authorization may only read',
		description:
			"Set 'PAM resource permission' of the authorization to 'Read and write', in A2A > Applications > Authorizations.",
	},
	{
		when: /not authorized to access this resource/i,
		message: 'The authorization does not include PAM Core',
		description:
			"Tick 'PAM Core' among the authorized resources, in A2A > Applications > Authorizations. Its IP addresses and referers must fit, too.",
	},
	{ when: /resource.?sub.*not found/i, ...UNKNOWN_ADDRESS },
	{
		when: /no route matched/i,
		message: 'senhasegura did not see the authorization of the request',
		description:
			"Check 'URL' and 'API Prefix' in the credential, and that no proxy takes the Authorization header away.",
	},
	{
		when: /client authentication failed|invalid_client/i,
		message: 'senhasegura does not accept the client of the credential',
		description:
			"Check 'Client ID', 'Client Secret', 'API Prefix' and 'Tenant', and that the authorization is enabled and not expired.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: /invalid signature/i,
		message: 'senhasegura does not accept the OAuth 1.0 signature',
		description:
			"Check the four keys of the credential. The signature also covers the address: 'URL' must have the scheme, host and port that the vault itself sees, behind a proxy too.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: /unexpected error/i,
		message: 'senhasegura met a fault of its own',
		description: "The vault's administrator finds the reason in the index log, 'System error'.",
	},
];

/** The number before the colon; the space after it may be missing (fact sheet 3). */
const CODED = /^\s*(\d{3,5})\s*:\s*(.*)$/s;

/** What a request authenticates with: a text may quote it, and n8n renews tokens behind our back. */
const TOKENS = /(?<=\b(?:Bearer|Basic)\s+)(?=\S*[\d=])[\w~+/=.-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** What is looked at of a vendor's text; only the beginning is quoted anyway. */
const LONGEST_TEXT = 2_000;

/**
 * What a refusal means, by its text.
 *
 * @param status The HTTP status, or that of the envelope where HTTP says that all is well.
 */
export function refusal(status: number, rawText: string, exceptionCode?: number | null): Failure {
	const text = quoteVendor(rawText.slice(0, LONGEST_TEXT).replace(TOKENS, '[redacted]'));
	const businessCode = CODED.exec(text)?.[1];
	const code = Number(businessCode ?? exceptionCode ?? 0);
	const meaning =
		MEANINGS.find(({ when }) => (Array.isArray(when) ? when.includes(code) : when.test(text))) ??
		(status === 401 ? REJECTED : status === 404 && text === '' ? UNKNOWN_ADDRESS : undefined);
	const said = text
		? `senhasegura said: ${text}.`
		: `The answer was HTTP ${status} without a text.`;
	const unclear = status >= 500 && !businessCode && !/not authorized/i.test(text);
	return new Failure(
		meaning?.message ?? `senhasegura refused the request: ${text || `HTTP ${status}`}`,
		{
			kind: unclear ? 'lost' : 'refused',
			code: String(status),
			description: `${meaning?.description ?? 'Check the parameters.'} ${said}`,
			declared: meaning?.declared,
		},
	);
}

const REJECTED: Omit<Meaning, 'when'> = {
	message: 'senhasegura does not accept the credential',
	description:
		'The token is wrong or has expired, or the authorization is disabled, expired or limited to other addresses.',
	declared: INVALID_CREDENTIAL,
};
