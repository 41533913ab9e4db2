import { resource } from '../shared/operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';
import { sign } from './sign.operation';

/** Requests for certificates, which become certificates when they are signed. */
export const certificateRequest = resource({
	name: 'Certificate Request',
	value: 'certificateRequest',
	operations: [create, getAll, sign],
});
