import type {
	IDataObject,
	INode,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import { instant } from '../../../nodes/shared/input';
import type { Result, Vendor } from '../../../nodes/shared/operation';
import { runVendorTrigger, triggerProperties } from '../../../nodes/shared/trigger';
import type { VendorTrigger } from '../../../nodes/shared/trigger';
import { newcomers } from '../../../nodes/shared/watch';
import { findSecrets, runPoll } from '../../harness';
import { triggerEvent } from '../../harness/declarations';
import { TOY_CREDENTIAL, toyCredentials, withToyCredential } from './support';

const TYPE = 'n8n-nodes-privileged-keys.birdTrigger';

/** A vendor at which birds arrive. */
let birds: string[];
let breaks: Failure | undefined;
/** What it tells of its lists. */
let told: string[];
let tell: (what: string) => void;
let connections: Array<{ timeout: number; perSecond: number }>;

const bird = (name: string): Result => ({ item: { id: name }, raw: { bird: name } });

const colour: INodeProperties = {
	displayName: 'Colour',
	name: 'colour',
	type: 'string',
	default: '',
};

const arrived = triggerEvent({
	name: 'Bird Arrived',
	value: 'arrived',
	action: 'On bird arrived',
	description: 'When a bird arrives',
	fields: [colour],
	input: z.object({ colour: z.string().max(5, 'is too long') }),
	async look(_: object, { colour: wanted }, memory) {
		told.forEach(tell);
		if (breaks) throw breaks;
		const there = birds.filter((name) => name.startsWith(wanted));
		return newcomers(
			memory,
			there.map((id) => ({ id, result: bird(id) })),
		);
	},
	async latest(_: object, { colour: wanted }, count) {
		return birds
			.filter((name) => name.startsWith(wanted))
			.slice(-count)
			.reverse()
			.map(bird);
	},
});

const sang = triggerEvent({
	name: 'A Bird Sang',
	value: 'sang',
	action: 'On bird sang',
	description: 'When a bird sings',
	fields: [{ displayName: 'Since', name: 'since', type: 'dateTime', default: '' }],
	input: z.object({ since: instant }),
	async look(_: object, { since }, memory) {
		return { results: [{ item: { since, memory: memory ?? null }, raw: {} }], memory: { sung: 1 } };
	},
	latest: async () => [],
});

const flew = triggerEvent({
	name: 'Something Flew',
	value: 'flew',
	action: 'On something flew',
	description: 'When a bird or a plane flies',
	fields: [
		{ ...colour, displayOptions: { show: { kind: ['bird'] } } },
		{ displayName: 'Kind', name: 'kind', type: 'string', default: 'bird' },
	],
	input: z.object({ kind: z.string(), colour: z.string() }),
	async look(_: object, { kind, colour: seen }) {
		return { results: [{ item: { kind, colour: seen }, raw: {} }], memory: {} };
	},
	latest: async () => [],
});

const vendor: Vendor<object> = {
	resources: [],
	perSecond: 3,
	credential: () => ({ type: TOY_CREDENTIAL }),
	serverOf: (api) => String((api as { site?: unknown }).site),
	connect: (_, { site }, settings) => {
		tell = settings.onTold ?? (() => {});
		connections.push({ timeout: settings.timeout, perSecond: settings.perSecond });
		return { site, secrets: ['canary-credential'] };
	},
};
const trigger: VendorTrigger<object> = { vendor, events: [arrived, sang, flew] };

class BirdTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bird Trigger',
		name: 'birdTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Bird Trigger' },
		polling: true,
		inputs: [],
		outputs: ['main'],
		credentials: toyCredentials,
		properties: triggerProperties(trigger),
	};

	async poll(this: IPollFunctions) {
		return await runVendorTrigger(this, trigger);
	}
}

interface Options extends Partial<ReturnType<typeof withToyCredential>> {
	staticData?: IDataObject;
	mode?: 'manual' | 'trigger';
	timezone?: string;
	node?: Partial<INode>;
}

const poll = (parameters: IDataObject = {}, { node, ...more }: Options = {}) =>
	runPoll({
		node: {
			type: TYPE,
			parameters: { event: 'arrived', ...parameters },
			...node,
		},
		nodeTypes: { [TYPE]: BirdTrigger },
		...withToyCredential(),
		...more,
	});

const idsOf = ({ items }: { items: Array<{ json: IDataObject }> | null }) =>
	items?.map(({ json }) => json.id);

beforeEach(() => {
	birds = ['red1'];
	breaks = undefined;
	connections = [];
	told = [];
});

