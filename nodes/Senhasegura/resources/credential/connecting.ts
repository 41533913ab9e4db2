import type { z } from 'zod';
import { group } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { demandAll, text, toggle } from './setting';

/** The credential that connects to the device, where it is not the credential itself. */
const connectingFields = [
	text('authentication_credential', 'Authentication Credential', 'authenticationCredential', {
		description: 'The username of the credential that connects to the device',
		placeholder: 'e.g. root',
	}),
	text('authentication_hostname', 'Authentication Hostname', 'authenticationHostname', {
		description: 'The host name of the credential that connects to the device',
		placeholder: 'e.g. web-01',
	}),
	text('authentication_ip', 'Authentication IP', 'authenticationIp', {
		description: 'The IP address of the credential that connects to the device',
		placeholder: 'e.g. 10.66.33.15',
	}),
] as const;

const ownCredential = toggle(
	'use_own_credential_to_connect',
	'Use Own Credential to Connect',
	'useOwnCredential',
	'Whether the credential itself connects to the device. If not, the three authentication fields name the one that does.',
);

/** How the vault connects to the device. */
export const connecting = group(ownCredential, ...connectingFields);

/**
 * Without a credential of its own, another one must be named (docs/api/senhasegura.md, "Storing a
 * credential").
 */
export function checkConnecting(
	values: Partial<ValuesOf<[typeof connecting]>>,
	context: z.RefinementCtx,
): void {
	if (values.use_own_credential_to_connect !== false) return;
	demandAll(
		connectingFields,
		values,
		"is required where 'Use Own Credential to Connect' is off",
		context,
	);
}
