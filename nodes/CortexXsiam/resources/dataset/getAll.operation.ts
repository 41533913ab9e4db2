import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { recordList } from '../../api/schemas';
import { readTime } from '../shared/time';
import { filters, param } from '../../../shared/param';
import { asObject, asText } from '../../../shared/read';
import { readBoolean, readNumber, readText } from '../../../shared/item';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { FILTERED_HERE, hasPart, textFilterParam } from '../../../shared/textFilter';
import { item, operation } from '../shared/operation';

const datasets = z.object({ reply: recordList }).transform(({ reply }) => reply);

/** `POST /public_api/v1/xql/get_datasets`. Source: docs/api/cortex-xsiam.md, "Lookups and datasets". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many datasets',
	description: 'Get the datasets of the tenant, which XQL queries can read',
	params: [
		returnAllOrLimit,
		filters(
			textFilterParam(
				{ displayName: 'Name Contains', name: 'name', placeholder: 'e.g. api_keys' },
				'A part of the name',
			),
			param({
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Correlation', value: 'correlation' },
					{ name: 'Lookup', value: 'lookup' },
					{ name: 'Raw', value: 'raw' },
					{ name: 'Snapshot', value: 'snapshot' },
					{ name: 'System', value: 'system' },
					{ name: 'System Audit', value: 'system audit' },
					{ name: 'User', value: 'user' },
				],
				default: 'lookup',
				description: `What kind of dataset it is. ${FILTERED_HERE}.`,
			}),
		),
	],
	async run(api, { most, filters: { name, type } }) {
		const { value } = await api.read({
			path: 'public_api/v1/xql/get_datasets',
			data: {},
			answer: datasets,
			what: 'a list of datasets',
		});
		const found = value
			.map((record) => ({ item: datasetItem(named(record)), raw: record }))
			.filter(({ item }) => hasPart(name, item.name) && (!type || isSame(item.datasetType, type)));
		return first(found, most);
	},
});

function isSame(text: unknown, other: string): boolean {
	const plain = (one: string) => one.replace(/[\s_]+/g, ' ').toLowerCase();
	return plain(asText(text) ?? '') === plain(other);
}

/**
 * `Dataset Name` on tenants and in the sample is `dataset_name` in the contract
 * (docs/api/cortex-xsiam.md, "Lookups and datasets").
 */
function named(record: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [
			name.trim().replace(/\s+/g, '_').toLowerCase(),
			value,
		]),
	);
}

function datasetItem(record: IDataObject): IDataObject {
	const range = (value: unknown) => {
		const { from, to } = asObject(value) ?? {};
		// Something else than a range is not lost either.
		return { from: from ?? (to === undefined ? value : undefined), to };
	};
	const hot = range(record.hot_range);
	const cold = range(record.cold_range);
	return item('dataset', {
		name: readText(record.dataset_name),
		datasetType: readText(record.type),
		logUpdateType: readText(record.log_update_type),
		lastUpdatedAt: readTime(record.last_updated),
		daysStored: readNumber(record.total_days_stored),
		hotFrom: readTime(hot.from),
		hotTo: readTime(hot.to),
		coldFrom: readTime(cold.from),
		coldTo: readTime(cold.to),
		sizeBytes: readNumber(record.total_size_stored),
		dailySizeBytes: readNumber(record.average_daily_size),
		eventCount: readNumber(record.total_events),
		eventSizeBytes: readNumber(record.average_event_size),
		timeToLive: readNumber(record.ttl),
		isDefaultQueryTarget: readBoolean(record.default_query_target),
	});
}
