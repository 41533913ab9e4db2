import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import type { Reply } from '../../../nodes/shared/transport';
import type { CortexXsiamKey, CortexXsiamSimulator } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { credentialFor, runVendor } from '../../workflows/vendors';

export const GENERATE = '/public_api/v1/api_keys/generate';
export const LIST = '/public_api/v1/api_keys/get_api_keys';
export const DELETE = '/public_api/v1/api_keys/delete';

/** An answer as the transport hands it on. */
export function reply(changes: Partial<Reply> = {}): Reply {
	return { status: 200, headers: {}, text: '', repeated: false, ...changes };
}

export interface XsiamRun {
	/** Where the tenant is. */
	at: { url: string };
	parameters?: IDataObject;
	additionalFields?: IDataObject;
	options?: IDataObject;
	level?: 'standard' | 'advanced';
	credential?: ICredentialDataDecryptedObject;
	items?: IDataObject[];
	node?: Partial<INode>;
}

/** Runs the node at high speed unless the options say otherwise. */
export function runXsiam(options: XsiamRun): ReturnType<typeof runVendor> {
	const { at, parameters, additionalFields = {}, level = 'advanced', credential } = options;
	return runVendor({
		vendor: 'cortexXsiam',
		parameters: {
			additionalFields,
			options: { perSecond: 1_000, ...options.options },
			...parameters,
		},
		credentials: {
			cortexXsiamApi: { ...credentialFor.cortexXsiamApi(at.url, level), ...credential },
		},
		...(options.items && { items: options.items }),
		...(options.node && { node: options.node }),
	});
}

/** The keys that were not there at the start. */
export function issuedKeys({ state }: CortexXsiamSimulator): CortexXsiamKey[] {
	const given: number[] = ['standard', 'advanced', 'viewer'].map((name) =>
		Number(cortexXsiamDemo[name as 'standard' | 'advanced' | 'viewer'].apiKeyId),
	);
	return [...state.keys.values()].filter(({ id }) => !given.includes(id));
}

/** A key as somebody else made it. */
export function foreignKey(changes: Partial<CortexXsiamKey> & { id: number }): CortexXsiamKey {
	return {
		secret: `foreign-${changes.id}-`.repeat(8),
		securityLevel: 'standard',
		roles: ['Investigator'],
		comment: null,
		expiration: Date.now() + 7 * 86_400_000,
		creationTime: Date.now(),
		createdBy: 'N/A',
		userName: `Public API - ${cortexXsiamDemo.advanced.apiKeyId}`,
		childTenantId: null,
		...changes,
	};
}

/** Adds keys that have nothing to do with a run, beginning with id 100. */
export function crowd({ state }: CortexXsiamSimulator, count: number): void {
	for (let id = 100; id < 100 + count; id++) {
		state.keys.set(
			id,
			foreignKey({ id, userName: 'Ada Admin', creationTime: Date.now() - id * 60_000 }),
		);
	}
}

export function requests({ log }: CortexXsiamSimulator, path: string) {
	return log.filter((request) => request.path === path);
}

/** Every secret that the tenant has made, those of deleted keys included. */
export function watchSecrets({ state }: CortexXsiamSimulator): string[] {
	const secrets: string[] = [];
	const set = state.keys.set.bind(state.keys);
	state.keys.set = (id, key) => {
		secrets.push(key.secret);
		return set(id, key);
	};
	return secrets;
}
