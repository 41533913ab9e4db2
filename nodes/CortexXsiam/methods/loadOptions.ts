import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { CortexXsiamApi } from '../api/client';
import { loadOptions } from '../../shared/editor';
import { Failure } from '../../shared/failure';
import { cortexXsiam } from '../resources';

/** The tenant's roles by display name, which is what the API wants (fact sheet 4.2). */
export async function getRoles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, cortexXsiam, async (api: CortexXsiamApi) => {
		const names = await api.roleNames().catch((failure: unknown) => {
			throw withWayOut(failure);
		});
		return names.map((name) => ({ name, value: name }));
	});
}

/** A key that may issue keys need not be one that may see roles. The editor shows the message only. */
function withWayOut(failure: unknown): unknown {
	if (!(failure instanceof Failure) || !['403', '404'].includes(String(failure.code)))
		return failure;
	return failure.with({
		message: `${failure.message}, so roles cannot be listed. Turn the field into an expression and type their display names, separated by commas`,
	});
}
