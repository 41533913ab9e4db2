import type { Pam360Api } from '../api/client';
import { DURATIONS } from '../resources/audit/auditLog';
import { isOneOf, operationTypes } from '../resources/audit/operationTypes';
import { vendorValues } from '../../shared/input';
import type { Result } from '../../shared/operation';
import { param } from '../../shared/param';
import { triggerEvent } from '../resources/shared/operation';
import { newestFirst, sinceLastLook } from '../../shared/watch';
import { checkOfZone, recordsOf, recordsSince, wrongZone } from './auditTrail';
import type { TimedRecord, ZoneCheck } from './auditTrail';

/** `GET /audit`. Source: docs/api/pam360.md, "Audit". */
export const auditRecord = triggerEvent({
	name: 'New Audit Record',
	value: 'auditRecord',
	action: 'On new audit record',
	description: 'When something was done in PAM360, such as a password that was retrieved',
	params: [
		param(
			{
				displayName: 'Audit Types',
				name: 'auditTypes',
				type: 'multiOptions',
				required: true,
				options: [
					{ name: 'Resource', value: 'Resource', description: 'What was done to resources' },
					{ name: 'User', value: 'User', description: 'What was done to and by users' },
				],
				default: ['Resource', 'User'],
				description: 'Which trails to watch',
			},
			vendorValues.refine((types) => types.length > 0, 'is required'),
		),
		operationTypes,
	],
	async look(api, { auditTypes, operationTypes: wanted }, memory) {
		let check: ZoneCheck | undefined;
		const look = await sinceLastLook(
			memory,
			async (since) => {
				const { records, zoneCheck } = await recordsSince(api, auditTypes, since);
				check = zoneCheck;
				return records;
			},
			async () => await newestTime(api, auditTypes),
		);
		const zone = api.serverTimeZone;
		const isWrong = check?.isRight === false;
		// Said once for each zone, not at each look.
		const saidOf = isWrong ? zone : check ? undefined : memory?.wrongZone;
		return {
			results: look.results.filter((result) => isOneOf(result, wanted)),
			memory: { ...look.memory, ...(saidOf !== undefined && { wrongZone: saidOf }) },
			hints: check && isWrong && memory?.wrongZone !== zone ? [wrongZone(zone, check)] : [],
		};
	},
	async latest(api, { auditTypes, operationTypes: wanted }, count): Promise<Result[]> {
		// Those of the wanted operations may be anywhere.
		const since = wanted.length > 0 ? -Infinity : Infinity;
		const found = new Map<string, TimedRecord>();
		for (const duration of DURATIONS) {
			for (const record of await recordsOf(api, auditTypes, duration, since)) {
				if (isOneOf(record.result, wanted)) found.set(record.id, record);
			}
			if (found.size >= count) break;
		}
		const check = checkOfZone([...found.values()], api.serverTimeZone);
		const hints = check?.isRight === false ? [wrongZone(api.serverTimeZone, check)] : [];
		return newestFirst([...found.values()], count).map((result) => ({ ...result, hints }));
	},
});

async function newestTime(api: Pam360Api, types: string[]): Promise<number | undefined> {
	for (const duration of DURATIONS) {
		const records = await recordsOf(api, types, duration, Infinity);
		if (records.length > 0) {
			return records.reduce((newest, { time }) => Math.max(newest, time), -Infinity);
		}
	}
	return undefined;
}
