import { resource } from '../shared/operation';
import { create } from './create.operation';
import { disable } from './disable.operation';
import { get } from './get.operation';

/** Texts in the vault that are no credentials; the vendor has replaced them by MySafe. */
export const protectedInformation = resource({
	name: 'Protected Information (Deprecated)',
	value: 'protectedInformation',
	operations: [get, create, disable],
});
