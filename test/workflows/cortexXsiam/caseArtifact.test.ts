import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** With the examples of the vendor's contract, "Retrieve Case Artifacts by Case ID". */
const artifact = {
	artifact_id: 'A12345',
	file_name: 'test',
	file_sha256: '1111',
	file_signature_status: 'SIGNATURE_UNAVAILABLE',
	file_wildfire_verdict: 'BENIGN',
	is_malicious: true,
	is_manual: false,
	is_process: false,
	low_confidence: false,
	type: 'HASH',
};
const artifactItem = {
	vendor: 'cortexXsiam',
	type: 'caseArtifact',
	id: 'A12345',
	caseId: '3',
	kind: 'file',
	artifactType: 'HASH',
	fileName: 'test',
	sha256: '1111',
	signatureStatus: 'SIGNATURE_UNAVAILABLE',
	verdict: 'BENIGN',
	isMalicious: true,
	isManual: false,
	isProcess: false,
	lowConfidence: false,
	artifact,
};
const domain = { type: 'DOMAIN', network_domain: 'bad.example.com' };
const domainItem = {
	...Object.fromEntries(Object.keys(artifactItem).map((name) => [name, null])),
	vendor: 'cortexXsiam',
	type: 'caseArtifact',
	caseId: '3',
	kind: 'network',
	artifactType: 'DOMAIN',
	artifact: domain,
};
const listed = (rows: object[], count = rows.length) => ({ DATA: rows, TOTAL_COUNT: count });
const artifactsOf = (files: object, networks: object) => ({
	case_id: 3,
	file_artifacts: files,
	network_artifacts: networks,
});
const artifacts: Exchange = {
	method: 'GET',
	path: '/public_api/v1/case/artifacts/3',
	headers: { 'content-type': undefined },
	reply: [artifactsOf(listed([artifact]), listed([domain]))],
};

describeOperation(
	kit,
	'case',
	'getArtifacts',
	published({
		cases: [
			{
				name: 'gives an item for each, of the bare list of today’s tenants',
				parameters: { case: { mode: 'id', value: '3' }, returnAll: true },
				exchanges: [artifacts],
				items: [artifactItem, domainItem],
				raw: [artifact, domain],
			},
			{
				name: 'reads those of the older contract, and its misspelt field',
				parameters: { case: { mode: 'id', value: '3' }, limit: 1 },
				exchanges: [
					{
						...artifacts,
						reply: {
							reply: {
								DATA: [
									artifactsOf(
										listed([{ ...artifact, is_malicious: undefined, is_malicous: true }]),
										listed([domain]),
									),
								],
							},
						},
					},
				],
				items: [{ ...artifactItem, artifact: older(artifact) }],
			},
			{
				name: 'says that there are more than it was given',
				parameters: { case: { mode: 'id', value: '3' } },
				exchanges: [{ ...artifacts, reply: [artifactsOf(listed([artifact], 200), listed([]))] }],
				items: [artifactItem],
				hints: ['Cortex XSIAM counts 200 file artifacts, but returned 1.'],
			},
			{
				name: 'gives nothing where there are none',
				parameters: { case: { mode: 'id', value: '3' } },
				exchanges: [{ ...artifacts, reply: [artifactsOf(listed([]), listed([]))] }],
				items: [],
			},
		],
		failures: [
			{
				name: 'the artifacts of another case',
				exchanges: [{ ...artifacts, reply: [{ ...artifactsOf([], []), case_id: 4 }] }],
				says: ['Cortex XSIAM answered with another case than the one asked for (4 instead of 3)'],
			},
			...[{}, { file_artifacts: null, network_artifacts: null }, { file_artifacts: '' }].map(
				(lists) => ({
					name: `no artifacts in ${JSON.stringify(lists)}`,
					exchanges: [{ ...artifacts, reply: [{ case_id: 3, ...lists }] }],
					says: ['Cortex XSIAM answered without the artifacts of the case'],
				}),
			),
			{
				name: 'an entry that is no case beside one that is',
				exchanges: [{ ...artifacts, reply: [artifactsOf(listed([]), listed([])), 'odd'] }],
				says: ['Cortex XSIAM answered without the artifacts of the case'],
			},
			{
				name: 'artifacts that are counted and not there',
				exchanges: [{ ...artifacts, reply: [artifactsOf(listed([], 2), listed([]))] }],
				says: [
					'Cortex XSIAM answered without the artifacts of the case',
					'Cortex XSIAM counts 2 file artifacts, but returned 0.',
				],
			},
			{
				name: 'no list in the answer',
				exchanges: [{ ...artifacts, reply: { reply: {} } }],
				says: ['Cortex XSIAM answered without the artifacts of the case'],
			},
		],
	}),
);

function older({ is_malicious: malicious, ...rest }: typeof artifact) {
	return { ...rest, is_malicous: malicious };
}
