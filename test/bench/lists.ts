import { credentialFor, runVendor } from '../workflows/vendors';
import { measure } from './measure';
import type { Figures } from './measure';
import type { Servers } from './servers';

/** What reading a long list takes. */
export interface ListFigures extends Figures {
	rows: number;
}

/** Reads all resources of PAM360, in pages of 500, as simplified items. */
export async function readList(servers: Servers, rows: number): Promise<ListFigures> {
	await servers.empty({ resources: rows });
	let read = 0;
	const figures = await measure(async () => {
		const { items, nodeError } = await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: { resource: 'resource', operation: 'getAll', returnAll: true },
			credentials: { pam360Api: credentialFor.pam360Api(servers.urls.pam360) },
		});
		if (nodeError) throw new Error(nodeError.message);
		read = items.length;
	});
	if (read < rows) throw new Error(`Of ${rows} rows, ${read} were read`);
	return { ...figures, rows: read };
}
