import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { compactDecrypt } from 'jose';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { pam360 } from '../../../nodes/Pam360/resources';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { issuesSecret, readsSecret } from '../../../nodes/shared/operation';
import { SECRET_FIELDS } from '../../../nodes/shared/secretOutput';
import type { Operation, Vendor } from '../../../nodes/shared/operation';
import type { RunNodeResult } from '../../harness';
import { findSecrets } from '../../harness';
import type { RunOptions } from '../vendors';
import { runVendor } from '../vendors';
import { answerInTurn, answeredByNock, cutAfter, expectSent } from './exchanges';
import type { Exchange } from './exchanges';
import { hints as hintsOf, said } from './result';
import { writeSchema } from './schema';

export type VendorName = RunOptions['vendor'];

/** What the kit has to know of a vendor. */
export interface VendorKit {
	vendor: VendorName;
	/** The folder below `nodes`. */
	folder: string;
	/** Where nock stands in for the vendor. */
	host: string;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Every value of the credentials that must not come out anywhere. */
	secrets: string[];
	/** A refusal, as the vendor's documentation shows one, and what an error says of it. */
	refusal: Pick<Exchange, 'status' | 'reply'> & { says: string | RegExp };
	/** Parameters of the node that every run needs. */
	parameters?: IDataObject;
}

export interface Case {
	/** What this case shows. */
	name: string;
	/** Beside `resource` and `operation`. */
	parameters: IDataObject;
	/**
	 * Of an operation whose further tries are refused, in one case at least: what it may have done where no
	 * answer comes, as a sentence without its period.
	 */
	mayHave?: string;
	/** The input item. */
	input?: IDataObject;
	exchanges: Exchange[];
	/** The items that come out, Simplify on: an object for one, a list for several or none. */
	items: IDataObject | IDataObject[];
	/** The same where it is the third of a run, if it differs: two items cannot be for one thing. */
	itemsAsThird?: IDataObject | IDataObject[];
	/** The same with Simplify off; without it the JSON of the last answer, as one item. */
	raw?: IDataObject | IDataObject[];
	/** The binary fields of the first item: their text or bytes, and file names. */
	binary?: Record<string, { content: string | Buffer; fileName?: string; mimeType?: string }>;
	/** Texts, or parts, that must be among the hints; none means that there must be none. */
	hints?: string[];
}

/**
 * What is refused before anything is sent: the parameters beside or instead of those of the first case,
 * what the error says, and the input item where it is another one.
 */
export type Refused = [
	name: string,
	parameters: IDataObject,
	says: string | RegExp,
	input?: IDataObject,
];

export interface Suite {
	/** At least one; the first is also run with Simplify off, with several items and as it fails. */
	cases: [Case, ...Case[]];
	/**
	 * Secrets in parameters and answers: they may come out in the output items only, and nowhere where
	 * the secret is left out.
	 */
	secrets?: string[];
	refused?: Refused[];
	/** Answers that end in an error, and what it says in message and description together. */
	failures?: Array<{
		name: string;
		/** Beside or instead of those of the first case. */
		parameters?: IDataObject;
		exchanges: Exchange[];
		says: Array<string | RegExp>;
	}>;
	/** An operation that sends nothing in its first case has no vendor's refusal. */
	offline?: boolean;
	/**
	 * What an operation says after a lost answer that looks by itself what became of the change; null
	 * where an item says it.
	 */
	afterLoss?: RegExp | null;
	/** Of an operation that issues a secret: that the first case gives none. */
	givesNone?: boolean;
}

const vendors: Record<VendorName, Pick<Vendor<never>, 'resources'>> = {
	pam360,
	cortexXsiam,
	senhasegura,
};

function operationOf(vendor: VendorName, resource: string, operation: string): Operation<never> {
	const found = vendors[vendor].resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (!found) throw new Error(`There is no operation ${resource}: ${operation}`);
	return found;
}

let keys: ReturnType<typeof newKeys> | undefined;
const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** For whom secrets are encrypted. */
const recipient = () => (keys ??= newKeys());

const NODES = join(__dirname, '../../../nodes');

/**
 * The output schema of an operation, made strict: all fields there, and no other.
 *
 * @param items Of which a missing one is written.
 */