describe('an active trigger', () => {
	it('reports what is new, once, across a restart', async () => {
		const first = await poll();
		expect(first.items).toBeNull();
		birds.push('red2');
		const second = await poll({}, { staticData: first.staticData });
		expect(second.items).toEqual([{ json: { id: 'red2' } }]);
		const third = await poll({}, { staticData: second.staticData });
		expect(third.items).toBeNull();
	});

	it('gives the vendor’s own record with Simplify off', async () => {
		const { staticData } = await poll();
		birds.push('red2');
		const { items } = await poll({ simplify: false }, { staticData });
		expect(items).toEqual([{ json: { bird: 'red2' } }]);
	});

	it('forgets nothing when a look breaks off, and says nothing secret', async () => {
		const { staticData } = await poll();
		birds.push('red2');
		breaks = new Failure('Fog at canary-credential', { kind: 'lost' });
		const broken = await poll({}, { staticData });
		expect(broken.error?.name).toBe('NodeApiError');
		expect(findSecrets(broken, ['canary-credential'])).toEqual([]);
		expect(broken.staticData).toEqual(staticData);
		breaks = undefined;
		expect(idsOf(await poll({}, { staticData: broken.staticData }))).toEqual(['red2']);
	});

	it('says what it has to say of a list also where the look fails then', async () => {
		let staticData: IDataObject = (await poll()).staticData;
		const warnings: string[][] = [];
		const fog = new Failure('Fog', { kind: 'lost' });
		const looks: Array<[string[], Failure?]> = [
			[['9 of canary-credential'], fog],
			[['9 of canary-credential'], fog],
			[['3 of 4'], fog],
			[['9 of canary-credential', '3 of 4']],
			[['3 of 4']],
			[['9 of canary-credential'], fog],
		];
		for (const [says, failure] of looks) {
			told = says;
			breaks = failure;
			const { logs, ...look } = await poll({}, { staticData });
			expect(look.error !== undefined).toBe(failure !== undefined);
			staticData = look.staticData;
			const warned = logs.filter(({ level }) => level === 'warn');
			warnings.push(warned.map(({ message }) => message));
		}
		const [nine, three] = ['Trigger: 9 of [redacted]', 'Trigger: 3 of 4'];
		expect(warnings).toEqual([[nine], [nine], [three], [nine, three], [], [nine]]);
	});

	it('says what it has to say of a list once, until that is another thing or has come back', async () => {
		const warnings: string[][] = [];
		let staticData: IDataObject = {};
		for (const says of [['9 of 12'], ['9 of 12'], ['9 of 13', '9 of 12'], [], ['9 of 13']]) {
			told = says;
			const { logs, ...look } = await poll({}, { staticData });
			staticData = look.staticData;
			const warned = logs.filter(({ level }) => level === 'warn');
			warnings.push(warned.map(({ message }) => message));
		}
		const [first, other] = ['Trigger: 9 of 12', 'Trigger: 9 of 13'];
		expect(warnings).toEqual([[first], [], [other], [], [other]]);
		// Of another credential's list, it is news.
		const node = { credentials: { [TOY_CREDENTIAL]: { id: 'other', name: 'Other' } } };
		const { logs } = await poll({}, { staticData, node });
		expect(logs.filter(({ message }) => message === other)).toHaveLength(1);
	});

	it('starts anew where the same credential leads to another place', async () => {
		const at = (site: string) => withToyCredential({ site, token: 'one' });
		const { staticData } = await poll({}, at('north'));
		birds = ['red2', 'red3'];
		const south = await poll({}, { ...at('south'), staticData });
		expect(south.items).toBeNull();
		birds.push('red4');
		const again = { ...withToyCredential({ site: 'south', token: 'two' }) };
		const same = await poll({}, { ...again, staticData: south.staticData });
		expect(idsOf(same)).toEqual(['red4']);
	});

	it('starts anew with another event, or another credential', async () => {
		const { staticData } = await poll();
		const sung = await poll({ event: 'sang', since: '2026-01-09T17:50:00Z' }, { staticData });
		expect(sung.items?.[0]?.json.memory).toBeNull();
		birds.push('red2');
		const node = { credentials: { [TOY_CREDENTIAL]: { id: 'other', name: 'Other' } } };
		expect(await poll({}, { staticData, node })).toMatchObject({ items: null, error: undefined });
	});

	it('does not read what another choice hides, though n8n keeps it', async () => {
		const colours = async (kind: string) => {
			const { items } = await poll({ event: 'flew', kind, colour: 'red' });
			return items?.map(({ json }) => json.colour);
		};
		expect(await colours('={{ "bird" }}')).toEqual(['red']);
		expect(await colours('={{ "plane" }}')).toEqual(['']);
	});

	it('takes times as those of the workflow’s time zone', async () => {
		const { items } = await poll(
			{ event: 'sang', since: '2026-01-09T17:50:00' },
			{ timezone: 'America/New_York' },
		);
		expect(items?.[0]?.json.since).toBe(Date.parse('2026-01-09T22:50:00Z'));
	});

	it('keeps to the pace of the vendor and to its time limit', async () => {
		await poll();
		await poll({ options: { timeout: 1_234 } });
		expect(connections).toEqual([
			{ timeout: 60_000, perSecond: 3 },
			{ timeout: 1_234, perSecond: 3 },
		]);
	});
});

describe('a test run in the editor', () => {
	it('gives the latest, and remembers nothing', async () => {
		birds = Array.from({ length: 9 }, (_, index) => `red${index}`);
		const result = await poll({}, { mode: 'manual' });
		expect(idsOf(result)).toEqual(['red8', 'red7', 'red6', 'red5', 'red4']);
		expect(result.staticData).toEqual({});
	});

	it('says so when there is nothing yet', async () => {
		birds = [];
		const { error } = await poll({}, { mode: 'manual' });
		expect(error?.message).toBe('There is nothing yet that this event would report');
	});
});

describe('parameters', () => {
	it.each<[IDataObject, string]>([
		[{ colour: 'ultramarine' }, "'Colour' is too long"],
		[{ event: 'none' }, 'This event does not exist'],
		[{ options: { timeout: -1 } }, "'Timeout' must be a number of milliseconds greater than 0"],
	])('that cannot be used are refused: %j', async (parameters, message) => {
		const { error } = await poll(parameters);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.message).toBe(message);
	});

	it('are those of the event', () => {
		const { properties } = new BirdTrigger().description;
		const node = { typeVersion: 1 } as INode;
		const shown = (event: string) =>
			properties
				.filter((property) => NodeHelpers.displayParameter({ event }, property, node, null))
				.map(({ name }) => name);
		expect(shown('arrived')).toEqual(['event', 'colour', 'simplify', 'options']);
		expect(shown('sang')).toEqual(['event', 'since', 'simplify', 'options']);
		expect(properties[0]).toMatchObject({
			default: 'arrived',
			options: [{ value: 'sang' }, { value: 'arrived' }, { value: 'flew' }],
		});
	});
});
