import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { done } from '../../api/schemas';
import { Failure, inputFailure } from '../../../shared/failure';
import { asId, asNumber, asObject, asText } from '../../../shared/read';
import type { Located } from '../../../shared/locator';
import { sendOnce } from '../../../shared/sendOnce';
import type { Once } from '../../../shared/sendOnce';
import { pathSegment } from '../../../shared/url';

/** A list of the tenant that comes in one piece, and whose records have ids and names. */
export interface Directory {
	path: string;
	/** The parameter that names a record. */
	label: string;
	/** What one record is called in messages, and several. */
	one: string;
	many: string;
	/** The fields of a record. */
	id: string;
	name: string;
}

/** `GET /platform/iam/v1/role` (docs/api/cortex-xsiam.md, "Roles"). */
export const roles: Directory = {
	path: 'platform/iam/v1/role',
	label: 'Role',
	one: 'role',
	many: 'roles',
	id: 'role_id',
	name: 'pretty_name',
};

/** `GET /platform/iam/v1/user-group` (docs/api/cortex-xsiam.md, "User groups"). */
export const userGroups: Directory = {
	path: 'platform/iam/v1/user-group',
	label: 'User Group',
	one: 'user group',
	many: 'user groups',
	id: 'group_id',
	name: 'group_name',
};

/**
 * `GET /platform/iam/v1/user` (docs/api/cortex-xsiam.md, "Users"); users have no id but their email
 * address.
 */
export const users: Directory = {
	path: 'platform/iam/v1/user',
	label: 'User',
	one: 'user',
	many: 'users',
	id: 'user_email',
	name: 'user_email',
};

/** `GET /platform/notifications/v1/list-rules` (docs/api/cortex-xsiam.md, "Notification rules"). */
export const notificationRules: Directory = {
	path: 'platform/notifications/v1/list-rules',
	label: 'Rule',
	one: 'notification rule',
	many: 'notification rules',
	id: 'rule_uuid',
	name: 'name',
};

/** The record that a parameter names; the list is read once in a run. */
export async function find(
	api: CortexXsiamApi,
	directory: Directory,
	located: Located,
): Promise<IDataObject> {
	return pick(await api.directory(directory.path, directory.many), directory, located);
}

/**
 * The record that a parameter names, of those that there are.
 *
 * @throws Failure where the tenant has no such record, or several of that name
 */
export function pick(
	records: IDataObject[],
	directory: Directory,
	{ by, value }: Located,
): IDataObject {
	const { label, one, many } = directory;
	const found = records.filter((record) => asText(record[directory[by]])?.trim() === value);
	const [record] = found;
	if (!record) {
		throw inputFailure(
			`'${label}' is not known: the tenant has no ${one} with the ${by === 'id' ? 'ID' : 'name'} '${value}'`,
			by === 'name'
				? 'Names must be given in the same letters as in the console.'
				: 'Choose it from the list.',
		);
	}
	if (found.length > 1) {
		throw inputFailure(
			`'${label}' is ambiguous: the tenant has ${found.length} ${many} named '${value}'`,
			`Give the ID instead: ${found.map((each) => asId(each[directory.id])).join(', ')}.`,
		);
	}
	return record;
}

/** The ID of what a parameter names; nothing is looked up where it is one. */
export async function idOf(
	api: CortexXsiamApi,
	directory: Directory,
	located: Located,
): Promise<string> {
	if (located.by === 'id') return located.value;
	const id = asId((await find(api, directory, located))[directory.id]);
	if (id !== null) return id;
	throw inputFailure(`The ${directory.one} '${located.value}' has no ID`);
}

/** The IDs of several, each given by its name or its ID. */
export async function idsOf(
	api: CortexXsiamApi,
	directory: Directory,
	values: string[],
): Promise<string[]> {
	const records = await api.directory(directory.path, directory.many);
	const known = new Set(records.map((record) => asId(record[directory.id])));
	const ids = await Promise.all(
		values.map(
			async (value) =>
				await (known.has(value) ? value : idOf(api, directory, { by: 'name', value })),
		),
	);
	return [...new Set(ids)];
}

