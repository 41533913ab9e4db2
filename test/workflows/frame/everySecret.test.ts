import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import nock from 'nock';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { pam360 } from '../../../nodes/Pam360/resources';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { encryptFor } from '../../../nodes/shared/jwe';
import type { Operation } from '../../../nodes/shared/operation';
import { allFields } from '../../../nodes/shared/description';
import { runVendor } from '../vendors';
import type { RunOptions } from '../vendors';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const recipientPrivateKey = pair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const forAnother = encryptFor({ key: pair().publicKey }, 'canary');

const url = 'https://vendor.example.com';
const vendors = [
	{ vendor: 'pam360', resources: pam360.resources, credentials: { authToken: 't' } },
	{
		vendor: 'cortexXsiam',
		resources: cortexXsiam.resources,
		credentials: { apiKeyId: '1', apiKey: 'k', securityLevel: 'standard' },
	},
	{
		vendor: 'senhasegura',
		resources: senhasegura.resources,
		credentials: { consumerKey: 'a', consumerSecret: 'b', token: 'c', tokenSecret: 'd' },
	},
] as const;

const TYPES = {
	pam360: 'pam360Api',
	cortexXsiam: 'cortexXsiamApi',
	senhasegura: 'senhaseguraOAuth1Api',
} as const;

/** Parameters in which a field has a value, wherever it stands; undefined where it stands nowhere. */
function withValue(
	fields: Array<INodeProperties | INodePropertyCollection>,
	wanted: INodeProperties,
	value: string,
): IDataObject | undefined {
	for (const field of fields) {
		if (field === wanted) return { ...shownBy(wanted), [wanted.name]: value };
		const inner = 'values' in field ? field.values : (field.options ?? []);
		const nested = inner.filter((option) => 'type' in option || 'values' in option);
		const found = withValue(nested, wanted, value);
		if (!found) continue;
		const isMany = 'values' in field;
		if (isMany) Object.assign(found, { ...demanded(field.values), ...found });
		const shown = 'type' in field ? shownBy(field) : {};
		return { ...shown, [field.name]: isMany ? [found] : found };
	}
	return undefined;
}

/** What n8n itself asks for before it runs a node; in an expression it may be anything. */
function demanded(fields: INodeProperties[]): IDataObject {
	const required = fields.filter((field) => field.required === true);
	return Object.fromEntries(required.map(({ name }) => [name, '={{ "x" }}']));
}

function shownBy({ displayOptions }: INodeProperties): IDataObject {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(conditions.map(([name, values]) => [name, values?.[0]]));
}

const secrets = vendors.flatMap(({ vendor, resources, credentials }) =>
	resources.flatMap((resource) =>
		(resource.operations as Array<Operation<never>>).flatMap((operation) =>
			allFields(operation.fields)
				.filter(({ typeOptions }) => typeOptions?.password === true)
				.map((field) => ({
					name: `${vendor}: ${resource.value}, ${operation.value}, ${field.name}`,
					vendor,
					resource: resource.value,
					operation,
					field,
					credentials,
				})),
		),
	),
);

beforeAll(() => {
	if (!nock.isActive()) nock.activate();
	nock.disableNetConnect();
});
afterAll(() => nock.restore());

async function run({ vendor, resource, operation, field, credentials }: Secret, value: string) {
	const options: RunOptions = {
		vendor,
		onlyTheseParameters: true,
		parameters: {
			...(vendor === 'senhasegura' && { authentication: 'oAuth1' }),
			resource,
			operation: operation.value,
			...demanded(operation.fields),
			...withValue(operation.fields, field, value),
		},
		credentials: { [TYPES[vendor]]: { url, ...credentials, recipientPrivateKey } },
	};
	const sent: unknown[] = [];
	nock.emitter.on('no match', (request: unknown) => sent.push(request));
	const { nodeError } = await runVendor(options);
	nock.emitter.removeAllListeners('no match');
	expect(sent).toEqual([]);
	return nodeError;
}

type Secret = (typeof secrets)[number];

it('there are secrets to store', () => {
	expect(secrets.length).toBeGreaterThan(30);
});

describe('a parameter that takes a secret', () => {
	it.each(secrets)('opens a JWE, or says that it cannot: $name', async (secret) => {
		const error = await run(secret, forAnother);
		const name = secret.field.displayName;
		expect(error?.message).toBe(`'${name}' holds a JWE that cannot be opened`);
	});

	it.each(secrets.filter(({ operation, field }) => !operation.emptySecrets?.includes(field.name)))(
		'stores no empty one: $name',
		async (secret) => {
			const name = secret.field.displayName;
			for (const value of ['={{ "" }}', '={{ undefined }}', '={{ null }}']) {
				const error = await run(secret, value);
				expect([value, error?.message]).toEqual([
					value,
					`'${name}' is ${secret.field.required ? 'required' : 'empty'}`,
				]);
			}
			const sealed = encryptFor({ key: createPublicKey(recipientPrivateKey) }, '');
			expect((await run(secret, sealed))?.message).toBe(
				`'${name}' holds an encrypted secret (JWE) that is empty`,
			);
		},
	);
});

describe('a text that is called like a secret', () => {
	/** Names of what a secret is kept in or found by, and texts that people read. */
	const KNOWN =
		/polic(y|ies)|^(Access Key|API Key|Key) |IDs?$|^(Public|Idempotency) Key$|^Key Name$/i;

	it('is taken as one', () => {
		const texts = vendors.flatMap(({ vendor, resources }) =>
			resources.flatMap((resource) =>
				(resource.operations as Array<Operation<never>>).flatMap((operation) =>
					allFields(operation.fields)
						.filter(({ type, typeOptions }) => type === 'string' && !typeOptions?.password)
						.filter(({ displayName }) =>
							/password|passphrase|secret|token|private|\bkey\b/i.test(displayName),
						)
						.filter(({ displayName }) => !KNOWN.test(displayName))
						.map(({ name }) => `${vendor}.${resource.value}.${operation.value}.${name}`),
				),
			),
		);
		expect(texts).toEqual([]);
	});
});
