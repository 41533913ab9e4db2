import { signSenhaseguraRequest } from './api/signing';
import { credentialCheck } from '../shared/credentialCheck';
import { senhasegura } from './resources';
import { listDevices } from './resources/device/deviceItem';

/**
 * Of OAuth 1.0: the list of devices, which needs PAM Core and takes no custody. A credential of OAuth 2.0
 * is tested by n8n itself, whose engine fetches the token.
 */
export const testOAuth1Credential = credentialCheck({
	vendor: senhasegura,
	sign: signSenhaseguraRequest,
	parameters: { authentication: 'oAuth1' },
	call: listDevices,
});
