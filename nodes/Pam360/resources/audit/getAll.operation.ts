import { filters, param } from '../../../shared/param';
import { vendorValue } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { operation } from '../shared/operation';
import { auditRecords, auditResult } from './auditLog';
import { isOneOf, operationTypes } from './operationTypes';

/** `GET /audit`. Source: docs/api/pam360.md, "Audit". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many audit records',
	description: 'Get records of the audit trail, in the order in which PAM360 gives them',
	params: [
		param(
			{
				displayName: 'Audit Type',
				name: 'auditType',
				type: 'options',
				options: [
					{ name: 'Resource', value: 'Resource', description: 'What was done to resources' },
					{ name: 'User', value: 'User', description: 'What was done to and by users' },
				],
				default: 'Resource',
				description: 'Which trail to read',
			},
			vendorValue,
		),
		param(
			{
				displayName: 'Duration',
				name: 'duration',
				type: 'options',
				options: [
					{ name: 'Last 7 Days', value: 'LAST_7_DAYS' },
					{ name: 'Today', value: 'TODAY' },
					{ name: 'Yesterday', value: 'YESTERDAY' },
				],
				default: 'TODAY',
				description: "From when on to return records; days are those of the server's time zone",
			},
			vendorValue,
		),
		returnAllOrLimit,
		filters(operationTypes),
	],
	async *run(api, { most, auditType: type, duration, filters: { operationTypes: wanted } }) {
		// PAM360 cannot search the trail: with a filter, records are read until enough are found.
		const toRead = wanted.length > 0 ? Infinity : most;
		let given = 0;
		for await (const record of auditRecords(api, { type, duration, most: toRead })) {
			const result = auditResult(record, type, api.serverTimeZone);
			if (!isOneOf(result, wanted)) continue;
			yield result;
			given += 1;
			if (given >= most) return;
		}
	},
});
