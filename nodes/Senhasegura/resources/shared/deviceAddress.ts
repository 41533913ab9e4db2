import { z } from 'zod';
import { group, param } from '../../../shared/param';
import { requiredText } from '../../../shared/input';

/** An address in the form of four numbers is meant as IPv4 and must be one. */
const DOTTED = /^[\d.]+$/;
const HOST_NAME =
	/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/**
 * The vault's own records hold addresses and, for some devices, DNS names (docs/api/senhasegura.md,
 * "Listing credentials" and "Storing a credential").
 */
export const address = requiredText.refine(
	(value) =>
		z.string().ip().safeParse(value).success || (!DOTTED.test(value) && HOST_NAME.test(value)),
	'must be an IP address or a DNS name',
);

/**
 * A host name in the vault is a label of its administrator's making, spaces included
 * (docs/api/senhasegura.md, "Storing an SSH key").
 */
export const isDeviceName = (value: string) =>
	value.length <= 255 && !/[\p{Cc}\u2028\u2029]/u.test(value);

export const deviceName = requiredText.refine(
	isDeviceName,
	'is too long or has control characters',
);

/** Where a key or a credential belongs. */
export const deviceAddress = group(
	param(
		{
			displayName: 'IP',
			name: 'ip',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 10.66.33.15',
			description: 'The address of the main device, as it is registered in the vault',
		},
		address,
	),
	param(
		{
			displayName: 'Hostname',
			name: 'hostname',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. web-01',
			description: 'The host name of the main device, as it is registered in the vault',
		},
		deviceName,
	),
);
