import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isCalledByAgent } from './agents';
import { inputFailure } from './failure';
import { encryptFor, readRecipient } from './jwe';
import type { Recipient } from './jwe';
import { SECRET_OUTPUTS } from './secretOptions';
import type { SecretOptions, SecretOutput } from './secretOptions';

/** Where a secret of a normalised item can stand; nothing else in an item is secret. */
export const SECRET_FIELDS = ['secret', 'passphrase'] as const;

/**
 * What a person sees before the secret is where others can read it, for each way in which it comes out in
 * clear. An AI agent gets none unless the option is there.
 */
export const secretNotices: INodeProperties[] = [
	{
		displayName:
			"The item holds the secret unencrypted, and so do saved executions. The option 'Secret Output' can encrypt it.",
		name: 'secretNotice',
		type: 'notice',
		displayOptions: {
			hide: {
				'/options.secretOutput': SECRET_OUTPUTS.filter((output) => output !== 'item'),
				'@tool': [true],
			},
		},
		default: '',
	},
	{
		displayName:
			"The file holds the secret unencrypted, in n8n's binary storage. The option 'Secret Output' can encrypt it instead.",
		name: 'secretNotice',
		type: 'notice',
		displayOptions: { show: { '/options.secretOutput': ['file'] } },
		default: '',
	},
];

export interface Disclosed {
	json: IDataObject;
	binary?: Awaited<ReturnType<typeof asFile>>;
}

/**
 * How the secrets of one item leave the node, as the user chose.
 *
 * Made before anything is issued, so that a recipient's key that cannot be used is found while there
 * is still nothing to lose.
 *
 * @param secretPaths Where the vendor's answer has secrets, whatever else the item takes from there.
 * @param own For whom to encrypt where the option names nobody: see `isForOwner`.
 * @throws Failure when there is no such choice, or the recipient's key cannot be used
 */
export function discloser(
	context: IExecuteFunctions,
	options: SecretOptions,
	secretPaths: string[] = [],
	own?: Recipient,
) {
	const output = readOutput(context, options);
	const recipient = output === 'encrypted' ? (own ?? recipientIn(options)) : undefined;
	const property = output === 'file' ? readProperty(options) : '';

	/**
	 * @param json The item: a normalised one, or the vendor's answer.
	 * @param found The secrets by the field of a normalised item.
	 * @param typed Secrets among the parameters, which a vendor may repeat in its answer.
	 */
	return async (
		json: IDataObject,
		found: Record<string, string>,
		typed: string[] = [],
	): Promise<Disclosed> => {
		if (output === 'item') return { json };
		const hidden = withoutValues(json, [...Object.values(found), ...typed]);
		const clean = nullAt(hidden, secretPaths) as IDataObject;
		if (Object.keys(found).length === 0) return { json: clean };
		if (recipient) {
			for (const [field, text] of Object.entries(found)) clean[field] = encryptFor(recipient, text);
		}
		if (output !== 'file') return { json: clean };
		return { json: clean, binary: await asFile(context, json, found, property) };
	};
}

/** Whether secrets are encrypted for the owner of the credential's private key. */
export function isForOwner(options: SecretOptions): boolean {
	return options.secretOutput === 'encrypted' && textOf(options).trim() === '';
}

/** @throws Failure where nobody would get a new secret */
export function demandReceiver(context: IExecuteFunctions, options: SecretOptions): void {
	if (readOutput(context, options) !== 'none') return;
	throw inputFailure(
		'secretOutput' in options
			? "'Secret Output' leaves the new secret out, so nobody would get it"
			: "'Secret Output' is not set, so nobody would get the new secret",
		"Choose where the secret goes. 'Encrypted for a Recipient' and 'As a File' keep it out of the item, and from an AI agent.",
	);
}

/** An option that is there and empty, as from an expression, is no choice: it must not mean the item. */
function readOutput(context: IExecuteFunctions, options: SecretOptions): SecretOutput {
	if (!('secretOutput' in options)) return isCalledByAgent(context) ? 'none' : 'item';
	const output = options.secretOutput;
	if (output !== undefined && SECRET_OUTPUTS.includes(output)) return output;
	throw inputFailure("'Secret Output' must be item, encrypted, file or none");
}

function readProperty({ fileProperty = 'data' }: SecretOptions): string {
	if (typeof fileProperty === 'string') return fileProperty.trim() || 'data';
	throw inputFailure("'Put Secret in Field' must be the name of a field");
}

/**
 * A copy with null at each path that is there: a secret may come as a number, or differ from the one
 * that the item has.
 *
 * @param paths Dot paths; a list on the way stands for each of its entries.
 */
export function nullAt(value: unknown, paths: string[]): unknown {
	return paths.reduce((part, path) => nullAtSteps(part, path.split('.')), value);
}

function nullAtSteps(value: unknown, steps: string[]): unknown {
	const [step, ...rest] = steps;
	if (Array.isArray(value)) return value.map((entry) => nullAtSteps(entry, steps));
	if (!isObject(value) || step === undefined || !(step in value)) return value;
	return { ...value, [step]: rest.length === 0 ? null : nullAtSteps(value[step], rest) };
}

/** A copy in which every value that is one of the secrets is null, wherever a vendor has put it. */
function withoutValues(value: unknown, secrets: string[]): unknown {
	const known = new Set(secrets.map(comparable));
	const clean = (part: unknown): unknown => {
		if (Array.isArray(part)) return part.map(clean);
		if (isObject(part)) {
			return Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, clean(entry)]));
		}
		const isText = typeof part === 'string' || typeof part === 'number';
		return isText && known.has(comparable(String(part))) ? null : part;
	};
	return clean(value);
}

/** A key is the same one with other line breaks, and with white space around it. */
function comparable(text: string): string {
	return text.replace(/\r\n?/g, '\n').trim();
}

function recipientIn(options: SecretOptions): Recipient {
	if (!isForOwner(options)) return readRecipient(textOf(options), 'Recipient Public Key');
	throw inputFailure(
		"'Recipient Public Key' is empty, and the credential has no 'Recipient Private Key'",
		'Paste the recipient’s RSA public key as PEM or JWK, or give the credential a private key of its own.',
	);
}

function textOf({ recipientPublicKey: key }: SecretOptions): string {
	return typeof key === 'object' && key !== null ? JSON.stringify(key) : String(key ?? '');
}

async function asFile(
	context: IExecuteFunctions,
	json: IDataObject,
	found: Record<string, string>,
	property: string,
) {
	const name = [json.vendor, json.type, json.id]
		.filter((part) => typeof part === 'string')
		.join('-');
	const [first, ...others] = Object.entries(found);
	const text = others.length === 0 ? (first?.[1] ?? '') : JSON.stringify(found);
	return {
		[property]: await context.helpers.prepareBinaryData(
			Buffer.from(text),
			`${name || 'secret'}.${others.length === 0 ? 'txt' : 'json'}`,
			others.length === 0 ? 'text/plain' : 'application/json',
		),
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
