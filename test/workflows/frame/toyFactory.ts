import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import { instant, requiredText } from '../../../nodes/shared/input';
import type { Result, RunSettings, Vendor } from '../../../nodes/shared/operation';
import { runNode } from '../../harness';
import { additionalFields, operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, field, toyNode, withToyCredential } from './support';

export const TYPE = 'n8n-nodes-privileged-keys.toy';

/** What happens at a vendor that makes toys, and how an item is held up there. */
export class Factory {
	settings: RunSettings[] = [];

	readonly started: string[] = [];

	readonly secrets = ['canary-credential'];

	now = 0;

	peak = 0;

	/** Called for each toy once it was begun; its promise is waited for. */
	hold: (title: string) => Promise<void> = async () => {};

	async make(title: string, fate: string): Promise<Result | Result[]> {
		this.started.push(title);
		this.now += 1;
		this.peak = Math.max(this.peak, this.now);
		await this.hold(title);
		this.now -= 1;
		switch (fate) {
			case 'refused':
				throw new Failure(`No more ${title}`, { kind: 'refused', description: 'Ask for less.' });
			case 'lost':
				throw new Failure(`Nobody knows of ${title}`, { kind: 'lost' });
			case 'crash':
				throw new TypeError(`Bug at ${title}`);
			case 'two':
				return [toy(`${title}1`), toy(`${title}2`)];
			case 'identified':
				return { ...toy(title), item: { id: title, identifier: 'teddy' } };
			case 'unnumbered':
				return { ...toy(title), item: { id: null, identifier: 'teddy' } };
			case 'named':
				return { ...toy(title), item: { id: null, name: 'bear', expiresAt: '2026-01-09' } };
			case 'dated':
				return { ...toy(title), item: { expiresAt: null, expiresAtServerTime: '2026-01-09' } };
			case 'nameless':
				return { ...toy(title), item: {} };
			case 'succeeding':
				return { ...toy(title), ifNotReturned: 'in place of t9, which is gone' };
			case 'warned':
				return { ...toy(title), hints: ['Handle with care', `About ${title}`] };
			default:
				return toy(title);
		}
	}
}

function toy(title: string): Result {
	const item: IDataObject = {
		vendor: 'toys',
		type: 'toy',
		id: title,
		secret: `secret-of-${title}`,
	};
	return { item, raw: { answer: { key: `secret-of-${title}` } } };
}

/** That of the test. */
export let factory = new Factory();

/** For `beforeEach`. */
export function buildFactory(): void {
	factory = new Factory();
}

const make = operation({
	name: 'Make',
	value: 'make',
	action: 'Make a toy',
	description: 'Make a toy',
	issues: 'toy',
	secretPaths: ['answer.key'],
	fields: [
		field('remark', { type: 'notice' }),
		field('title'),
		field('fate', { default: 'good' }),
		field('password', { typeOptions: { password: true } }),
		field('start', { type: 'dateTime' }),
		additionalFields(
			field('end', { type: 'dateTime' }),
			field('pin', { typeOptions: { password: true } }),
		),
	],
	input: z.object({
		title: requiredText,
		fate: z.string(),
		password: z.string(),
		start: z.union([z.literal(''), instant]),
		additionalFields: z.object({ end: instant.optional(), pin: z.string().optional() }),
	}),
	async run(api: Factory, { title, fate, password, start, additionalFields: { end, pin } }) {
		if (fate === 'times') return { item: { start, end: end ?? null }, raw: {} };
		if (fate === 'echo') throw new Error(`said ${password} and ${pin} and canary-credential`);
		return await api.make(title, fate);
	},
});

const look = operation({
	name: 'Look',
	value: 'look',
	action: 'Look at a toy',
	description: 'Look at a toy',
	fields: [],
	input: z.object({}),
	async run(api: Factory): Promise<Result> {
		await api.hold('look');
		return { item: { seen: true }, raw: {} };
	},
});

export const vendor: Vendor<Factory> = {
	resources: [{ name: 'Toy', value: 'toy', operations: [make, look] }],
	perSecond: 1000,
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: (_, _credentials, settings) => {
		factory.settings.push(settings);
		return factory;
	},
};

export const Toy = toyNode('Toy', vendor);

export const parameters = {
	resource: 'toy',
	operation: 'make',
	title: '={{ $json.title }}',
	fate: '={{ $json.fate ?? "good" }}',
};

interface Options extends Partial<Pick<INode, 'onError'>> {
	parameters?: IDataObject;
	options?: IDataObject;
}

export function run(items: IDataObject[], { onError, options = {}, ...more }: Options = {}) {
	return runNode({
		node: {
			type: TYPE,
			parameters: { ...parameters, options, ...more.parameters } as INode['parameters'],
			...(onError && { onError }),
		},
		items: items.map((json) => ({ json })),
		nodeTypes: { [TYPE]: Toy },
		...withToyCredential(),
	});
}

export const titles = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
export const toys = (count: number) => titles(count).map((title) => ({ title, mine: `${title}!` }));