/** Where a record is changed or deleted. */
export function pathOf({ path }: Directory, id: string): string {
	return `${path}/${pathSegment(id)}`;
}

interface Creation {
	call: Once;
	data: IDataObject & Record<string, unknown>;
	name: string;
	meanings: Meaning[];
}

export interface Created {
	id: string;
	/** The vendor's own answer, or the record where the answer was lost. */
	body: IDataObject;
	hints: string[];
}

/**
 * Creates a role or a user group. Its new ID is in a sentence of the answer alone
 * (docs/api/cortex-xsiam.md, "User groups").
 *
 * Names are unique: where the answer is lost, a record of this name that is no older than the call was
 * made by it.
 *
 * @throws Failure; of kind `lost` where the record may come to be
 */
export async function createIn(
	api: CortexXsiamApi,
	directory: Directory,
	{ call, data, name, meanings }: Creation,
): Promise<Created> {
	const lost = {
		mayHave: `The ${directory.one} '${name}' may have been created`,
		find: `Look for it with '${directory.label}: Get Many'`,
	};
	return await sendOnce(call, lost, async (change) => {
		const sentAt = Date.now();
		const sending = api.change({
			path: directory.path,
			data,
			answer: done,
			what: `the new ${directory.one}`,
			meanings,
			...change,
		});
		const outcome = await sending.catch(onlyLost);
		if (outcome instanceof Failure) return await afterLoss(api, directory, name, sentAt, outcome);
		const { body } = outcome;
		const message = asText(asObject(body.data)?.message) ?? '';
		const id = /\b(?:role_)?id (\S+) created\b/.exec(message)?.[1];
		return { id: id ?? (await idOfNew(api, directory, name, sentAt)), body, hints: [] };
	});
}

function onlyLost(failure: unknown): Failure {
	if (failure instanceof Failure && failure.kind === 'lost') return failure;
	throw failure;
}

/** An answer that does not name the ID is no reason to let the user look for it. */
async function idOfNew(api: CortexXsiamApi, directory: Directory, name: string, sentAt: number) {
	const record = await findNew(api, directory, name, sentAt).catch(() => undefined);
	const id = asId(record?.[directory.id]);
	if (id !== null) return id;
	throw new Failure(
		`Cortex XSIAM created the ${directory.one} '${name}', but did not return its ID`,
		{
			kind: 'unusable',
			description: 'It exists: find it by its name.',
		},
	);
}

async function afterLoss(
	api: CortexXsiamApi,
	directory: Directory,
	name: string,
	sentAt: number,
	lost: Failure,
): Promise<Created> {
	const { one } = directory;
	const record = await findNew(api, directory, name, sentAt).catch(() => {
		throw lost;
	});
	const id = asId(record?.[directory.id]);
	if (record && id !== null) {
		return {
			id,
			body: record,
			hints: [`An answer was lost, but the ${one} '${name}' had been created.`],
		};
	}
	throw lost.plus(`No new ${one} '${name}' was found a moment later.`);
}

/** What a clock of whole seconds and the way of an answer can add to the age of a record. */
const SLACK_MS = 5_000;

/** The record of this name, unless it is older than the call; ages are told by the server's clock. */
async function findNew(
	api: CortexXsiamApi,
	directory: Directory,
	name: string,
	sentAt: number,
): Promise<IDataObject | undefined> {
	const { value, reply } = await api.read({
		method: 'GET',
		path: directory.path,
		answer: z.object({ data: z.array(done) }),
		what: `a list of ${directory.many}`,
	});
	const told = Date.parse(reply.headers.date ?? '');
	const now = Number.isNaN(told) ? Date.now() : told;
	const oldest = Date.now() - sentAt + SLACK_MS;
	return (value.data as IDataObject[]).find((record) => {
		const createdAt = asNumber(record.created_ts);
		return record[directory.name] === name && createdAt !== null && now - createdAt <= oldest;
	});
}
