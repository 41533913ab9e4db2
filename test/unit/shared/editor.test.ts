import type { ILoadOptionsFunctions, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { z } from 'zod';
import { LIST_PAGE, optionList, searchList } from '../../../nodes/shared/editor';
import type { Entries } from '../../../nodes/shared/editor';
import { editorMethods } from '../../../nodes/shared/editorMethods';
import { Failure } from '../../../nodes/shared/failure';
import type { RunSettings, Vendor } from '../../../nodes/shared/operation';
import { node } from './support';

interface Api {
	place: string;
	secrets: string[];
}

const settingsSeen: RunSettings[] = [];
const vendor: Vendor<Api> = {
	resources: [],
	credential: () => ({ type: 'roleApi' }),
	connect: (_, _credentials, settings) => {
		settingsSeen.push(settings);
		return { place: 'home', secrets: ['canary-token'] };
	},
	itemOptions: {
		fields: [{ displayName: 'Place', name: 'place', type: 'string', default: '' }],
		input: z.object({ place: z.string().optional() }),
		apply: (api, options) => ({ ...api, ...(options as Partial<Api>) }),
	},
};

const contextOf = (parameters: INodeParameters = {}) =>
	({
		getNode: () => node,
		getCredentials: async () => ({}),
		getCurrentNodeParameter: (name: string) => parameters[name],
	}) as unknown as ILoadOptionsFunctions;

const named = (...names: string[]): INodePropertyOptions[] =>
	names.map((name) => ({ name, value: name }));

/** Fills a list to choose several of. */
async function options(
	load: (api: Api) => Promise<INodePropertyOptions[] | Entries>,
	parameters?: INodeParameters,
	wayOut?: string,
) {
	const list = optionList({ name: 'getThings', load, ...(wayOut && { wayOut }) });
	return await editorMethods(vendor, [list]).loadOptions.getThings.call(contextOf(parameters));
}

/** A page of a resource locator's list. */
async function page(load: (from: number) => INodePropertyOptions[] | Entries, token?: string) {
	const list = searchList({ name: 'searchThings', load: async (_: Api, { from }) => load(from) });
	const { searchThings } = editorMethods(vendor, [list]).listSearch;
	return await searchThings.call(contextOf(), '', token);
}

const many = (count: number) => named(...Array.from({ length: count }, (_, index) => `e${index}`));

describe('the entries of a list', () => {
	it('are what was loaded, with one minute of patience', async () => {
		settingsSeen.length = 0;
		expect(await options(async () => named('b', 'a'))).toEqual(named('b', 'a'));
		const patience = { timeout: 60_000, perSecond: 0, rateLimitWait: 10_000 };
		expect(settingsSeen).toEqual([{ ...patience, onTold: expect.any(Function) as unknown }]);
	});

	it.each<[string, INodePropertyOptions[] | Entries, string | undefined]>([
		['a short page ends it', many(3), undefined],
		['a whole page has another after it', many(LIST_PAGE), '100'],
		['what is told of more counts', { entries: many(3), more: true }, '3'],
		['what is told of no more counts', { entries: many(LIST_PAGE), more: false }, undefined],
	])('come in pages: %s', async (_, loaded, token) => {
		const { results, paginationToken } = await page(() => loaded);
		expect(results).toEqual(Array.isArray(loaded) ? loaded : loaded.entries);
		expect(paginationToken).toBe(token);
	});

	it('go on after those of the page before', async () => {
		const { results, paginationToken } = await page((from) => named(`${from}`), '200');
		expect(results).toEqual(named('200'));
		expect(paginationToken).toBeUndefined();
	});
});

describe('a list that is not whole', () => {
	const note = 'There are more';
	const entry = { name: note, value: '', disabled: true };

	it('says so before its entries, and chosen it means nothing', async () => {
		expect(await options(async () => ({ entries: named('a'), note }))).toEqual([
			entry,
			...named('a'),
		]);
	});

	it('says so on its first page only, and does not count it', async () => {
		const loaded = { entries: many(LIST_PAGE), note };
		const first = await page(() => loaded);
		expect(first.results).toEqual([entry, ...loaded.entries]);
		expect(first.paginationToken).toBe('100');
		expect((await page(() => loaded, '100')).results).toEqual(loaded.entries);
	});
});

describe('a list of which the vendor counts more than it gives', () => {
	const told = 'The list of things may not be whole: 3 are counted, and 1 were returned.';
	const entry = { name: told, value: '', disabled: true };
	const tell = () => settingsSeen.at(-1)?.onTold?.(told);

	it('says so once, on whichever page that shows', async () => {
		const inOnePiece = async () => {
			tell();
			tell();
			return named('a');
		};
		expect(await options(inOnePiece)).toEqual([entry, ...named('a')]);
		const inPages = () => {
			tell();
			return { entries: named('b'), note: 'There are more' };
		};
		expect((await page(inPages)).results[1]).toEqual(entry);
		expect((await page(inPages, '100')).results).toEqual([entry, ...named('b')]);
	});
});

describe('a list that reads another parameter', () => {
	const list = searchList({
		name: 'searchParts',
		reads: ['whole.value', 'kind'],
		load: async (_: Api, { parameter }) =>
			named(String(parameter('whole')), String(parameter('kind'))),
	});

	it('gets it, and tells n8n of it', async () => {
		const context = contextOf({ whole: '7', kind: 'x' });
		const { searchParts } = editorMethods(vendor, [list]).listSearch;
		expect((await searchParts.call(context)).results).toEqual(named('7', 'x'));
		expect(list.dependsOn).toEqual(['whole.value', 'kind']);
	});

	it('cannot read what it does not tell', async () => {
		const other = searchList({
			name: 'searchOthers',
			load: async (_: Api, { parameter }) => named(String(parameter('whole' as never))),
		});
		const { searchOthers } = editorMethods(vendor, [other]).listSearch;
		await expect(searchOthers.call(contextOf({ whole: '7' }))).rejects.toThrow(
			"The list searchOthers reads 'whole' and does not declare it",
		);
	});
});

describe('a list of a vendor with places', () => {
	const placeOf = async (parameters: INodeParameters) =>
		await options(async ({ place }) => named(place), parameters);

	it('is that of the place that the options name', async () => {
		expect(await placeOf({})).toEqual(named('home'));
		expect(await placeOf({ options: { timeout: 5 } })).toEqual(named('home'));
		expect(await placeOf({ options: { place: 'away' } })).toEqual(named('away'));
	});

	it.each([null, '={{ $json.place }}'])('says that nobody knows it yet: %j', async (place) => {
		await expect(placeOf({ options: { place } })).rejects.toThrow(
			"The list depends on 'Place', whose expression has no value yet",
		);
	});
});

describe('a list that cannot be filled', () => {
	const refused =
		(details: object = {}) =>
		async () => {
			throw new Failure('No canary-token', { kind: 'refused', code: '403', ...details });
		};

	it('is n8n’s own error, without secrets, and says what to do instead', async () => {
		const failing = options(refused(), {}, 'Type it');
		await expect(failing).rejects.toBeInstanceOf(NodeApiError);
		await expect(failing).rejects.toMatchObject({
			message: 'No [redacted], so the list cannot be filled. Type it',
			httpCode: '403',
		});
		await expect(options(refused())).rejects.toThrow(/into an expression and give the IDs/);
		const list = searchList({ name: 'searchThings', load: refused() });
		const { searchThings } = editorMethods(vendor, [list]).listSearch;
		await expect(searchThings.call(contextOf())).rejects.toThrow("Choose 'By ID'");
	});

	it.each([
		['a credential that is refused', { declared: { cause: 'credential-invalid' } }],
		['a vendor that cannot be reached', { kind: 'notSent' }],
	])('says nothing of typing where the run would fail, too: %s', async (_, details) => {
		await expect(options(refused(details))).rejects.toMatchObject({ message: 'No [redacted]' });
	});

	it('says so where the credential cannot be used', async () => {
		const connect = () => {
			throw new Error('No credential');
		};
		const list = optionList({ name: 'getThings', load: async () => [] });
		const { getThings } = editorMethods({ ...vendor, connect }, [list]).loadOptions;
		await expect(getThings.call(contextOf())).rejects.toMatchObject({
			message: 'No credential',
			node,
		});
	});
});
