import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { timeout } from './description';
import { toNodeError } from './failure';
import type { Vendor } from './operation';

/**
 * Fills a list in the editor from the vendor.
 *
 * @throws n8n's own error, without secrets, when the vendor refuses
 */
export async function loadOptions<Api>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Api>,
	load: (api: Api) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	const secrets: string[] = [];
	try {
		const api = await vendor.connect(context, { timeout: Number(timeout.default), perSecond: 0 });
		secrets.push(...api.secrets);
		return await load(api);
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0, secrets);
	}
}
