import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/failure';
import { asId } from '../../shared/read';
import type { Located } from '../../shared/locator';
import { Memo } from '../../shared/memo';
import { pathSegment } from '../../shared/url';
import type { Pam360Call, Pam360Calls } from './calls';
import { recordOf } from './envelope';
import type { Pam360Reply } from './envelope';
import { RESOURCES, RESOURCE_GROUPS, accountsOf, resourceGroupsNamed } from './listings';
import type { AccountIds } from './subject';

/** What a look-up found. */
export interface Found {
	id: string;
	/** As PAM360 lists it. */
	record: IDataObject;
}

/** Servers and proxies refuse these in a path, however they are encoded. */
const UNFIT_FOR_PATH = /[/\\]|^\.{1,2}$/;

/** Names go in, IDs go over the wire: each is looked up once in a run, however many items use it. */
export class Pam360Ids {
	private readonly resources = new Memo<string>();

	private readonly accounts = new Memo<AccountIds>();

	private readonly users = new Memo<string>();

	private readonly userGroups = new Memo<string>();

	private readonly resourceGroups = new Memo<string>();

	constructor(private readonly api: Pam360Calls) {}

	/** @throws Failure when PAM360 shows the API user no resource of that name */
	async resource({ by, value }: Located): Promise<string> {
		if (by === 'id') return value;
		return await this.resources.get([value], async () => await this.resourceByName(value));
	}

	/** An account that stands in a resource; the resource may be named either way, too. */
	async account(resource: Located, account: Located): Promise<AccountIds> {
		if (account.by === 'id') {
			return { resourceId: await this.resource(resource), accountId: account.value };
		}
		const key = [resource.by, resource.value, account.value];
		return await this.accounts.get(key, async () =>
			resource.by === 'name'
				? await this.accountByNames(resource.value, account.value)
				: await this.accountIn(resource.value, account.value),
		);
	}

	/**
	 * `GET /user/getUserId` (docs/api/pam360.md, "Other calls for users"; confirmed for Password Manager
	 * Pro).
	 *
	 * @throws Failure when there is no user of that name
	 */
	async user({ by, value }: Located): Promise<string> {
		if (by === 'id') return value;
		return await this.users.get([value], async () => {
			const call = { path: 'user/getUserId', query: { USERNAME: value } };
			const { details } = await this.lookUp(call, `the user '${value}'`);
			return idIn(details, 'USERID', `the user '${value}'`);
		});
	}

	/**
	 * `GET /user/getUserGroupId` (docs/api/pam360.md, "Other calls for users").
	 *
	 * @throws Failure when there is no user group of that name
	 */
	async userGroup({ by, value }: Located): Promise<string> {
		if (by === 'id') return value;
		return await this.userGroups.get([value], async () => {
			const what = `the user group '${value}'`;
			const call = { path: 'user/getUserGroupId', query: { USERGROUPNAME: value } };
			const { details } = await this.lookUp(call, what);
			return idIn(details, 'USERGROUPID', what);
		});
	}

	/** @throws Failure when PAM360 shows the API user no resource group of that name, or several */
	async resourceGroup({ by, value }: Located): Promise<string> {
		if (by === 'id') return value;
		return await this.resourceGroups.get([value], async () => {
			const found = await onlyOne(
				this.resourceGroupsNamed(value),
				`resource groups with the name '${value}'`,
			);
			if (found) return found.id;
			throw unknown(`the resource group '${value}'`);
		});
	}

	/** The resource of that name, asked for anew: one that was just created is found. */
	async resourceByName(name: string): Promise<string> {
		const what = `the resource '${name}'`;
		if (UNFIT_FOR_PATH.test(name)) return await this.resourceBySearch(name, what);
		// Source: docs/api/pam360.md, "Looking up a resource".
		const call = { path: `resources/resourcename/${pathSegment(name)}` };
		const { details } = await this.lookUp(call, what);
		return idIn(details, 'RESOURCEID', what);
	}

	/** The IDs of those of the accounts that the resource has, by name; asked for anew. */
	async accountsByName(resourceId: string, names: string[]): Promise<Map<string, string>> {
		const found = new Map<string, string>();
		for await (const { id, record } of this.accountsNamed(resourceId, names)) {
			found.set(String(record['ACCOUNT NAME']), id);
			if (found.size === new Set(names).size) break;
		}
		return found;
	}

	/**
	 * The resource of that name, asked for anew in the list, which says so where there is none.
	 *
	 * @throws Failure where there are several
	 */
	async findResource(name: string): Promise<Found | undefined> {
		return await onlyOne(this.resourcesNamed(name), `resources with the name '${name}'`);
	}