export function strictSchema(
	folder: string,
	resource: string,
	operation: string,
	items: IDataObject[],
) {
	const file = join(NODES, folder, '__schema__/v1.0.0', resource, `${operation}.json`);
	if (!existsSync(file)) writeSchema(file, items);
	const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as IDataObject;
	expect(version).toBe(1);
	return new Ajv({ allowUnionTypes: true }).compile({
		...schema,
		required: Object.keys(schema.properties as object),
		// Beside each field may be what the vendor wrote, where that is not understood.
		patternProperties: {
			...Object.fromEntries(
				Object.keys(schema.properties as object).map((name) => [
					`^${name}Text$`,
					{ type: 'string' },
				]),
			),
			// And in place of a record that is none.
			'^record$': { type: 'null' },
			'^recordText$': { type: 'string' },
		},
		additionalProperties: false,
	});
}

function serverOf({ host }: VendorKit): string {
	return new URL(host).host;
}

const NOT_AGAIN = / may have \w.* anyway\. The node did not send the request again\. [A-Z]/;
const AGAIN = / may have \w.* anyway\. Running the node again does no harm\./;

const EARLIER_TRY =
	/ \| This try sent nothing\. The earlier try began at 2\S+Z\. It ended with: .*closed the connection before it answered/;

const isChange = ({ method }: Exchange) => method !== 'GET';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const listed = (items: IDataObject | IDataObject[]) => (Array.isArray(items) ? items : [items]);
const withoutBinary = (items: INodeExecutionData[]) =>
	items.map(({ json, pairedItem }) => ({ json, pairedItem }));

function contentOf({ data }: IBinaryData): Buffer {
	return Buffer.from(data, 'base64');
}

/**
 * Runs one operation through the real n8n engine: every case with its exact bytes, and with the first
 * one what holds for every operation: Simplify off, several items with their pairing, a vendor's
 * refusal, errors as items, and no secret where none belongs.
 */
