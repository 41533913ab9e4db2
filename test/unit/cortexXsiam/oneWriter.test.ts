import type { IDataObject } from 'n8n-workflow';
import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { dataset } from '../../../nodes/CortexXsiam/resources/dataset';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import { call } from '../shared/support';
import { reply } from './support';

/** A tenant that answers when it is told to. */
function slowTenant() {
	const waiting: Array<{ name: unknown; answer(): void }> = [];
	const send = async ({ body }: Request) =>
		await new Promise<Reply>((resolve) => {
			const { request_data: data } = JSON.parse(body ?? '{}') as { request_data: IDataObject };
			const text = JSON.stringify({ added: 1, updated: 0, skipped: 0, deleted: 1 });
			waiting.push({
				name: data.dataset_name,
				answer: () => resolve(reply({ status: 200, text })),
			});
		});
	const api = new CortexXsiamApi({ send } as unknown as Transport, {
		url: 'https://api-acme.xdr.us.paloaltonetworks.com',
		apiKey: 'k'.repeat(128),
		apiKeyId: '7',
		securityLevel: 'standard',
	});
	let calls = 0;
	const write = async (operation: string, parameters: IDataObject) => {
		const own = { ...call, identity: [...call.identity, String(++calls)] };
		const found = dataset.operations.find(({ value }) => value === operation)!;
		return await (found.run(api, found.input.parse(parameters), own) as Promise<unknown>);
	};
	return { waiting, write };
}

/** Until nothing goes on by itself any more. */
const settle = async () => {
	for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a lookup dataset, which may lose rows that two write at once', () => {
	it('has one writer at a time, whatever the items of a run do', async () => {
		const { waiting, write } = slowTenant();
		const rows = '[{"uid":"1"}]';
		const all = Promise.all([
			write('upsertRows', { dataset: 'keys', rows }),
			write('upsertRows', { dataset: 'Keys', rows }),
			write('removeRows', { dataset: 'keys', match: rows }),
			write('delete', { dataset: 'keys' }),
			write('upsertRows', { dataset: 'others', rows }),
		]);
		await settle();
		expect(waiting.map(({ name }) => name)).toEqual(['keys', 'others']);
		for (let done = 0; done < 5; done++) {
			waiting[done]?.answer();
			await settle();
			expect(waiting.length).toBe(Math.min(5, done < 1 ? 3 : done + 2));
		}
		await all;
	});
});
