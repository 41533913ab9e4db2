import type { CortexXsiamApi } from '../../api/client';
import { optionList } from '../../../shared/editor';
import { grants, readPermissionTree } from './permissionTree';

/** Everything that a role can permit. */
export const permissionOptions = optionList({
	name: 'getPermissions',
	wayOut: 'Turn the field into an expression and give their names, separated by commas',
	load: async (api: CortexXsiamApi) =>
		grants(await readPermissionTree(api)).sort((a, b) => a.name.localeCompare(b.name)),
});
