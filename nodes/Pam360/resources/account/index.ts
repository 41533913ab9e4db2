import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { downloadFile } from './downloadFile.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { share } from './share.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const account = resource({
	name: 'Account',
	value: 'account',
	operations: [getAll, create, remove, downloadFile, get, share, update, upsert],
});
