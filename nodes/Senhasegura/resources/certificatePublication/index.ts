import { resource } from '../shared/operation';
import { getAll } from './getAll.operation';

/** What has been scheduled to be put on devices, and what became of it. */
export const certificatePublication = resource({
	name: 'Certificate Publication',
	value: 'certificatePublication',
	operations: [getAll],
});