	/**
	 * The account of that name in a resource, asked for anew.
	 *
	 * @throws Failure where there are several
	 */
	async findAccount(resourceId: string, name: string): Promise<Found | undefined> {
		const what = `accounts with the name '${name}' in the resource`;
		return await onlyOne(this.accountsNamed(resourceId, [name]), what);
	}

	/**
	 * `GET /resources/getResourceIdAccountId` (docs/api/pam360.md, "Looking up a resource and an
	 * account").
	 */
	private async accountByNames(resource: string, account: string): Promise<AccountIds> {
		const what = `the account '${account}' of the resource '${resource}'`;
		const { details } = await this.lookUp(
			{
				path: 'resources/getResourceIdAccountId',
				query: { RESOURCENAME: resource, ACCOUNTNAME: account },
			},
			what,
		);
		return {
			resourceId: idIn(details, 'RESOURCEID', what),
			accountId: idIn(details, 'ACCOUNTID', what),
		};
	}

	/** No call takes the ID of the one and the name of the other. */
	private async accountIn(resourceId: string, account: string): Promise<AccountIds> {
		const accountId = (await this.accountsByName(resourceId, [account])).get(account);
		if (accountId !== undefined) return { resourceId, accountId };
		throw unknown(`the account '${account}' of the resource with the ID ${resourceId}`);
	}

	private async resourceBySearch(name: string, what: string): Promise<string> {
		for await (const { id } of this.resourcesNamed(name)) return id;
		throw unknown(what);
	}

	private async *resourcesNamed(name: string): AsyncGenerator<Found> {
		const rows = this.api.list({
			...RESOURCES,
			details: { SEARCHTYPE: 'RESOURCE', SEARCHCOLUMN: 'RESOURCENAME', SEARCHVALUE: name },
			most: Infinity,
		});
		for await (const record of rows) {
			const id = asId(record['RESOURCE ID']);
			// A search finds parts of names, too.
			if (id !== null && record['RESOURCE NAME'] === name) yield { id, record };
		}
	}

	private async *resourceGroupsNamed(name: string): AsyncGenerator<Found> {
		const details = resourceGroupsNamed(name);
		for await (const record of this.api.list({ ...RESOURCE_GROUPS, details, most: Infinity })) {
			const id = asId(record.resourceGroupId);
			if (id !== null && record.resourceGroupName === name) yield { id, record };
		}
	}

	private async *accountsNamed(resourceId: string, names: string[]): AsyncGenerator<Found> {
		const [only] = names;
		const wanted = new Set<unknown>(names);
		const rows = this.api.list({
			...accountsOf(resourceId),
			...(names.length === 1 && {
				details: { SEARCHTYPE: 'ACCOUNT', SEARCHCOLUMN: 'LOGINNAME', SEARCHVALUE: only },
			}),
			most: Infinity,
		});
		for await (const record of rows) {
			const id = asId(record['ACCOUNT ID']);
			if (id !== null && wanted.has(record['ACCOUNT NAME'])) yield { id, record };
		}
	}

	private async lookUp(call: Pam360Call, what: string): Promise<Pam360Reply> {
		return await this.api.read(call).catch((failure: unknown) => {
			const isAboutIt =
				failure instanceof Failure && failure.kind === 'refused' && failure.declared === undefined;
			throw isAboutIt ? failure.plus(`PAM360 was asked for the ID of ${what}.`) : failure;
		});
	}
}

function idIn(details: unknown, key: string, what: string): string {
	const id = asId(recordOf(details)[key]);
	if (id !== null) return id;
	throw new Failure(`PAM360 reported success but returned no ID of ${what}`, {
		kind: 'unusable',
		description: 'Choose it by ID instead of by name.',
	});
}

/** @throws Failure that names the IDs where there are several */
async function onlyOne(all: AsyncIterable<Found>, what: string): Promise<Found | undefined> {
	const found = new Map<string, Found>();
	for await (const one of all) found.set(one.id, one);
	if (found.size > 1) {
		throw new Failure(`PAM360 has ${found.size} ${what}`, {
			kind: 'refused',
			description: `Their IDs are ${[...found.keys()].join(', ')}. Work on one of them by its ID.`,
		});
	}
	return [...found.values()][0];
}

function unknown(what: string): Failure {
	return new Failure(`PAM360 does not show the API user ${what}`, {
		kind: 'refused',
		description: 'Check the name, upper and lower case included, and that it is shared.',
	});
}
