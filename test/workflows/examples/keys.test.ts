import type { IDataObject } from 'n8n-workflow';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { pam360 } from '../../../nodes/Pam360/resources';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { findSecrets } from '../../harness';
import {
	example,
	exampleFiles,
	exampleReadme,
	recordMessages,
	runExample,
	useVendors,
} from './support';

/** Where no item can hold a secret in clear, failed executions are kept. */
const KEEPS_FAILED = [
	'agent-asks-for-rotation.json',
	'approve-before-issuing.json',
	'keep-a-ledger-in-xsiam.json',
	'keep-a-ledger.json',
	'reset-expiring-passwords.json',
	'rotate-api-keys-into-senhasegura.json',
	'rotation-heartbeat.json',
	'weekly-key-report.json',
];

describe('examples', () => {
	const vendors = useVendors();

	it('are all in their README, and save no execution in which a secret is in clear', () => {
		expect(exampleFiles().length).toBeGreaterThanOrEqual(15);
		for (const file of exampleFiles()) {
			expect(exampleReadme()).toContain(`(${file})`);
			expect({ file, ...example(file).settings }).toMatchObject({
				file,
				saveDataSuccessExecution: 'none',
				saveDataErrorExecution: KEEPS_FAILED.includes(file) ? 'all' : 'none',
				saveManualExecutions: false,
			});
		}
	});

	/** The steps that give out a secret, and how. */
	const secretSteps = (file: string) => {
		const vendorNodes = { pam360, cortexXsiam, senhasegura };
		return example(file).nodes.flatMap(({ name, type, parameters }) => {
			const [, vendor = ''] = type.split('n8n-nodes-privileged-keys.');
			const resources = vendorNodes[vendor as keyof typeof vendorNodes]?.resources ?? [];
			const { operations = [] } =
				resources.find(({ value }) => value === parameters.resource) ?? {};
			const { secretPaths } = operations.find(({ value }) => value === parameters.operation) ?? {};
			const { secretOutput } = (parameters.options ?? {}) as IDataObject;
			return secretPaths ? [{ file, name, secretOutput }] : [];
		});
	};

	it('keep failed ones only where every step that gives out a secret encrypts it', () => {
		const steps = KEEPS_FAILED.flatMap(secretSteps);
		expect(steps.length).toBeGreaterThanOrEqual(8);
		expect(steps.filter(({ secretOutput }) => secretOutput !== 'encrypted')).toEqual([]);
	});

	it('keep failed ones wherever no step gives out a secret in clear', () => {
		const silent = exampleFiles().filter((file) => !KEEPS_FAILED.includes(file));
		const withoutReason = silent.filter((file) =>
			secretSteps(file).every(({ secretOutput }) => secretOutput === 'encrypted'),
		);
		// What it is handed is another workflow's error, whatever that holds.
		expect(withoutReason).toEqual(['rotation-error-workflow.json']);
	});

	it('name one error workflow, which is there', () => {
		const errors = example('rotation-error-workflow.json');
		for (const file of exampleFiles().filter((name) => !name.startsWith('rotation-error'))) {
			expect({ file, to: example(file).settings?.errorWorkflow }).toEqual({ file, to: errors.id });
		}
	});

	describe('the error workflow', () => {
		const ERRORS = 'rotation-error-workflow.json';
		const ROTATION = 'rotate-api-keys-into-pam360.json';

		/** What went wrong in a run of an example, as n8n passes it on. */
		const failure = async () => {
			const body = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: null } };
			const match = { path: /api_keys/ };
			vendors.cortexXsiam.trouble.add({ kind: 'status', status: 403, body, match });
			const { run } = await runExample(vendors, ROTATION, { startNode: 'Every morning' });
			const { error, lastNodeExecuted } = run.data.resultData;
			expect(error).toBeDefined();
			return { error, lastNodeExecuted };
		};
		const workflow = { id: 'w1', name: example(ROTATION).name };

		// Both forms: n8n 2.41, execution-lifecycle/execute-error-workflow.
		it.each([
			[
				'an execution, saved or not',
				async () => {
					const url = 'https://n8n.test/workflow/w1/executions/231';
					const execution = { id: '231', url, ...(await failure()), mode: 'trigger' };
					return { execution, workflow };
				},
				' in the step "Lineages to work on": ',
				'it is here: https://n8n.test/workflow/w1/executions/231',
			],
			[
				'a trigger, of which there is no execution',
				async () => {
					const { error } = await failure();
					return { trigger: { error, mode: 'trigger' }, workflow };
				},
				' in its trigger: ',
				'There is no execution to look at.',
			],
		])('tells of %s', async (_, itemOf, where, whereToLook) => {
			const messages = recordMessages();
			const item = await itemOf();
			const json = JSON.parse(JSON.stringify(item)) as IDataObject;
			const { error } = (json.execution ?? json.trigger) as { error: Record<string, string> };
			const result = await runExample(vendors, ERRORS, {
				startNode: 'When a workflow fails',
				pinData: { 'When a workflow fails': [{ json }] },
			});
			expect(result.error()).toBeUndefined();
			const [text, ...others] = messages.slack;
			expect(others).toEqual([]);
			expect(text).toContain(`The workflow "Rotate API keys into PAM360" failed${where}`);
			expect(error.message).toBe("The role of the credential's API key does not permit this call");
			expect(text).toContain(error.message);
			expect(error.description).not.toBe('');
			expect(text).toContain(error.description);
			expect(text).toContain(whereToLook);
			const secrets = [...vendors.cortexXsiam.state.keys.values()].map(({ secret }) => secret);
			expect(findSecrets(messages, secrets)).toEqual([]);
		});
	});

	it('tell of an error without what Slack would obey in it', async () => {
		const messages = recordMessages();
		const error = { message: 'No <!channel>', description: 'See <https://evil.example|this page>' };
		await runExample(vendors, 'rotation-error-workflow.json', {
			startNode: 'When a workflow fails',
			pinData: {
				'When a workflow fails': [
					{ json: { execution: { id: '1', error }, workflow: { name: '<!here> W' } } },
				],
			},
		});
		expect(messages.slack).toEqual([
			expect.stringMatching(/^[^<>]*No !channel[^<>]*this page[^<>]*$/),
		]);
	});

	it('hold no secret, no credential of anybody, and no Wait node beside a secret', () => {
		for (const file of exampleFiles()) {
			const { nodes, pinData } = example(file);
			expect(pinData).toEqual({});
			expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
			expect(nodes.filter(({ type }) => type === 'n8n-nodes-base.wait')).toEqual([]);
		}
	});

	it('wait for nobody behind a step of this package: n8n stores what waits, whatever the settings', () => {
		const found = exampleFiles().flatMap((file) => {
			const { nodes, connections } = example(file);
			const waits = nodes.filter(
				({ type, parameters }) =>
					/\.(wait|form)$/.test(type) || parameters.operation === 'sendAndWait',
			);
			const before = new Set<string>();
			const walk = (name: string) => {
				for (const [from, { main = [] }] of Object.entries(connections)) {
					if (before.has(from) || !main.flat().some((to) => to?.node === name)) continue;
					before.add(from);
					walk(from);
				}
			};
			for (const { name } of waits) walk(name);
			const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-privileged-keys.'));
			const behind = ours.filter(({ name }) => before.has(name)).map(({ name }) => name);
			return waits.length > 0 ? [{ file, behind }] : [];
		});
		expect(found).toEqual([
			{ file: 'agent-asks-for-rotation.json', behind: [] },
			{ file: 'approve-before-issuing.json', behind: [] },
		]);
	});

	it('end in no step of n8n’s own that was given a secret: its error holds what it has sent', () => {
		const given = exampleFiles().flatMap((file) =>
			example(file)
				.nodes.filter(({ type }) => !type.startsWith('n8n-nodes-privileged-keys.'))
				.filter(({ type }) => /httpRequest|ssh$/.test(type))
				.filter(
					({ type, parameters }) =>
						type.endsWith('ssh') || /\.(secret|passphrase)\b/.test(JSON.stringify(parameters)),
				)
				.map(({ name, onError }) => ({ file, name, onError })),
		);
		expect(given.length).toBeGreaterThanOrEqual(3);
		expect(given.filter(({ onError }) => onError !== 'continueErrorOutput')).toEqual([]);
	});

	it('ask for a password before a form reaches anything', () => {
		const forms = exampleFiles().flatMap((file) =>
			example(file).nodes.filter(({ type }) => type === 'n8n-nodes-base.formTrigger'),
		);
		expect(forms.length).toBeGreaterThan(0);
		for (const { parameters } of forms) expect(parameters.authentication).toBe('basicAuth');
	});

	it('begin with nothing else that somebody can reach from outside', () => {
		const OWN = ['manualTrigger', 'scheduleTrigger', 'errorTrigger', 'executeWorkflowTrigger'];
		const begun = exampleFiles().flatMap((file) =>
			example(file).nodes.filter(({ type }) => /trigger$|webhook|chat|mcp/i.test(type)),
		);
		expect(begun.length).toBeGreaterThanOrEqual(exampleFiles().length);
		const others = begun.map(({ type }) => type.replace(/^n8n-nodes-base\./, ''));
		expect(others.filter((type) => ![...OWN, 'formTrigger'].includes(type))).toEqual([]);
	});

	it('check what people and agents enter before anything else sees it', () => {
		const entries = exampleFiles().flatMap((file) => {
			const { nodes, connections } = example(file);
			const typeOf = (name = '') => nodes.find((node) => node.name === name)?.type;
			const after = (name = '') => connections[name]?.main ?? [];
			return nodes
				.filter(({ type }) => /\.(form|executeWorkflow)Trigger$/.test(type))
				.map(({ name }) => {
					const [check, ...more] = after(name).flat();
					const [, refused = []] = after(check?.node);
					const ends = refused?.map((to) => [typeOf(to.node), after(to.node).flat().length]);
					return { file, more, check: typeOf(check?.node), ends };
				});
		});
		expect(entries.length).toBeGreaterThanOrEqual(5);
		for (const { file, ...entry } of entries) {
			const end = /\.(stopAndError|set)$/;
			expect({ file, ...entry }).toEqual({
				file,
				more: [],
				check: 'n8n-nodes-base.if',
				ends: [[expect.stringMatching(end), 0]],
			});
		}
	});

	it('issue one key from each vendor and pass on no secret', async () => {
		const result = await runExample(vendors, 'one-key-from-each-vendor.json');

		expect(result.run.status).toBe('success');
		const [agentKey] = vendors.pam360.state.keys;
		const apiKey = [...vendors.cortexXsiam.state.keys.values()].at(-1);
		const secrets = [agentKey!.agentKey, apiKey!.secret];
		expect(result.output('Generate agent key')[0]?.json.secret).toBe(agentKey!.agentKey);
		expect(result.output('Generate API key')[0]?.json.secret).toBe(apiKey!.secret);
		const passedOn = result.output('Without the secrets').map(({ json }) => json);
		expect(passedOn.map(({ vendor, type }) => [vendor, type])).toEqual([
			['pam360', 'agentKey'],
			['cortexXsiam', 'apiKey'],
			['senhasegura', 'sshKey'],
		]);
		expect(passedOn.every((json) => !('secret' in json))).toBe(true);
		expect(findSecrets({ passedOn, logs: result.logs }, secrets)).toEqual([]);
		expect(JSON.stringify(result.run)).not.toContain('PRIVATE KEY');
	});

	it('tell Slack and Jira that a key exists, and not the key', async () => {
		const messages = recordMessages();

		const result = await runExample(vendors, 'issue-agent-key-tell-slack-open-jira.json');

		expect(result.error()).toBeUndefined();
		const key = vendors.pam360.state.keys.at(-1);
		const item = result.output('Generate agent key')[0]?.json;
		expect(item?.secret).toBe(key!.agentKey);
		expect(messages.slack).toHaveLength(1);
		expect(messages.jira).toHaveLength(1);
		expect(JSON.stringify(messages)).toContain(item?.expiresAtServerTime);
		expect(findSecrets(messages, [key!.agentKey])).toEqual([]);
		expect(result.output('Open an issue')[0]?.json.key).toBe('SEC-1');
	});

	it('open the issue although Slack is down', async () => {
		const messages = recordMessages({ slackIsDown: true });

		const result = await runExample(vendors, 'issue-agent-key-tell-slack-open-jira.json');

		expect(result.error()).toBeUndefined();
		expect(messages.jira).toHaveLength(1);
		const item = result.output('Generate agent key')[0]?.json;
		expect(JSON.stringify(messages.jira)).toContain(item?.expiresAtServerTime);
	});
});
