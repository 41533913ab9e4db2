import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { pam360 } from '../../../nodes/Pam360/resources';
import type { Result } from '../../../nodes/shared/operation';
import type { Request, Transport } from '../../../nodes/shared/transport';
import { call } from '../shared/support';
import { reply } from './support';

/** How many records the node asks for at a time. */
const PAGE = 500;
const COUNT = 10_000;

const credentials: ICredentialDataDecryptedObject = {
	url: 'https://pam360.example.com:8282',
	authToken: 't',
};

const ids = (from: number, size: number) =>
	Array.from({ length: Math.max(0, Math.min(size, COUNT - from)) }, (_, index) => from + index + 1);

/** What a list is called, and how a server writes a page of it. */
const lists: Array<[string, IDataObject, (from: number, size: number) => object]> = [
	[
		'account',
		{ resourceId: '1', filters: {} },
		(from, size) => ({
			'RESOURCE ID': '1',
			'ACCOUNT LIST': ids(from, size).map((id) => ({ 'ACCOUNT ID': String(id) })),
		}),
	],
	[
		'resource',
		{ filters: {} },
		(from, size) => ids(from, size).map((id) => ({ 'RESOURCE ID': String(id) })),
	],
	[
		'resourceGroup',
		{ filters: {} },
		(from, size) => ids(from, size).map((id) => ({ resourceGroupId: String(id) })),
	],
	[
		'audit',
		{ auditType: 'User', duration: 'TODAY', filters: {} },
		(from, size) => ids(from, size).map((id) => ({ 'Audit ID': String(id) })),
	],
];

/** Starts the list operation of a resource against a server of `COUNT` records. */
function start(
	resource: string,
	parameters: IDataObject,
	pageOf: (from: number, size: number) => object,
) {
	const sent = { pages: 0, records: 0 };
	const send = async ({ url }: Request) => {
		const { searchParams: query } = new URL(url);
		const [asked] = Object.values(
			(JSON.parse(query.get('INPUT_DATA') ?? '{}') as { operation?: object }).operation ?? {},
		) as Array<Record<string, number>>;
		const from = asked?.STARTINDEX ?? asked?.startIndex ?? Number(query.get('STARTINDEX'));
		const size = asked?.LIMIT ?? asked?.limit ?? Number(query.get('LIMIT'));
		sent.pages += 1;
		sent.records += ids(from, size).length;
		const result = { status: 'Success', message: '' };
		return reply({ operation: { result, totalRows: COUNT, Details: pageOf(from, size) } });
	};
	const api = new Pam360Api({ send } as unknown as Transport, credentials);
	const operation = pam360.resources
		.find(({ value }) => value === resource)!
		.operations.find(({ value }) => value === 'getAll')!;
	const input: unknown = operation.input.parse(parameters);
	return { sent, results: operation.run(api, input, call) as AsyncGenerator<Result> };
}

describe.each(lists)('a long list, %s: Get Many,', (resource, parameters, pageOf) => {
	it('is read as it is handed over: never more than a page ahead', async () => {
		const { sent, results } = start(resource, { ...parameters, returnAll: true }, pageOf);
		expect(sent.pages).toBe(0);
		const seen = new Set<unknown>();
		for await (const { item } of results) {
			seen.add(item.id);
			// Each page repeats the last record of the one before it.
			const fresh = sent.records - (sent.pages - 1);
			if (fresh - seen.size >= PAGE) throw new Error(`${fresh} read for ${seen.size} given`);
		}
		expect(seen.size).toBe(COUNT);
	});

	it.each([1, 50, PAGE, PAGE + 1, 1234])('is read no further than a limit of %d', async (limit) => {
		const { sent, results } = start(resource, { ...parameters, limit }, pageOf);
		const seen = new Set<unknown>();
		for await (const { item } of results) seen.add(item.id);
		expect(seen.size).toBe(limit);
		expect(sent.records - (sent.pages - 1)).toBe(limit);
	});

	it('is read no further than what is taken of it', async () => {
		const { sent, results } = start(resource, { ...parameters, returnAll: true }, pageOf);
		for (let taken = 0; taken < 3; taken++) await results.next();
		await results.return(undefined);
		expect(sent).toEqual({ pages: 1, records: PAGE });
	});
});
