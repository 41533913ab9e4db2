import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import type { SenhaseguraKey, SenhaseguraSimulator } from '../../simulators';
import { startSenhaseguraSimulator } from '../../simulators';
import { newItem } from '../../simulators/senhasegura/entities';
import { credentialsFor, runSenhasegura } from '../../unit/senhasegura/support';
import type { Authentication, SenhaseguraRun } from '../../unit/senhasegura/support';
import { said } from '../kit/result';
import { runVendor } from '../vendors';
import type { RunOptions } from '../vendors';

export interface VaultRun extends Partial<Omit<RunOptions, 'vendor' | 'credentials'>> {
	/** OAuth 1.0 where nothing is said, which needs no call of its own. */
	authentication?: Authentication;
	/** Fields of the credential beside or instead of those that the vault accepts. */
	credential?: ICredentialDataDecryptedObject;
}

/** A simulated vault for one test file, as new for each test. */
export function simulatedVault() {
	let sim: SenhaseguraSimulator;
	beforeAll(async () => {
		sim = await startSenhaseguraSimulator();
	});
	beforeEach(() => sim.reset());
	afterAll(async () => await sim.close());

	/** Runs one operation. */
	const run = async (
		resource: string,
		operation: string,
		parameters: IDataObject = {},
		{ authentication = 'oAuth1', credential, ...more }: VaultRun = {},
	): Promise<RunNodeResult> =>
		await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: { authentication, resource, operation, ...parameters },
			credentials: credentialsFor(authentication, sim.url, credential),
			...more,
		});

	/** Runs one operation that has to succeed, and gives the data of its items. */
	const does = async (...given: Parameters<typeof run>): Promise<IDataObject[]> => {
		const result = await run(...given);
		expect(said(result)).toBe('');
		return result.items.map(({ json }) => json);
	};

	return {
		get sim() {
			return sim;
		},
		run,
		/** The same, of an operation that is named as in a table: `sshKey.create`. */
		runNamed: async (name: string, parameters: IDataObject, more: VaultRun = {}) => {
			const [resource = '', operation = ''] = name.split('.');
			return await run(resource, operation, parameters, more);
		},
		does,
		/** Puts an SSH key into the vault. */
		addKey: (fields: Parameters<typeof newItem>[0] & { id: string }): void => {
			const key: SenhaseguraKey = Object.assign(newItem(fields), {
				kind: 'key' as const,
				publicKey: 'ssh-ed25519 AAAA',
				privateKey: 'canary-private-key',
				password: null,
				keyName: null,
				tags: '',
				devices: [],
				automaticChange: false,
			});
			sim.state.items.set(fields.id, key);
		},
		/** The same for a client whose credential is another one. */
		as: (client: VaultRun) => ({
			run: async (resource: string, operation: string, parameters: IDataObject = {}) =>
				await run(resource, operation, parameters, client),
			does: async (resource: string, operation: string, parameters: IDataObject = {}) =>
				await does(resource, operation, parameters, client),
		}),
		/** Creates an SSH key of the least that it needs, and of what is given. */
		create: async (given: Omit<SenhaseguraRun, 'at'> = {}) =>
			await runSenhasegura({ at: sim, ...given }),
	};
}
