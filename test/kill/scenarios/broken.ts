import type { StoredWorkflow, WorkflowNode } from '../../../scripts/host/workflows';
import type { Kind } from '../kinds';
import type { Invariant } from '../observers/observer';
import { apiKeysInPam360 } from './apiKeys';
import type { Scenario } from './scenario';

/** A rotation that must be seen to break an invariant: else what holds proves nothing. */
export interface Broken {
	scenario: Scenario;
	/** What it is disturbed by, and the label of the request at which it is. */
	kind: Kind;
	at: string;
	/** What it breaks then, at least, and what it breaks without a disturbance. */
	breaks: Invariant[];
	breaksUndisturbed: Invariant[];
}

const issuing = 'cortexXsiam: POST api_keys/generate';
const storing = 'pam360: PUT resources/{id}/accounts/{id}/password';

interface Connections {
	[from: string]: { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> };
}

/** A step between one output of a node and what has followed it. */
function insert(workflow: StoredWorkflow, after: string, output: number, node: WorkflowNode) {
	const connections = workflow.connections as Connections;
	const outputs = connections[after]?.main;
	const followers = outputs?.[output];
	if (outputs === undefined || followers === undefined) {
		throw new Error(`The example has no step after output ${output} of '${after}'.`);
	}
	outputs[output] = [{ node: node.name, type: 'main', index: 0 }];
	connections[node.name] = { main: [followers] };
	workflow.nodes.push(node);
}

/** A step that items only go to where an expression does not hold; the others go on. */
function branch(
	workflow: StoredWorkflow,
	after: string,
	name: string,
	stays: string,
	to: WorkflowNode,
) {
	insert(workflow, after, 0, condition(name, stays));
	(workflow.connections as Connections)[name]?.main.push([
		{ node: to.name, type: 'main', index: 0 },
	]);
	workflow.nodes.push(to);
}

function condition(name: string, leftValue: string): WorkflowNode {
	return step({
		name,
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: name,
						leftValue,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	});
}

const step = (node: WorkflowNode & { typeVersion: number }): WorkflowNode => ({
	...node,
	...{ id: node.name, position: [0, 0] },
});

function apiKeyStep(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return step({
		name,
		type: 'n8n-nodes-privileged-keys.cortexXsiam',
		typeVersion: 1,
		parameters: { resource: 'apiKey', simplify: true, options: {}, ...parameters },
	});
}

const deletionOf = (name: string, id: string) =>
	apiKeyStep(name, {
		operation: 'delete',
		apiKey: { __rl: true, mode: 'id', value: `={{ $('Rotate').item.json.${id} }}` },
		additionalFields: {},
	});

/** The rotation into PAM360 with a change that somebody might think harmless. */
function changed(
	name: string,
	title: string,
	change: (workflow: StoredWorkflow) => void,
): Scenario {
	return {
		...apiKeysInPam360,
		name,
		title,
		workflow: () => {
			const workflow = apiKeysInPam360.workflow();
			change(workflow);
			for (const node of workflow.nodes) {
				const { newPassword } = node.parameters;
				// What follows the inserted steps has their items.
				if (newPassword !== undefined) {
					node.parameters.newPassword = "={{ $('Rotate').item.json.secret }}";
				}
			}
			return workflow;
		},
	};
}

const revokesBeforeStoring = changed(
	'revokes-before-storing',
	'the former key is revoked as soon as there is a new one',
	(workflow) =>
		insert(workflow, 'Is there a new key?', 0, deletionOf('Revoke the former key', 'oldId')),
);

const revokesUnproved = changed(
	'revokes-unproved',
	'the former key is revoked when the new one was stored, and nobody has read that back',
	(workflow) => insert(workflow, 'Was it stored?', 0, deletionOf('Revoke the former key', 'oldId')),
);

const takesBack = changed(
	'takes-back',
	'the new key is revoked where nobody knows if it was stored',
	(workflow) => insert(workflow, 'Was it stored?', 1, deletionOf('Take it back', 'id')),
);

const takesForStored = changed(
	'takes-for-stored',
	'a second key that is live is taken for the successor, and nothing is issued',
	(workflow) =>
		branch(
			workflow,
			'Read the store',
			'Is only one key live?',
			"={{ $('Lineages to work on').item.json.liveKeys.length === 1 }}",
			apiKeyStep('Finish Rotation', {
				operation: 'finishRotation',
				rotate: 'lineage',
				lineage: "={{ $('Lineages to work on').item.json.lineage }}",
				dueWithinDays: 14,
				storedSecret: '={{ $json.secret }}',
				readAt: '={{ $json.readAt }}',
				additionalFields: {},
			}),
		),
);

const issuesAnother = changed(
	'issues-another',
	'a second key is issued that nobody stores',
	(workflow) =>
		insert(
			workflow,
			'Was it stored?',
			0,
			apiKeyStep('Issue another key', {
				operation: 'generate',
				roles: ['Investigator'],
				securityLevel: 'standard',
				additionalFields: {
					comment: "={{ $('Rotate').item.json.comment }}",
					expiration: '={{ $now.plus({ days: 90 }).toISO() }}',
				},
			}),
		),
);

export const broken: Broken[] = [
	{
		scenario: revokesBeforeStoring,
		kind: 'killBefore',
		at: storing,
		breaks: ['I1'],
		breaksUndisturbed: ['I1'],
	},
	{
		scenario: revokesUnproved,
		kind: 'killBefore',
		at: storing,
		breaks: ['I1'],
		breaksUndisturbed: ['I1'],
	},
	{ scenario: takesBack, kind: 'late', at: storing, breaks: ['I1', 'I2'], breaksUndisturbed: [] },
	{
		scenario: takesForStored,
		kind: 'killAfter',
		at: issuing,
		breaks: ['I3', 'I4'],
		breaksUndisturbed: [],
	},
	{
		scenario: issuesAnother,
		kind: 'killBefore',
		at: storing,
		breaks: ['I4'],
		breaksUndisturbed: ['I3', 'I4', 'I5'],
	},
];
