import { readFileSync } from 'node:fs';
import path from 'node:path';

import { packageRoot } from '../../../scripts/host/install';
import type { StoredCredential, StoredWorkflow, Vendor } from '../../../scripts/host/workflows';
import type { Allowance, Observer } from '../observers/observer';
import type { HostSpec } from '../world/hosts';
import type { Lane } from '../world/lane';

/** A rotation that is killed: a workflow, what it finds, and who judges what it leaves. */
export interface Scenario {
	/** As it is named on the command line. */
	name: string;
	title: string;
	/** Whose requests are points. */
	vendors: Vendor[];
	workflow(): StoredWorkflow;
	/** A day's runs: the names of their triggers and when they start, milliseconds after the day. */
	schedule: Array<{ trigger: string; afterMs: number }>;
	/** Where SSH commands are run. */
	hosts?: HostSpec[];
	/** What the workflow uses besides the vendors' credentials; `sshPort` is that of all hosts. */
	credentials?(sshPort: number): StoredCredential[];
	/** Whether the workflow asks n8n itself for something, by its public API. */
	needsOwnApi?: boolean;
	/** Takes the place of some of the vendors' credentials. */
	changeCredentials?(credentials: StoredCredential[]): StoredCredential[];
	/** Changes the workflow as its user has to. */
	fillIn?(workflow: StoredWorkflow, lane: Lane): void;
	/** What happens before the runs of a day, which counts from 1. */
	prepareDay?(lane: Lane, day: number): Promise<void>;
	/** Puts the vendors into the state that the first day finds. */
	seed(lane: Lane, allowance: Allowance): Promise<Observer>;
}

export function example(file: string): StoredWorkflow {
	const text = readFileSync(path.join(packageRoot, 'examples', file), 'utf8');
	return JSON.parse(text) as StoredWorkflow;
}
