import type { IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import type {
	CortexXsiamSimulator,
	Pam360Account,
	Pam360Simulator,
	SenhaseguraSimulator,
} from '../../simulators';
import {
	addPam360Account,
	addPam360Resource,
	senhaseguraDemo,
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import { said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import type { RunOptions } from '../vendors';

export type VendorName = RunOptions['vendor'];

/** Of an operation whose request is cut, and done later; named by vendor, resource and operation. */
export interface Row {
	/** Beside the resource and the operation. */
	parameters: (run: number) => IDataObject;
	/** The request that is cut. */
	cut: RegExp;
	/** What is in its body, where there are several of that path. */
	holding?: RegExp;
	/** What has to be there before. */
	prepare?: () => unknown;
	/** What its run says, in whole or in part. */
	first: (result: RunNodeResult) => void;
	/** How many of what the operation makes there are, when the late work is done. */
	made: () => number;
	/** What the next run says, and how many there are then: where the work was done before it. */
	afterwards: [(result: RunNodeResult) => void, number];
	/** The same where it is done after the next run. */
	beforehand: [(result: RunNodeResult) => void, number];
	/** What must hold in the end. */
	finally?: (results: RunNodeResult[]) => void;
}

export type Rows = Record<string, Row>;

interface Sims {
	cortexXsiam: CortexXsiamSimulator;
	pam360: Pam360Simulator;
	senhasegura: SenhaseguraSimulator;
}

/** There from the first test on. */
export const sims = {} as Sims;

export async function startSims(): Promise<void> {
	const [cortexXsiam, pam360, senhasegura] = await Promise.all([
		startCortexXsiamSimulator(),
		startPam360Simulator(),
		startSenhaseguraSimulator(),
	]);
	Object.assign(sims, { cortexXsiam, pam360, senhasegura });
}

export async function closeSims(): Promise<void> {
	await Promise.all(Object.values(sims).map(async (sim: Sims[VendorName]) => await sim.close()));
}

const DAY = 24 * 3_600_000;

let account: Pam360Account;

export function resetSims(): void {
	const { cortexXsiam, pam360, senhasegura } = sims;
	for (const sim of [cortexXsiam, pam360, senhasegura]) sim.reset();
	// What comes late was admitted when it came: its signature and token are of then.
	cortexXsiam.settings.timestampWindowMs = DAY;
	senhasegura.settings.timestampWindowMs = DAY;
	senhasegura.settings.tokenLife = DAY / 1_000;
	const resource = addPam360Resource(pam360.state, { name: 'target', type: 'Linux' });
	account = addPam360Account(pam360.state, resource, { name: 'root', password: 'old one' });
}

/** The account that PAM360 has before. */
export const knownAccount = () => account;

const { mySafeClientId: clientId, mySafeClientSecret: clientSecret } = senhaseguraDemo;

/** Runs an operation, against the simulator of its vendor. */
export async function perform(
	name: string,
	parameters: IDataObject,
	node: RunOptions['node'] = {},
): Promise<RunNodeResult> {
	const [vendor, resource, operation] = name.split(' ') as [VendorName, string, string];
	const { url } = sims[vendor];
	// Its entries belong to a person, and OAuth 2.0 alone opens them.
	const isMySafe = resource.startsWith('safe');
	return await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters: {
			resource,
			operation,
			...(vendor === 'senhasegura' && { authentication: isMySafe ? 'oAuth2' : 'oAuth1' }),
			...parameters,
		},
		credentials: {
			cortexXsiamApi: credentialFor.cortexXsiamApi(url, 'standard'),
			pam360Api: credentialFor.pam360Api(url),
			senhaseguraOAuth1Api: credentialFor.senhaseguraOAuth1Api(url),
			senhaseguraOAuth2Api: { ...credentialFor.senhaseguraOAuth2Api(url), clientId, clientSecret },
		},
		node,
	});
}

export const item = ({ items }: RunNodeResult): IDataObject => items[0]?.json ?? {};

/** The item of a run that comes first, and that nothing happens to. */
export async function made(name: string, parameters: IDataObject): Promise<IDataObject> {
	const result = await perform(name, parameters);
	expect(said(result)).toBe('');
	return item(result);
}

export const fails = (says: RegExp) => (result: RunNodeResult) => {
	expect(said(result)).toMatch(says);
	expect(result.items).toEqual([]);
};

export const gives = (fields: IDataObject) => (result: RunNodeResult) => {
	expect(said(result)).toBe('');
	expect(item(result)).toMatchObject(fields);
};

export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** What a run is given to store: each another one. */
export const password = (run: number) => `CANARY-password-${run}`;

/** That nothing else is kept than what the runs were given. */
export const keepsGiven = (kept: () => unknown) => () =>
	expect([password(1), password(2)]).toContain(kept());
