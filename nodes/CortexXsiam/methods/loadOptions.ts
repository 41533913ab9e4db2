import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { CortexXsiamApi } from '../api/client';
import { loadOptions } from '../../shared/editor';
import { cortexXsiam } from '../resources';

/** The tenant's roles by display name, which is what the API wants (fact sheet 4.2). */
export async function getRoles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, cortexXsiam, async (api: CortexXsiamApi) => {
		const names = await api.roleNames();
		return names.map((name) => ({ name, value: name }));
	});
}
