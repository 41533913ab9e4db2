import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Pam360Simulator } from '../../simulators';
import { startPam360Simulator } from '../../simulators';
import { credentialFor, runVendor } from '../vendors';
import type { RunOptions } from '../vendors';

export interface ServerRun extends Partial<Omit<RunOptions, 'vendor' | 'credentials'>> {
	/** Fields of the credential beside or instead of those that the server accepts. */
	credential?: ICredentialDataDecryptedObject;
}

/** A simulated PAM360 for one test file, as new for each test. */
export function simulatedServer() {
	let sim: Pam360Simulator;
	beforeAll(async () => {
		sim = await startPam360Simulator();
	});
	beforeEach(() => sim.reset());
	afterAll(async () => await sim.close());

	return {
		get sim() {
			return sim;
		},
		/** Runs one operation. */
		run: async (
			resource: string,
			operation: string,
			parameters: IDataObject = {},
			{ credential, ...more }: ServerRun = {},
		) =>
			await runVendor({
				vendor: 'pam360',
				onlyTheseParameters: true,
				parameters: { resource, operation, ...parameters },
				credentials: { pam360Api: { ...credentialFor.pam360Api(sim.url), ...credential } },
				...more,
			}),
	};
}
