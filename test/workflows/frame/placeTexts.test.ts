import type { ILoadOptionsFunctions } from 'n8n-workflow';
import nock from 'nock';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node.ts';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node.ts';
import { Senhasegura } from '../../../nodes/Senhasegura/Senhasegura.node.ts';
import { lanes } from '../../../nodes/shared/lanes';
import { runPoll, testCredential } from '../../harness';
import { answeredByNock } from '../kit/exchanges';
import { said } from '../kit/result';
import { credentialFor, credentialTypes, inEditor, nodeTypes, runVendor } from '../vendors';

/** A text about what only some places have: a credential's form and a picker have no options, a trigger no pace. */

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

answeredByNock();
afterEach(() => lanes.clear());

const HOST = 'https://vendor.example.com';

interface Vendor {
	credential: keyof typeof credentialFor;
	parameters: Record<string, string>;
	event: string;
	picker: (this: ILoadOptionsFunctions) => Promise<unknown>;
	/** Its own refusal, of which nothing more is known. */
	refusal: [status: number, body: object];
}

const pickersOf = (lists: Record<string, unknown>, name: string) => {
	expect(lists).toHaveProperty(name);
	return lists[name] as Vendor['picker'];
};

const vendors: Record<'pam360' | 'cortexXsiam' | 'senhasegura', Vendor> = {
	pam360: {
		credential: 'pam360Api',
		parameters: { resource: 'resource', operation: 'getAll' },
		event: 'certificateExpiring',
		picker: pickersOf(new Pam360().methods.listSearch, 'searchResources'),
		refusal: [
			200,
			{ operation: { name: 'X', result: { status: 'Failed', message: 'Not for you' } } },
		],
	},
	cortexXsiam: {
		credential: 'cortexXsiamApi',
		parameters: { resource: 'apiKey', operation: 'getAll' },
		event: 'apiKeyExpiring',
		picker: pickersOf(new CortexXsiam().methods.listSearch, 'searchApiKeys'),
		refusal: [400, { reply: { err_code: 400, err_msg: 'Bad Request', err_extra: 'odd' } }],
	},
	senhasegura: {
		credential: 'senhaseguraOAuth1Api',
		parameters: { authentication: 'oAuth1', resource: 'device', operation: 'getAll' },
		event: 'sshKeyAged',
		picker: pickersOf(new Senhasegura().methods.listSearch, 'searchDevices'),
		refusal: [
			400,
			{ code: 400, response: { status: 400, message: 'odd', error: true, error_code: 1 } },
		],
	},
};

const names = Object.keys(vendors) as Array<keyof typeof vendors>;

const credentialsOf = (name: keyof typeof vendors) => {
	const { credential } = vendors[name];
	return { [credential]: credentialFor[credential](HOST) };
};

async function inForm(name: keyof typeof vendors): Promise<string> {
	const { credential } = vendors[name];
	const data = credentialFor[credential](HOST);
	return (await testCredential(credential, data, { credentialTypes, nodeTypes })).message;
}

async function inPicker(name: keyof typeof vendors): Promise<string> {
	const { parameters, picker } = vendors[name];
	const context = inEditor(name, credentialsOf(name), parameters);
	const error = await picker.call(context).then(
		() => new Error('filled'),
		(thrown: Error) => thrown,
	);
	return `${error.message} ${String((error as { description?: unknown }).description)}`;
}

async function inTrigger(name: keyof typeof vendors): Promise<string> {
	const { event, parameters } = vendors[name];
	const { error } = await runPoll({
		node: {
			type: `n8n-nodes-privileged-keys.${name}Trigger`,
			parameters: { ...parameters, event },
		},
		nodeTypes,
		credentialTypes,
		credentials: credentialsOf(name),
	});
	return `${error?.message} ${String((error as { description?: unknown } | undefined)?.description)}`;
}

async function inNode(name: keyof typeof vendors): Promise<string> {
	const { parameters } = vendors[name];
	return said(
		await runVendor({
			vendor: name,
			onlyTheseParameters: true,
			parameters,
			credentials: credentialsOf(name),
		}),
	);
}

type Answer = (scope: nock.Interceptor, vendor: Vendor) => void;

const late: Answer = (scope) =>
	void scope.replyWithError(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }));
const tooMany: Answer = (scope) =>
	void scope.reply(429, {}, { 'Retry-After': '100000', 'Content-Type': 'application/json' });
const refused: Answer = (scope, { refusal: [status, body] }) =>
	void scope.reply(status, JSON.stringify(body), { 'Content-Type': 'application/json' });
const broken: Answer = (scope, { refusal: [, body] }) =>
	void scope.reply(500, JSON.stringify(body).replaceAll('400', '500'), {
		'Content-Type': 'application/json',
	});

const ANSWERS = Object.entries({ late, tooMany, refused, broken });
const cases = names.flatMap((name) => ANSWERS.map(([kind, answer]) => ({ name, kind, answer })));

function answerAll(name: keyof typeof vendors, answer: Answer): void {
	for (const method of ['GET', 'POST']) {
		answer(nock(HOST).persist().intercept(/.*/, method), vendors[name]);
	}
}

/** What no form of a credential and no list of the editor has. */
const OF_NODES = /options|'Timeout'|'Rate Limit Wait'|'Requests per Second'|\bparameters\b/i;

describe.each(cases)('$name, $kind', ({ name, kind, answer }) => {
	it('is said in the test of a credential without options and parameters', async () => {
		answerAll(name, answer);
		const text = await inForm(name);
		expect(text).not.toMatch(/Connection successful/);
		expect(text).not.toMatch(OF_NODES);
		expect(text).toMatch(/\b(Check|Try again|Ask|Give)\b|does not say/i);
	});

	it('and in a picker', async () => {
		answerAll(name, answer);
		const text = await inPicker(name);
		expect(text).not.toMatch(/filled$|^filled/);
		expect(text).not.toMatch(OF_NODES);
	});

	it('and in a trigger with the options that it has', async () => {
		answerAll(name, answer);
		const text = await inTrigger(name);
		expect(text).not.toMatch(/'Requests per Second'|undefined/);
		if (kind === 'late') expect(text).toContain("raise 'Timeout' in the node's options");
		if (kind === 'tooMany') expect(text).toContain("raise 'Rate Limit Wait' in the node's options");
	});

	it('and in a node with all of them', async () => {
		answerAll(name, answer);
		const text = await inNode(name);
		if (kind === 'late') expect(text).toContain("raise 'Timeout' in the node's options");
		if (kind === 'tooMany') expect(text).toContain("raise 'Rate Limit Wait' in the node's options");
		if (kind === 'tooMany' && name === 'cortexXsiam') {
			expect(text).toContain("Lower 'Requests per Second'");
		}
		if (kind === 'refused') expect(text).toMatch(/Check the parameters/);
	});
});
