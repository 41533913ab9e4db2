import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../../shared/failure';
import { asId, asList, asObject, asText, isSaid, recordsIn } from '../../shared/read';
import type { SentOnce } from '../../shared/sendOnce';
import type { SenhaseguraAnswer } from './calls';
import type { SenhaseguraApi } from './client';
import { withoutEcho } from './echo';
import { confirmed } from './envelope';
import { formFields } from './form';

/**
 * DevOps Secret Manager: applications and their secrets. The authorization of the credential belongs to
 * one application. Documented below `/iso` in every version (docs/api/senhasegura.md, "DevOps Secret
 * Manager").
 */

/** A secret of an application, and the application's own record. */
export interface DsmSecret {
	id: string | null;
	identity: string | null;
	/** The names and values, in groups as the vault keeps them; values may be encrypted. */
	data: IDataObject[];
	record: IDataObject;
	application: IDataObject;
}

/** An object as PHP may write it: an empty one comes as a list. */
const application = z
	.object({
		application: z
			.record(z.unknown())
			.and(z.object({ secrets: z.unknown() }))
			.transform((value) => value as IDataObject),
	})
	.transform(({ application: found }) => found);

function objectsIn(list: unknown[]): IDataObject[] {
	return list.map(asObject).filter((entry) => entry !== null);
}

/**
 * @returns undefined where no list is told, which is no word on there being no secrets, and for something
 * else than records, which may be a value of a secret
 */
function secretsOf(found: IDataObject): DsmSecret[] | undefined {
	const list = (recordsIn(found.secrets) ?? (asObject(found.secrets) && []))?.filter(isSaid);
	if (!list) return undefined;
	const records = objectsIn(list);
	if (records.length < list.length) return undefined;
	return records.map((record) => ({
		id: asId(record.secret_id),
		identity: asText(record.identity),
		// A list of maps; one map where a dynamic credential is given out.
		data: objectsIn(asList(record.data)),
		record,
		application: found,
	}));
}

/** `GET dapp/application`: all secrets that the authorization may read. */
export async function dsmSecrets(api: SenhaseguraApi): Promise<DsmSecret[]> {
	const { value } = await api.read({
		path: 'dapp/application',
		prefix: '/iso',
		answer: application.transform(secretsOf).pipe(z.array(z.custom<DsmSecret>())),
		what: 'the secrets of the application',
	});
	return value;
}

/** What `POST sctm/secret` takes, under the vendor's names; undefined is not sent. */
export interface SecretRequest {
	identity: string;
	name: string;
	engine: string;
	description?: string;
	expiration_date?: string;
	renew_cloud_time?: number;
	renew_credential_time?: number;
	renew_ephemeral_credential_time?: number;
	/** The values; base64 of JSON on the wire. */
	data?: object;
}

/**
 * `POST sctm/secret`: creates a secret, or updates the one with the identity. The identity makes the
 * call repeatable.
 *
 * @returns the secret as the vault has it now, where it tells
 */
export async function storeDsmSecret(
	api: SenhaseguraApi,
	{ data, ...fields }: SecretRequest,
): Promise<SenhaseguraAnswer<DsmSecret | undefined>> {
	const sent = {
		...fields,
		data: data && Buffer.from(JSON.stringify(data)).toString('base64'),
	};
	const answer = await api
		.change({
			method: 'POST',
			path: 'sctm/secret',
			prefix: '/iso',
			form: formFields(sent),
			answer: confirmed.pipe(z.object({ application: z.unknown() })),
			what: 'the stored secret',
			mayHave: 'The secret may have been stored',
			repeatable: true,
		})
		.catch((failure: Failure) => {
			throw withoutEcho(failure, [sent.data, ...textsIn(data)]);
		});
	const parsed = application.safeParse(answer.value);
	const stored = parsed.success ? secretsOf(parsed.data) : undefined;
	return { ...answer, value: stored?.find(({ identity }) => identity === fields.identity) };
}

/** Each text of a document, of which an answer may repeat one alone. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

/** For whom a dynamic secret is made: up to 3.33 for a container, in 4.0 for the identity of a secret. */
export type ProvisionRequest =
	{ pod_name: string; deploy: string; namespace: string } | { identity: string };

/** Where the answer to a provision has values: a list of maps, or one map. */
const PROVISIONED = ['secret.data', 'application.secrets.*.data'].flatMap((path) => [
	`${path}.*`,
	`${path}.*.*`,
]);

const provisioned = z
	.object({ secret: z.unknown(), application: z.unknown() })
	.transform(({ secret, application: found }) => {
		const own = asObject(found) ?? {};
		const told = asObject(secret);
		return secretsOf(told ? { ...own, secrets: [told] } : own) ?? [];
	})
	.refine((secrets) => secrets.length > 0);

/**
 * `POST coe/dapp/provision`: makes a credential of its own for an application. In 4.0 the secret stands by
 * itself, before among those of the application.
 *
 * @param check As of a change: whether the secret that was asked for is among those of the answer.
 * @returns the secrets of the answer, one as a rule, their values in clear
 */
export async function provisionSecrets(
	api: SenhaseguraApi,
	body: ProvisionRequest,
	change: SentOnce & { check(answer: SenhaseguraAnswer<DsmSecret[]>): void },
): Promise<SenhaseguraAnswer<DsmSecret[]>> {
	return await api.change({
		method: 'POST',
		path: 'coe/dapp/provision',
		prefix: '/iso',
		body,
		answer: confirmed.pipe(provisioned),
		secrets: PROVISIONED,
		what: 'the provisioned secret',
		...change,
	});
}

/** `POST dapp/application`: the answer's `id` and `signature` are a new client ID and secret. */
export async function registerApplication(
	api: SenhaseguraApi,
	fields: Record<string, string | undefined>,
	change: SentOnce,
): Promise<SenhaseguraAnswer<{ id: string; secret: string }>> {
	return await api.change({
		method: 'POST',
		path: 'dapp/application',
		prefix: '/iso',
		form: formFields(fields),
		answer: z
			.object({ id: z.unknown(), signature: z.unknown() })
			.transform(({ id, signature }) => ({ id: asId(id), secret: asText(signature) }))
			.pipe(z.object({ id: z.string(), secret: z.string() })),
		what: 'the new client ID and client secret',
		...change,
	});
}
