import { filters, param } from '../../../shared/param';
import { flag } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { fits, patternFilter } from '../shared/listFilters';
import { wholeList } from '../shared/answers';
import { operation } from '../shared/operation';
import { sessionResult } from './sessionItem';

/** `GET session/remotesessions`, all in one. Source: docs/api/senhasegura.md, "Sessions". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sessions',
	description:
		'Get the remote sessions. The vault always returns all of them, which can be many: the limit and the filters shorten the output only.',
	params: [
		returnAllOrLimit,
		filters(
			patternFilter('Credential', 'credential', 'e.g. root'),
			patternFilter('Device', 'device', 'e.g. web-01*'),
			patternFilter('Protocol', 'protocol', 'e.g. ssh'),
			param(
				{
					displayName: 'Running',
					name: 'running',
					type: 'boolean',
					default: true,
					description:
						'Whether to return sessions that have not ended, or those that have. One with an end that the node cannot read is returned by both.',
				},
				flag.optional(),
			),
			patternFilter('User', 'user', 'e.g. Admin'),
		),
	],
	async run(api, { most, filters: filter }) {
		const sessions = await wholeList(
			api,
			'session/remotesessions',
			'remote_sessions',
			'the sessions',
		);
		const found = sessions
			.map((one) => sessionResult(one, api.serverTimeZone))
			.filter(
				({ item }) =>
					(filter.running === undefined || (item.running ?? filter.running) === filter.running) &&
					fits([
						[filter.credential, item.credential],
						[filter.device, item.device],
						[filter.protocol, item.protocol],
						[filter.user, item.user],
					]),
			);
		return first(found, most);
	},
});
