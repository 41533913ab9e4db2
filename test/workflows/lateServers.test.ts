import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import { allFields } from '../../nodes/shared/description';
import { issuesSecret } from '../../nodes/shared/operation';
import type { Vendor } from '../../nodes/shared/operation';
import { findSecrets, processedData } from '../harness';
import type { RecordedRequest } from '../simulators/shared/requestLog';
import type { Gate } from '../simulators/shared/gate';
import { said } from './kit/result';
import * as ofCortexXsiam from './lateServers/cortexXsiam';
import * as ofPam360 from './lateServers/pam360';
import * as ofSenhasegura from './lateServers/senhasegura';
import type { Rows, VendorName } from './lateServers/world';
import { closeSims, password, perform, resetSims, sims, startSims } from './lateServers/world';

/** How far the clock of all, n8n and vendors, is ahead of the real one. */
let ahead = 0;

/** Told whenever time has passed. */
let onTime: () => Promise<void> = async () => {};

async function pass(milliseconds: number): Promise<void> {
	ahead += milliseconds;
	await onTime();
}

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await pass(milliseconds),
}));

const SECOND = 1_000;
const HOUR = 3_600_000;

beforeAll(startSims);
afterAll(closeSims);

let nodes = 0;

beforeEach(() => {
	nodes += 1;
	ahead = 0;
	const real = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(real() + ahead));
	resetSims();
});
afterEach(() => {
	onTime = async () => {};
	jest.restoreAllMocks();
	processedData.clear();
});

/**
 * The first request that fits arrives whole, and its connection is cut; the server does the work when so
 * much time has passed.
 */
function cutOnce(
	gate: Gate,
	fits: (request: RecordedRequest) => boolean,
	delay: number,
): { isDone(): boolean; status(): number } {
	let state: 'open' | 'parked' | 'done' = 'open';
	let answered = 0;
	let due = Infinity;
	let work: () => void = () => {};
	let tell: () => void = () => {};
	const done = new Promise<void>((resolve) => (tell = resolve));
	gate.keeper = {
		beforeWork: async (request) => {
			if (state !== 'open' || !fits(request)) return 'pass';
			state = 'parked';
			due = Date.now() + delay;
			return { until: new Promise<void>((resolve) => (work = resolve)) };
		},
		afterWork: async () => 'pass',
		parkedWorkDone: async (_, status) => {
			state = 'done';
			answered = status;
			tell();
		},
	};
	onTime = async () => {
		if (state !== 'parked' || Date.now() < due) return;
		work();
		await done;
	};
	return { isDone: () => state === 'done', status: () => answered };
}

const ROWS: Rows = { ...ofCortexXsiam.rows, ...ofPam360.rows, ...ofSenhasegura.rows };

/** What a name says beside the operation: which form of it. */
const operationOf = (name: string) => name.replace(/,.*/, '');

describe('every operation that stores a secret, or makes one', () => {
	/** What takes or gives one, and stores none. */
	const READS: Record<string, string> = {
		'pam360 password generate': 'PAM360 does not keep what it makes up',
		'senhasegura certificate download': 'its password is for the file that is downloaded',
	};
	const vendors: Record<VendorName, Pick<Vendor<never>, 'resources'>> = {
		cortexXsiam,
		pam360,
		senhasegura,
	};
	const storing = Object.entries(vendors).flatMap(([vendor, { resources }]) =>
		resources.flatMap(({ value, operations }) =>
			operations
				.filter(
					(operation) =>
						issuesSecret(operation) ||
						operation.value === 'finishRotation' ||
						allFields(operation.fields).some(({ typeOptions }) => typeOptions?.password === true),
				)
				.map((operation) => `${vendor} ${value} ${operation.value}`),
		),
	);

	it('has a row here', () => {
		const known = new Set([...Object.keys(ROWS).map(operationOf), ...Object.keys(READS)]);
		expect(storing.length).toBeGreaterThan(30);
		expect(storing.filter((name) => !known.has(name))).toEqual([]);
		expect(Object.keys(READS).filter((name) => !storing.includes(name))).toEqual([]);
	});
});

const COURSES: Array<[string, number, 'afterwards' | 'beforehand']> = [
	['5 seconds', 5 * SECOND, 'afterwards'],
	['30 seconds', 30 * SECOND, 'afterwards'],
	['3 hours', 3 * HOUR, 'afterwards'],
	['3 hours, and after the next run', 3 * HOUR, 'beforehand'],
];

/** What must not be said while nobody knows what becomes of the request. */
const DENIED = /had come of it|nothing was (done|changed|created|stored|issued)\b/i;

describe.each(Object.entries(ROWS))('%s', (name, row) => {
	const run = async (nth: number) =>
		await perform(operationOf(name), row.parameters(nth), { id: `node-${nodes}` });

	it.each(COURSES)(
		'whose request arrives, is cut, and is done after %s',
		async (_, delay, order) => {
			await row.prepare?.();
			const [vendor] = name.split(' ') as [VendorName];
			const late = cutOnce(
				sims[vendor].gate,
				({ method, path, body }) =>
					row.cut.test(`${method} ${path}`) && (row.holding?.test(body) ?? true),
				delay,
			);
			const first = await run(1);
			row.first(first);
			const texts = JSON.stringify([said(first), first.items]);
			expect(texts).not.toMatch(DENIED);
			const [says, most] = row[order];
			// A run some time later, and the work when it is due.
			await pass(order === 'afterwards' ? delay : HOUR);
			expect(late.isDone()).toBe(order === 'afterwards');
			const next = await run(2);
			says(next);
			await pass(delay);
			expect(late.isDone()).toBe(true);
			// It was done, or refused for what there is by then.
			expect([401, 403]).not.toContain(late.status());
			expect(row.made()).toBe(most);
			row.finally?.([first, next]);
			expect(findSecrets([first.logs, next.logs], [password(1), password(2)])).toEqual([]);
		},
	);
});
