import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { asId, asText } from '../../../shared/fields';
import { records } from '../shared/answers';
import { vaultTime } from '../shared/vaultTime';

/** The list, and one session as a list of one (fact sheet 8). */
export const sessions = z
	.object({ remote_sessions: records })
	.transform(({ remote_sessions: list }) => list);

/** A session; names and one value are half Portuguese in the vendor's answer. */
export function sessionResult(session: IDataObject, zone: string | undefined): Result {
	const started = vaultTime(session.start, zone);
	const ended = vaultTime(session.end, zone);
	return {
		item: {
			vendor: 'senhasegura',
			type: 'session',
			id: asId(session.id),
			sessionId: asText(session.session_id),
			user: asText(session.user),
			credential: asText(session.credencial),
			device: asText(session.dispositivo),
			protocol: asText(session.protocol),
			proxy: asText(session.proxy),
			originIp: asText(session.origin_ip),
			startedAt: started.at,
			startedAtServerTime: started.serverTime,
			endedAt: ended.at,
			endedAtServerTime: ended.serverTime,
			running: ended.serverTime === null,
			durationSeconds: seconds(session.time),
			governanceCode: asText(session.ITSM),
			preventPurge: portugueseBoolean(session.prevent_purge),
		},
		raw: session,
	};
}

/** `HH:mm:ss`, more than a day included. */
function seconds(time: unknown): number | null {
	const parts = /^(\d+):([0-5]\d):([0-5]\d)$/.exec(asText(time) ?? '');
	return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : null;
}

function portugueseBoolean(value: unknown): boolean | null {
	const text = asText(value)?.toLowerCase() ?? '';
	if (/^(sim|yes|true|1)$/.test(text)) return true;
	return /^(não|nao|no|false|0)$/.test(text) ? false : null;
}
