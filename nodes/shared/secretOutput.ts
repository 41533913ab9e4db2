import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isCalledByAgent } from './agents';
import { inputFailure } from './failure';
import { encryptFor, isSealed, readRecipient } from './jwe';
import { Scrubber } from './scrub';
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
 * @param own The owner of the credential's private key: see `isForOwner`.
 * @throws Failure when there is no such choice, or the recipient's key cannot be used
 */
export function discloser(
	context: IExecuteFunctions,
	options: SecretOptions,
	secretPaths: string[] = [],
	own?: () => Recipient,
) {
	const output = readOutput(context, options);
	const recipient = output === 'encrypted' ? recipientIn(options, own) : undefined;
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
		const isInItem = output === 'item';
		const places = isInItem ? [...SECRET_FIELDS, ...secretPaths] : [];
		const shortest = isInItem ? SHORTEST_ECHO : 1;
		const clean = withoutEchoes(json, [...Object.values(found), ...typed], places, shortest);
		const out = (isInItem ? clean : nullAt(clean, secretPaths)) as IDataObject;
		const shut = sealedAgain(found, typed, own);
		if (recipient) {
			for (const [field, text] of Object.entries(found)) out[field] = encryptFor(recipient, text);
		}
		if (isInItem && Object.keys(shut).length > 0) {
			const sealed = Object.keys(shut).map((field) => found[field] as string);
			return { json: { ...withoutEchoes(clean, sealed, [], 1), ...shut } };
		}
		const left = Object.entries({ ...found, ...shut }).filter(([, text]) => text !== null);
		if (output !== 'file' || left.length === 0) return { json: out };
		const inFile = Object.fromEntries(left) as Record<string, string>;
		return { json: out, binary: await asFile(context, json, inFile, property) };
	};
}

/** A secret that came encrypted goes out encrypted, for the owner of the key that opened it, or not at all. */
function sealedAgain(
	found: Record<string, string>,
	typed: string[],
	own?: () => Recipient,
): Record<string, string | null> {
	if (!typed.some(isSealed)) return {};
	const given = new Set(typed.map(comparable));
	return Object.fromEntries(
		Object.entries(found)
			.filter(([, text]) => given.has(comparable(text)))
			.map(([field, text]) => [field, own ? encryptFor(own(), text) : null]),
	);
}

/** What a vendor repeats of so short a secret is as likely something else: an id, a number of days. */
const SHORTEST_ECHO = 4;

/**
 * A value without secrets, which a vendor or a message may repeat: null in the place of one that stands
 * alone, and texts without those in them. A value that has none is given back as it is.
 *
 * @param places Dot paths to where they belong.
 * @param shortest Secrets of fewer letters are left where they are.
 */
export function withoutEchoes(
	json: IDataObject,
	secrets: string[],
	places: string[] = [],
	shortest = SHORTEST_ECHO,
): IDataObject {
	const known = secrets.filter(({ length }) => length >= shortest);
	if (known.length === 0) return json;
	const scrubber = new Scrubber(known, SHORTEST_ECHO);
	const alone = new Set(known.map(comparable));
	const clean = (part: unknown, paths: string[]): unknown => {
		if (paths.includes('')) return part;
		if (Array.isArray(part)) {
			const entries = part.map((entry) => clean(entry, paths));
			return entries.some((entry, index) => entry !== part[index]) ? entries : part;
		}
		if (isObject(part)) {
			const entries = Object.entries(part).map(([key, entry]): [string, unknown] => [
				key,
				clean(entry, below(paths, key)),
			]);
			const isChanged = entries.some(([key, entry]) => entry !== part[key]);
			return isChanged ? Object.fromEntries(entries) : part;
		}
		if (typeof part !== 'string' && typeof part !== 'number') return part;
		if (alone.has(comparable(String(part)))) return null;
		return typeof part === 'string' ? scrubber.scrub(part) : part;
	};
	return clean(json, places) as IDataObject;
}

/** What is left of dot paths below a key; empty for one that ends there. */
function below(paths: string[], key: string): string[] {
	return paths.flatMap((path) => {
		if (path === key) return [''];
		return path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : [];
	});
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
			? "'Secret Output' leaves the secret out, so nobody would get it"
			: "'Secret Output' is not set, so nobody would get the secret",
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

/** A key is the same one with other line breaks, and with white space around it. */
function comparable(text: string): string {
	return text.replace(/\r\n?/g, '\n').trim();
}

function recipientIn(options: SecretOptions, own?: () => Recipient): Recipient {
	if (!isForOwner(options)) return readRecipient(textOf(options), 'Recipient Public Key');
	if (own) return own();
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
