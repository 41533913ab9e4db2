import { resource as resourceOf } from '../shared/operation';
import { configurePasswordReset } from './configurePasswordReset.operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getTypes } from './getTypes.operation';
import { restoreFromTrash } from './restoreFromTrash.operation';
import { share } from './share.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const resource = resourceOf({
	name: 'Resource',
	value: 'resource',
	operations: [
		getAll,
		configurePasswordReset,
		create,
		remove,
		get,
		getTypes,
		restoreFromTrash,
		share,
		update,
		upsert,
	],
});
