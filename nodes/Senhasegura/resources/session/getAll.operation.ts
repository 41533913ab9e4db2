import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { flag, optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { sessionResult, sessions } from './sessionItem';

const wanted = z.object({
	credential: optionalText,
	device: optionalText,
	protocol: optionalText,
	running: flag.optional(),
	user: optionalText,
});

/** `GET session/remotesessions`, all in one. Source: senhasegura A2A, "Proxy API"; fact sheet 8. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sessions',
	description:
		'Get the remote sessions. The vault always gives all of them, which can be many: a limit or a filter makes the output shorter, not the answer.',
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Credential',
				name: 'credential',
				type: 'string',
				default: '',
				placeholder: 'e.g. root',
				description: 'A part of the username of the credential. The node applies it.',
			},
			{
				displayName: 'Device',
				name: 'device',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-01',
				description: 'A part of the device’s address. The node applies it.',
			},
			{
				displayName: 'Protocol',
				name: 'protocol',
				type: 'string',
				default: '',
				placeholder: 'e.g. ssh',
				description: 'The protocol of the session. The node applies it.',
			},
			{
				displayName: 'Running',
				name: 'running',
				type: 'boolean',
				default: true,
				description:
					'Whether to return sessions that have not ended, or those that have. The node applies it.',
			},
			{
				displayName: 'User',
				name: 'user',
				type: 'string',
				default: '',
				placeholder: 'e.g. Admin',
				description: 'A part of the name of the user of the vault. The node applies it.',
			},
		),
	],
	input: z.object({ ...listInput, filters: wanted }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: filter }) {
		const { value } = await api.read({
			path: 'session/remotesessions',
			answer: sessions,
			what: 'the sessions',
		});
		const found = value
			.map((one) => sessionResult(one, api.serverTimeZone))
			.filter(({ item }) => fits(item, filter));
		return first(found, most);
	},
});

function fits(session: IDataObject, filter: z.output<typeof wanted>): boolean {
	const { running, protocol, ...parts } = filter;
	const text = (name: string) => String(session[name] ?? '').toLowerCase();
	return (
		(running === undefined || session.running === running) &&
		(protocol === undefined || text('protocol') === protocol.toLowerCase()) &&
		Object.entries(parts).every(([name, part]) => text(name).includes((part ?? '').toLowerCase()))
	);
}
