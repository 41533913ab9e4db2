import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { PollResult } from '../../harness';
import { runPoll } from '../../harness';
import { newCredential, newItem } from '../../simulators/senhasegura/entities';
import { credentialsFor } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { credentialTypes, nodeTypes } from '../vendors';
import { simulatedVault } from './simulated';

export const DAY = 86_400_000;
export const LIST = /\/pam\/credential$/;

interface Watch {
	parameters?: IDataObject;
	authentication?: Authentication;
	credential?: ICredentialDataDecryptedObject;
}

export const ids = ({ items, error }: PollResult) => {
	if (error) throw error;
	return items?.map(({ json }) => json.id) ?? [];
};

/** `yyyy-MM-dd HH:mm:ss` in UTC, some days ago. */
export const daysAgo = (days: number, now = Date.now()) =>
	new Date(now - days * DAY).toISOString().slice(0, 19).replace('T', ' ');

/** A simulated vault for one test file, empty before each test, and triggers that look at it. */
export function watchedVault() {
	const vault = simulatedVault();
	beforeEach(() => vault.sim.state.items.clear());
	afterEach(() => jest.restoreAllMocks());

	/** A trigger that is polled again and again; what it remembers passes through JSON, as at a restart. */
	function watch(event: string, { parameters, authentication = 'oAuth1', credential }: Watch = {}) {
		let staticData: IDataObject = {};
		return async (changes: IDataObject = {}, mode: 'trigger' | 'manual' = 'trigger') => {
			const result = await runPoll({
				node: {
					type: 'n8n-nodes-privileged-keys.senhaseguraTrigger',
					parameters: { authentication, event, ...parameters, ...changes },
				},
				nodeTypes,
				credentialTypes,
				credentials: credentialsFor(authentication, vault.sim.url, credential),
				mode,
				staticData,
			});
			staticData = result.staticData;
			return result;
		};
	}

	function addKey(
		id: string,
		change: string,
		more: { expiresAt?: number; hostname?: string } = {},
	) {
		const where = { hostname: 'web-01', ip: '10.0.0.1' };
		vault.addKey({ id, identifier: `key-${id}`, ...where, change, ...more });
	}

	function addCertificate(id: string, expiresAt: number, active = true) {
		vault.sim.state.certificates.push({
			id,
			active,
			commonName: `${id}.example.com`,
			serialNumber: id,
			startValidity: daysAgo(1),
			endValidity: daysAgo(0, expiresAt),
			origin: 'REQU',
			extension: '',
			hasPrivateKey: true,
			content: '',
			privateKey: '',
		});
	}

	function addCredential(id: string, change: string, expiresAt: number | null = null) {
		const item = newItem({ id, username: 'root', hostname: 'web-01', ip: '10.0.0.1', change });
		const credential = newCredential(item, { content: 'canary-password', type: 'Local User' });
		credential.expiresAt = expiresAt;
		vault.sim.state.items.set(id, credential);
	}

	/** What was asked of the vault, tokens aside. */
	const asked = () =>
		vault.sim.log
			.filter(({ path }) => !path.endsWith('/token'))
			.map(({ method, path }) => [method, path]);

	return { vault, watch, addKey, addCertificate, addCredential, asked };
}
