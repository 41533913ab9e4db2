import { asText } from '../../../shared/read';
import { wholeList } from '../shared/answers';
import { vaultList } from '../shared/lists';

/** Remote sessions; the vault gives all of them (docs/api/senhasegura.md, "Sessions"). */
export const sessionList = vaultList(
	'searchSessions',
	async (api) => await wholeList(api, 'session/remotesessions', 'remote_sessions', 'the sessions'),
	({ id, user, dispositivo, start }) =>
		[id, user, dispositivo, start].flatMap((part) => asText(part) ?? []).join(' – '),
);
