import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { SenhaseguraApi } from '../../../nodes/Senhasegura/api/client';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import { reply } from './support';

/** An API whose calls a function answers; they are recorded, and so is what users are to know of them. */
export function answeredApi(
	answer: (request: Request) => Partial<Reply> & { json?: object },
	credential: ICredentialDataDecryptedObject = {},
) {
	const sent: Request[] = [];
	const told: string[] = [];
	const transport = {
		send: async (request: Request): Promise<Reply> => {
			sent.push(request);
			const { json, ...rest } = answer(request);
			return await Promise.resolve(reply({ ...(json && { text: JSON.stringify(json) }), ...rest }));
		},
		tell: (what: string) => void told.push(what),
	} as unknown as Transport;
	const credentials = { url: 'https://vault.example.com', ...credential };
	return { api: new SenhaseguraApi(transport, credentials), sent, told };
}

export async function listOf(records: AsyncIterable<IDataObject>): Promise<IDataObject[]> {
	const list: IDataObject[] = [];
	for await (const record of records) list.push(record);
	return list;
}
