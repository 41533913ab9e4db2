import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/failure';
import { asText } from '../../shared/read';
import { pathSegment } from '../../shared/url';
import { SCOPE_REFUSALS } from './apiKeyErrors';
import { XsiamCalls } from './calls';
import { done, userRoles } from './schemas';
import { scopeAnswer, scopeBody } from './scope';
import type { Scope, Scoped } from './scope';

/** The calls that say what keys, users and groups may see, and which roles there are for them. */
export class XsiamAccess extends XsiamCalls {
	/** `GET /platform/iam/v1/scope/{type}/{id}` (docs/api/cortex-xsiam.md, "Scopes"). */
	async scope(type: Scoped, id: string): Promise<Scope> {
		return (await this.scopeWithBody(type, id)).scope;
	}

	/** The same with the tenant's own answer. */
	async scopeWithBody(type: Scoped, id: string): Promise<{ scope: Scope; body: IDataObject }> {
		const { value, body } = await this.read({
			method: 'GET',
			path: scopePath(type, id),
			answer: scopeAnswer,
			what: 'a scope that can be read',
		});
		return { scope: value.data, body };
	}

	/** `PUT /platform/iam/v1/scope/{type}/{id}` (docs/api/cortex-xsiam.md, "Scopes"). */
	async setScope(type: Scoped, id: string, scope: Scope): Promise<IDataObject> {
		const { body } = await this.change({
			method: 'PUT',
			path: scopePath(type, id),
			data: scopeBody(scope),
			answer: done,
			what: 'a confirmation of the change',
			repeatable: true,
			mayHave: 'The scope may have been changed',
			meanings: SCOPE_REFUSALS,
		});
		return body;
	}

	/**
	 * The display names of the tenant's roles, sorted (docs/api/cortex-xsiam.md, "Roles"). Where the key
	 * may not list roles, those that users hold (docs/api/cortex-xsiam.md, "Users and roles by the older
	 * calls"), which need not be all.
	 */
	async roleNames(): Promise<{ names: string[]; isWhole: boolean }> {
		let isWhole = true;
		const names = await this.rolesOfTenant().catch(async (failure: unknown) => {
			// A refusal of the credential, or for the rate, is one of every call.
			const isOfCall =
				failure instanceof Failure && failure.kind === 'refused' && !failure.declared;
			if (!isOfCall) throw failure;
			isWhole = false;
			return await this.rolesOfUsers().catch(() => {
				throw failure;
			});
		});
		return { names: [...new Set(names)].sort((a, b) => a.localeCompare(b)), isWhole };
	}

	private async rolesOfTenant(): Promise<string[]> {
		const roles = await this.directory('platform/iam/v1/role', 'roles');
		return roles.flatMap(({ pretty_name: name }) =>
			typeof name === 'string' ? (asText(name) ?? []) : [],
		);
	}

	private async rolesOfUsers(): Promise<string[]> {
		const { value } = await this.read({
			path: 'public_api/v1/rbac/get_users',
			data: {},
			answer: userRoles,
			what: 'a list of users',
		});
		return value;
	}
}

function scopePath(type: Scoped, id: string): string {
	return `platform/iam/v1/scope/${type}/${pathSegment(id)}`;
}
