import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseJson } from '../../shared/answer';
import { Failure } from '../../shared/failure';
import type { RateKey } from '../../shared/lanes';
import type { RunSettings } from '../../shared/operation';
import { Transport } from '../../shared/transport';
import type { Caller } from '../../shared/transport';
import { Turns } from '../../shared/turns';
import { XsiamKeys } from './apiKeys';
import { findError, isPage, isTooMany } from './errors';
import { toldStatus } from './outcomes';
import type { SecurityLevel, Verdict } from './proof';
import { signXsiamRequest } from './signing';
import { xsiamBaseUrl } from './url';

export const CREDENTIAL_TYPE = 'cortexXsiamApi';

/** Of all executions of this process, whichever keys they call with. */
const turns = new Turns();

/** The Cortex XSIAM public API, for all items of a run. */
export class CortexXsiamApi extends XsiamKeys {
	/** The same API in child tenants, by their ids. */
	private readonly children = new Map<string, CortexXsiamApi>();

	/** The limit is the tenant's (docs/api/cortex-xsiam.md, "Limits"). */
	static rateKey(credentials: ICredentialDataDecryptedObject): RateKey {
		return { server: xsiamBaseUrl(credentials), key: String(credentials.apiKeyId) };
	}

	static connect(
		caller: Caller,
		credentials: ICredentialDataDecryptedObject,
		settings: RunSettings,
	): CortexXsiamApi {
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			sign: signXsiamRequest,
			isTooMany,
			...settings,
		});
		return new CortexXsiamApi(transport, credentials);
	}

	/**
	 * The API in a child tenant, over the same connection and at the same pace (docs/api/cortex-xsiam.md,
	 * "Child tenants").
	 */
	inTenant(childTenantId: string): CortexXsiamApi {
		// What was looked up is known to one object.
		if (childTenantId === this.tenant) return this;
		const known = this.children.get(childTenantId);
		if (known) return known;
		const child = new CortexXsiamApi(this.transport, this.credentials, childTenantId);
		this.children.set(childTenantId, child);
		return child;
	}

	/**
	 * The same API with another key: one that was just issued.
	 *
	 * @param level The security level that the key was made with.
	 */
	withKey(id: string, key: string, level: SecurityLevel): CortexXsiamApi {
		const credentials = {
			...this.credentials,
			apiKeyId: id,
			apiKey: key,
			securityLevel: level,
		};
		const transport = this.transport.withCredentials(credentials);
		return new CortexXsiamApi(transport, credentials, this.childTenantId);
	}

	/** The same API for taking back what must not stay, which goes on where the execution is cancelled. */
	evenIfCancelled(): CortexXsiamApi {
		const transport = this.transport.evenIfCancelled();
		return new CortexXsiamApi(transport, this.credentials, this.childTenantId);
	}

	/**
	 * The same API for what rests on something that was just looked at: nothing is sent after this time, in
	 * milliseconds, and what comes too late ends with `NotInTime`.
	 */
	within(milliseconds: number): CortexXsiamApi {
		const transport = this.transport.within(milliseconds);
		return new CortexXsiamApi(transport, this.credentials, this.childTenantId);
	}

	/**
	 * Does one thing after the other, for all executions of this process in the same tenant.
	 *
	 * @param what Tasks of the same name wait for each other: `api-key/4267`.
	 */
	async inTurn<T>(what: string, task: () => Promise<T>): Promise<T> {
		return await turns.take(JSON.stringify([this.tenantName, what]), task);
	}

	get isTimed(): boolean {
		return this.credentials.securityLevel !== 'standard';
	}

	/**
	 * What the tenant says to a call with this key: `GET /public_api/v1/healthcheck`, which needs a valid
	 * key and no role (docs/api/cortex-xsiam.md, "Testing a credential"). The status decides, whatever the
	 * body is (docs/api/cortex-xsiam.md, "Testing a credential"), unless that is an error or the page of a
	 * proxy. A refusal for lack of a permission comes after the key was accepted, if the vendor said it
	 * and not a gateway.
	 */
	async probe(): Promise<Verdict> {
		const request = this.request({ method: 'GET', path: 'public_api/v1/healthcheck' });
		const reply = await this.transport.send(request).catch((failure: unknown) => {
			if (!(failure instanceof Failure) || failure.kind === 'input') throw failure;
		});
		if (!reply) return 'unclear';
		const json = parseJson(reply.text);
		const error = findError(json, this.secrets);
		const status = error ? toldStatus({ ...error, status: reply.status }) : reply.status;
		const isVendors = error !== undefined && Number(error.code) === status;
		if (status === 401 && isVendors) return 'refused';
		if (status === 403 && isVendors) return 'accepted';
		return reply.status < 300 && !isPage(reply.text) && !error ? 'accepted' : 'unclear';
	}
}
