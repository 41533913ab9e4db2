import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import { recordList } from '../../api/schemas';
import { Failure } from '../../../shared/failure';
import { asList, asNumber, asObject, asRecords, isSaid } from '../../../shared/read';
import { readBoolean, readId, readText } from '../../../shared/item';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { item, operation } from '../shared/operation';
import { caseParam } from './fields';

/**
 * A bare list on today's tenants, and `reply.DATA` by the contract of XSIAM 3.4
 * (docs/api/cortex-xsiam.md, "Cases").
 */
const artifactsOfCase = z
	.unknown()
	.transform((json) => {
		const { reply } = asObject(json) ?? {};
		const { DATA, data } = asObject(reply) ?? {};
		return [json, reply, DATA, data].find(Array.isArray);
	})
	.pipe(recordList);

const KINDS = [
	['file', 'file_artifacts'],
	['network', 'network_artifacts'],
] as const;

/** `GET /public_api/v1/case/artifacts/{case-id}`. Source: docs/api/cortex-xsiam.md, "Cases". */
export const getArtifacts = operation({
	name: 'Get Artifacts',
	value: 'getArtifacts',
	action: 'Get artifacts of case',
	description: 'Get the files, addresses and domains that Cortex XSIAM has found for a case',
	params: [caseParam('The case whose artifacts to get'), returnAllOrLimit],
	async run(api, { case: id, most }) {
		const { value } = await api.read({
			method: 'GET',
			path: `public_api/v1/case/artifacts/${id}`,
			answer: artifactsOfCase,
			what: 'the artifacts of the case',
		});
		const found = value.flatMap((ofCase) => {
			demandSame(ofCase.case_id, id, 'case');
			if (!KINDS.some(([, key]) => isList(ofCase[key]))) {
				throw withoutArtifacts(['It has neither file artifacts nor network artifacts.']);
			}
			return KINDS.flatMap(([kind, key]) => artifactsIn(ofCase[key], kind, id));
		});
		const [one] = found;
		const missing = value.flatMap((entry) => KINDS.flatMap(([, key]) => cutHints(entry, key)));
		if (missing.length > 0) {
			if (!one) throw withoutArtifacts(missing);
			one.hints = missing;
		}
		return first(found, most);
	},
});

function withoutArtifacts(counted: string[]): Failure {
	return new Failure('Cortex XSIAM answered without the artifacts of the case', {
		kind: 'unusable',
		description: counted.join(' '),
	});
}

interface Found {
	item: IDataObject;
	raw: IDataObject;
	hints?: string[];
}

function artifactsIn(list: unknown, kind: string, caseId: string): Found[] {
	const records = asRecords(rowsIn(list));
	if (!records) throw withoutArtifacts([`The ${kind} artifacts came in another form.`]);
	return records.map((record) => ({ item: artifactItem(record, kind, caseId), raw: record }));
}

/** Also an empty one, which says that there are none; null does not. */
function isList(list: unknown): boolean {
	return Array.isArray(list) || asObject(list) !== null;
}

function rowsIn(list: unknown): unknown[] {
	const { DATA, data, TOTAL_COUNT: total, total_count: count = total } = asObject(list) ?? {};
	const rows = DATA ?? data ?? (count === undefined ? list : undefined);
	return asList(rows).filter(isSaid);
}

/** The call has no pages, and what it leaves out has to be said. */
function cutHints(entry: unknown, key: string): string[] {
	const list = asObject(asObject(entry)?.[key]);
	const count = asNumber(list?.TOTAL_COUNT ?? list?.total_count) ?? 0;
	const given = rowsIn(list).length;
	return count > given
		? [`Cortex XSIAM counts ${count} ${key.replace('_', ' ')}, but returned ${given}.`]
		: [];
}

/** @param kind `file` or `network`; of the latter no source shows more than what files have. */
function artifactItem(record: IDataObject, kind: string, caseId: string): IDataObject {
	return item('caseArtifact', {
		id: readId(record.artifact_id),
		caseId,
		kind,
		artifactType: readText(record.type),
		fileName: readText(record.file_name),
		sha256: readText(record.file_sha256),
		signatureStatus: readText(record.file_signature_status),
		verdict: readText(record.file_wildfire_verdict),
		isMalicious: readBoolean(record.is_malicious ?? record.is_malicous),
		isManual: readBoolean(record.is_manual),
		isProcess: readBoolean(record.is_process),
		lowConfidence: readBoolean(record.low_confidence),
		artifact: record,
	});
}