export function describeOperation(
	kit: VendorKit,
	resource: string,
	operation: string,
	suite: Suite,
): void {
	const { cases, secrets = [], refused = [], failures = [], offline = false } = suite;
	const [first] = cases;
	const canaries = [...kit.secrets, ...secrets];
	const declared = operationOf(kit.vendor, resource, operation);
	const once = cases.filter(({ mayHave }) => mayHave !== undefined);
	const isOnce = declared.furtherTries?.are === 'refused' && first.exchanges.some(isChange);
	if (declared.secretPaths && secrets.length === 0) {
		throw new Error(`Say in 'secrets' what ${resource}: ${operation} gives out`);
	}
	if (isOnce !== once.length > 0) {
		const name = `${resource}: ${operation}`;
		throw new Error(
			isOnce
				? `Say in a case of ${name}, by 'mayHave', what it may have done where no answer comes`
				: `${name} refuses no further try: take 'mayHave' out of its cases`,
		);
	}
	const isLost = issuesSecret(declared) && suite.givesNone !== true;
	// A reading may go with POST.
	const changes = !/^(get|search|download|runQuery$)/.test(operation);

	/** What comes out of an item; the frame says when it read a secret, and where a key is. */
	const paired = (items: IDataObject | IDataObject[], item = 0) => {
		const stamp = readsSecret(declared) && { readAt: expect.stringMatching(ISO) as string };
		const server = declared.readsKeys === true && { server: serverOf(kit) };
		return listed(items).map((json) => {
			// The vendor's own answer stays as it is.
			const named = 'vendor' in json && server;
			return { json: { ...json, ...stamp, ...named }, pairedItem: { item } };
		});
	};

	const run = async (
		parameters: IDataObject,
		inputs: IDataObject[] = [{}],
		more: Pick<RunOptions, 'node'> = {},
	) => {
		const options = { ...(parameters.options as IDataObject | undefined), concurrency: 1 };
		if (kit.vendor === 'cortexXsiam') Object.assign(options, { perSecond: 10_000 });
		return await runVendor({
			vendor: kit.vendor,
			onlyTheseParameters: true,
			parameters: { ...kit.parameters, resource, operation, ...parameters, options },
			credentials: kit.credentials,
			items: inputs,
			...more,
		});
	};

	/** Everything that comes out of a run but the items of a success. */
	const leaks = (result: RunNodeResult, hidden: string[]) => {
		const { nodeError, logs } = result;
		return hidden.length > 0 ? findSecrets({ nodeError, logs }, hidden) : [];
	};

	describe(`${resource}: ${operation}`, () => {
		answeredByNock();

		it.each(cases)('$name', async ({ parameters, input, exchanges, items, binary, hints }) => {
			const sent = answerInTurn(kit.host, exchanges);
			const result = await run(parameters, [input ?? {}]);
			expect(said(result)).toBe('');
			expectSent(sent, exchanges);
			expect(withoutBinary(result.items)).toEqual(paired(items));
			const validate = strictSchema(kit.folder, resource, operation, [
				...result.items.map(({ json }) => json),
				...cases.flatMap((one) => listed(one.items)),
			]);
			for (const { json } of result.items) {
				validate(json);
				expect(validate.errors).toBeNull();
			}
			const files = result.items[0]?.binary ?? {};
			expect(Object.keys(files)).toEqual(Object.keys(binary ?? {}));
			for (const [field, { content, fileName, mimeType }] of Object.entries(binary ?? {})) {
				const file = files[field] as IBinaryData;
				expect(contentOf(file)).toEqual(Buffer.from(content as string));
				if (fileName !== undefined) expect(file.fileName).toBe(fileName);
				if (mimeType !== undefined) expect(file.mimeType).toBe(mimeType);
			}
			expect(hintsOf(result)).toEqual(
				(hints ?? []).map((hint) => expect.stringContaining(hint) as string),
			);
			expect(leaks(result, canaries)).toEqual([]);
		});

		it('gives the vendor’s own answer with Simplify off', async () => {
			answerInTurn(kit.host, first.exchanges);
			const result = await run({ ...first.parameters, simplify: false }, [first.input ?? {}]);
			expect(said(result)).toBe('');
			const own = first.raw ?? (first.exchanges.at(-1)?.reply as IDataObject);
			expect(withoutBinary(result.items)).toEqual(paired(own));
		});

		if (secrets.length > 0) {
			it.each([true, false])('leaves its secrets out when told, Simplify %p', async (simplify) => {
				const sent = answerInTurn(kit.host, first.exchanges);
				const options = { ...(first.parameters.options as IDataObject), secretOutput: 'none' };
				const result = await run({ ...first.parameters, simplify, options }, [first.input ?? {}]);
				if (isLost) {
					expect(said(result)).toContain("'Secret Output' leaves the secret out");
					expect(sent).toEqual([]);
					return;
				}
				expect(said(result)).toBe('');
				expect(result.items.length).toBeGreaterThan(0);
				// What the item came with is not the node's.
				expect(findSecrets({ items: result.items, logs: result.logs }, canaries)).toEqual([]);
			});
		}

		if (declared.secretPaths && secrets.length > 0) {
			it.each([true, false])('encrypts them for a recipient, Simplify %p', async (simplify) => {
				answerInTurn(kit.host, first.exchanges);
				const own = first.parameters.options as IDataObject | undefined;
				const { publicKey, privateKey } = recipient();
				const pem = publicKey.export({ type: 'spki', format: 'pem' });
				const options = { ...own, secretOutput: 'encrypted', recipientPublicKey: pem };
				const result = await run({ ...first.parameters, simplify, options }, [first.input ?? {}]);
				expect(said(result)).toBe('');
				expect(findSecrets({ items: result.items, logs: result.logs }, canaries)).toEqual([]);
				for (const [index, given] of listed(first.items).entries()) {
					for (const field of SECRET_FIELDS) {
						const secret = result.items[index]?.json[field] ?? null;
						const opened = secret && (await compactDecrypt(secret as string, privateKey)).plaintext;
						const text = opened && Buffer.from(opened).toString('utf8');
						expect({ field, text }).toEqual({ field, text: given[field] ?? null });
					}
				}
			});
		}

		// Jest takes no empty table.
		if (refused.length > 0)
			it.each(refused)('refuses %s before anything is sent', async (...wrong: Refused) => {
				const [, parameters, says, input] = wrong;
				const sent = answerInTurn(kit.host, []);
				const result = await run({ ...first.parameters, ...parameters }, [
					input ?? first.input ?? {},
				]);
				expect(result.nodeError?.name).toBe('NodeOperationError');
				expect(said(result)).toMatch(says);
				expect(sent).toEqual([]);
				expect(leaks(result, canaries)).toEqual([]);
			});

		if (failures.length > 0)
			it.each(failures)('ends in an error: $name', async ({ parameters, exchanges, says }) => {
				const sent = answerInTurn(kit.host, exchanges);
				const result = await run({ ...first.parameters, ...parameters }, [first.input ?? {}]);
				for (const part of says) expect(said(result)).toMatch(part);
				expectSent(sent, exchanges);
				expect(result.nodeError?.context).toMatchObject({ itemIndex: 0 });
				expect(leaks(result, canaries)).toEqual([]);
			});

		// Jest takes no empty table.
		if (once.length > 0)
			it.each(once)(
				'is sent once by Retry On Fail, and the last try says so: $name',
				async (one) => {
					const index = one.exchanges.findLastIndex(isChange);
					const { method, path } = one.exchanges[index] as Exchange;
					const sent = cutAfter(kit.host, one.exchanges.slice(0, index));
					const result = await run(one.parameters, [one.input ?? {}], {
						node: {
							id: `tries of ${resource}: ${operation}, ${one.name}`,
							retryOnFail: true,
							maxTries: 3,
							waitBetweenTries: 1,
						},
					});
					expect(method).toMatch(/^(POST|PUT)$/);
					expect(sent.filter((call) => call.method === method && call.path === path)).toHaveLength(
						1,
					);
					const start = `${one.mayHave} by an earlier try of this execution`;
					expect(said(result).slice(0, start.length)).toBe(start);
					expect(said(result)).toMatch(EARLIER_TRY);
					const warnings = result.logs.filter(({ level }) => level === 'warn');
					expect(warnings.map(({ message }) => message)).toEqual([
						expect.stringMatching(/^Node, item 0: .* by an earlier try of this execution/),
						expect.stringMatching(/^Node, item 0: .* by an earlier try of this execution/),
					]);
					expect(leaks(result, canaries)).toEqual([]);
				},
			);

		if (!offline) {
			const { says, ...refusal } = kit.refusal;

			it('ends in an error when the vendor refuses', async () => {
				answerInTurn(kit.host, [refusal]);
				const result = await run(first.parameters, [first.input ?? {}]);
				expect(result.nodeError?.name).toBe('NodeApiError');
				expect(said(result)).toMatch(says);
				expect(result.nodeError?.context).toMatchObject({ itemIndex: 0 });
				expect(leaks(result, canaries)).toEqual([]);
			});

			const change = first.exchanges.findLastIndex(isChange);
			if (change >= 0) {
				it('says what a lost answer may mean, and declares only what may be made again', async () => {
					const { method, path } = first.exchanges[change] as Exchange;
					const lost = { status: 502, reply: '<html>', replyHeaders: { 'Retry-After': '0' } };
					const before = first.exchanges.slice(0, change);
					const sent = answerInTurn(kit.host, [...before, ...Array<typeof lost>(20).fill(lost)]);
					const result = await run(first.parameters, [first.input ?? {}]);
					if (suite.afterLoss === null) return expect(said(result)).toBe('');
					const isThis = (one: { method: string; path: string }) =>
						one.method === method && one.path === path;
					const times = sent.slice(change).filter(isThis).length;
					expect(times).toBeGreaterThan(0);
					// n8n may run again by itself what is declared to be out of order for a while.
					const { failure, description } = result.nodeError as NodeApiError;
					if (times === 1) expect(failure).toBeUndefined();
					if (suite.afterLoss) return expect(description).toMatch(suite.afterLoss);
					if (times > 1) expect(failure).toEqual({ cause: 'temporarily-unavailable' });
					if (changes) expect(description).toMatch(times === 1 ? NOT_AGAIN : AGAIN);
					if (first.mayHave) expect(description).toContain(`${first.mayHave} anyway. `);
				});
			}

			it('keeps items and their pairing when one of three fails', async () => {
				answerInTurn(kit.host, [...first.exchanges, refusal, ...first.exchanges]);
				const input = first.input ?? {};
				const result = await run(first.parameters, [input, input, input], {
					node: { onError: 'continueRegularOutput' },
				});
				expect(said(result)).toBe('');
				const failed = result.items.filter(({ json }) => 'error' in json);
				expect(failed).toEqual([
					{
						// These two and nothing else: by them n8n knows an item of the error output.
						json: { error: expect.any(String) as string, message: expect.any(String) as string },
						pairedItem: { item: 1 },
					},
				]);
				expect(failed[0]?.json.message).toMatch(says);
				expect(withoutBinary(result.items.filter(({ json }) => !('error' in json)))).toEqual([
					...paired(first.items, 0),
					...paired(first.itemsAsThird ?? first.items, 2),
				]);
				expect(findSecrets({ failed, logs: result.logs }, canaries)).toEqual([]);
			});
		}
	});
}
