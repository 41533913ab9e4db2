import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { asText, isSaid } from '../../../shared/read';
import { readId, readText, readWith } from '../../../shared/item';
import { records } from '../shared/answers';
import { timeFields, vaultTime } from '../shared/vaultTime';
import { item } from '../shared/operation';

/** The list, and one session as a list of one (docs/api/senhasegura.md, "Sessions"). */
export const sessions = z
	.object({ remote_sessions: records })
	.transform(({ remote_sessions: list }) => list);

/**
 * A session; some names and one value are Portuguese in the vendor's answer (docs/api/senhasegura.md,
 * "Sessions").
 */
export function sessionResult(session: IDataObject, zone: string | undefined): Result {
	return {
		item: item('session', {
			id: readId(session.id),
			sessionId: readText(session.session_id),
			user: readText(session.user),
			credential: readText(session.credencial),
			device: readText(session.dispositivo),
			protocol: readText(session.protocol),
			proxy: readText(session.proxy),
			originIp: readText(session.origin_ip),
			...timeFields('startedAt', session.start, zone),
			...timeFields('endedAt', session.end, zone),
			running: isRunning(session.end),
			durationSeconds: readWith(seconds, session.time),
			governanceCode: readText(session.ITSM),
			preventPurge: readWith(portugueseBoolean, session.prevent_purge),
		}),
		raw: session,
	};
}

/** One that has an end is over; null where that is no date. */
function isRunning(end: unknown): boolean | null {
	if (!isSaid(end)) return true;
	return vaultTime(end).serverTime === null ? null : false;
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
