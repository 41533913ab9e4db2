import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import type { Resource } from '../../nodes/shared/operation';
import { anchor } from '../../scripts/host/operationRows';
import { recordedOf, recordingName } from '../unit/answers/recorded';
import type { VendorName } from '../unit/answers/recorded';
import { publishedOperations } from '../unit/cortexXsiam/contract';
import {
	API_PAGES,
	ROOT,
	absolute,
	apiPage,
	builtBy,
	callRows,
	callsOf,
	canBe,
	headings,
	inOneLine,
	pathsIn,
	pointers,
	sectionOf,
	sections,
	testsOf,
} from './apiDocs';

const RESOURCES: Record<(typeof API_PAGES)[number], Array<Resource<never>>> = {
	pam360: pam360.resources,
	'cortex-xsiam': cortexXsiam.resources,
	senhasegura: senhasegura.resources,
};

const RECORDED: Record<(typeof API_PAGES)[number], VendorName> = {
	pam360: 'pam360',
	'cortex-xsiam': 'cortexXsiam',
	senhasegura: 'senhasegura',
};

/**
 * Where the sources of each node are, the base that its table leaves out, and what of its literals is no
 * path of a call: what an item claims for itself, and the last part of a path that is put together.
 */
const SOURCES = {
	pam360: { folder: 'Pam360', base: /^$/, others: /^\/(account\/\{\}|resource)\/\{\}$/ },
	'cortex-xsiam': {
		folder: 'CortexXsiam',
		base: /^\/public_api\/v1/,
		others: /^\/(N\/A|(api-key|dataset|rule|scope\/\{\})\/\{\})$/,
	},
	senhasegura: {
		folder: 'Senhasegura',
		base: /^\/(api|iso)(?=\/)/,
		others: /^\/(Users\/\{\}|secretapi|note|password)$/,
	},
};
const MEDIA_TYPE = /^\/(application|text)\/[\w-]+$/;

/** Sources and tests, but not these two files, which speak of what they look for. */
const files = execFileSync(
	'git',
	[
		'ls-files',
		'--cached',
		'--others',
		'--exclude-standard',
		'nodes',
		'credentials',
		'test',
		'scripts',
	],
	{ cwd: ROOT, encoding: 'utf8' },
)
	.split('\n')
	.filter((file) => /\.(ts|mjs|cjs|json|md)$/.test(file) && !file.endsWith('package-lock.json'))
	.filter((file) => !file.startsWith('test/package/apiDocs') && existsSync(join(ROOT, file)));

const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the sources of facts', () => {
	it('are pages of this repository, and no sheet that nobody can read', () => {
		const wrong = new RegExp(['fact', 'sheet'].join('[ -]?') + '|\\baddend(um|a)\\b', 'i');
		expect(files.length).toBeGreaterThan(500);
		expect(files.filter((file) => wrong.test(inOneLine(text(file))))).toEqual([]);
	});

	it('are named by a section that exists', () => {
		const known = new Map<string, string[]>(
			API_PAGES.map((page) => [page, ['', ...headings(apiPage(page))]]),
		);
		const all = files.flatMap((file) =>
			pointers(text(file)).map((pointer) => ({ file, ...pointer })),
		);
		expect(all.length).toBeGreaterThan(500);
		expect(
			all
				.filter(({ page, section }) => !known.get(page)?.includes(section))
				.map(({ file, page, section }) => `${file}: docs/api/${page}.md, "${section}"`),
		).toEqual([]);
	});

	it('are given where anybody can read them: on these pages, in an RFC, in OpenBSD or n8n', () => {
		const elsewhere = files.flatMap((file) =>
			[...inOneLine(text(file)).matchAll(/(?<![\w'"])Source: (.{1,60})/g)]
				.filter(([, source = '']) => !/^(docs\/api\/|RFC \d|OpenBSD, |n8n \d)/.test(source))
				.map(([pointer]) => `${file}: ${pointer}`),
		);
		expect(elsewhere).toEqual([]);
	});

	it('are found wherever a comment breaks its lines', () => {
		const sample = [
			'/**',
			' * What it means (docs/api/pam360.md, "The envelope" and "Remote',
			' * resets"; RFC 7643). See',
			' * docs/api/senhasegura.md.',
			' */',
		].join('\n');
		expect(pointers(sample)).toEqual([
			{ page: 'pam360', section: 'The envelope' },
			{ page: 'pam360', section: 'Remote resets' },
			{ page: 'senhasegura', section: '' },
		]);
		expect(pointers('"source": "docs/api/pam360.md, \\"Dates\\": a sample"')).toEqual([
			{ page: 'pam360', section: 'Dates' },
		]);
		expect(pointers('"source": "docs/api/pam360.md, \\"Dates\\"", "values": {}')).toEqual([
			{ page: 'pam360', section: 'Dates' },
		]);
	});
});

describe.each(API_PAGES)('docs/api/%s.md', (name) => {
	const page = apiPage(name);
	const rows = callRows(page);

	/** By their values, as `account.getAll`: `Account: Get Many`. */
	const names = new Map<string, string>(
		RESOURCES[name].flatMap((resource) =>
			resource.operations.map(
				(operation) =>
					[`${resource.value}.${operation.value}`, `${resource.name}: ${operation.name}`] as const,
			),
		),
	);

	it('has each heading once, so that a pointer means one place', () => {
		const anchors = headings(page).map(anchor);
		expect(anchors).toEqual([...new Set(anchors)]);
	});

	it('links to its own sections and to sources that it lists', () => {
		const anchors = headings(page).map((heading) => `#${anchor(heading)}`);
		const links = [...page.matchAll(/\]\((#[^)]+)\)/g)].map(([, target]) => target);
		expect(links.filter((target) => !anchors.includes(target ?? ''))).toEqual([]);
		const listed = [...page.matchAll(/^\[([^\]]+)\]: /gm)].map(([, source]) => source);
		const used = [...page.replace(/`[^`]*`/g, '').matchAll(/\[([^\]]+)\]\[([^\]]*)\]/g)].map(
			([, words, source]) => source || words,
		);
		expect(used.filter((source) => !listed.includes(source))).toEqual([]);
		expect(listed.filter((source) => !used.includes(source))).toEqual([]);
	});

	it('says in every section where it is known from, and how sure it is', () => {
		const facts = sections(page).filter(
			({ heading }) => !['Every call', 'Sources'].includes(heading),
		);
		expect(facts.length).toBeGreaterThan(25);
		const leads = /\]\[[^\]]*\]|\]\(#/;
		// What is concluded from other sections as a whole has no page of its own, and says so.
		const isConcluded = (body: string) => /^Inferred\b.*from the sections above/.test(body);
		const unfounded = facts.filter(({ body }) => !leads.test(body) && !isConcluded(body));
		expect(unfounded.map(({ heading }) => heading)).toEqual([]);
		// A section that only gathers facts of others leads to them.
		const marks = /\b(confirmed|client|inferred|unconfirmed)\b|\]\(#/i;
		const unmarked = facts.filter(({ body }) => !marks.test(body));
		expect(unmarked.map(({ heading }) => heading)).toEqual([]);
	});

	it('says of every operation by which call it is made, and of no other', () => {
		expect([...new Set(rows.flatMap(builtBy))].sort()).toEqual([...names.values()].sort());
	});

	it('says of every other call why it is not built, or where it was looked for', () => {
		const silent = rows.filter(
			(row) => builtBy(row).length === 0 && !/^(inside|not built|not found): [*\w]/.test(row.built),
		);
		expect(silent).toEqual([]);
		expect(rows.filter(({ call, section }) => call === '' || section === '')).toEqual([]);
		expect(new Set(rows.map(({ built }) => built.split(':')[0]))).toContain('not found');
	});

	it('names for each built call a test that describes the operation', () => {
		const missing = rows.flatMap((row) => {
			const described = testsOf(row)
				.map(text)
				.flatMap((source) => [
					...source.matchAll(/describeOperation\(\s*\w+,\s*'(\w+)',\s*'(\w+)'/g),
				])
				.map(([, resource = '', operation = '']) => names.get(`${resource}.${operation}`));
			return builtBy(row).filter((operation) => !described.includes(operation));
		});
		expect(missing).toEqual([]);
	});

	it('says of no path in the sources of the node that it is not built', () => {
		const { folder, base, others } = SOURCES[name];
		const inTable = rows.flatMap((row) =>
			callsOf({ ...row, call: row.call.replace('…/', '/resources/{RESOURCEID}/') }, '').map(
				(call) => ({
					path: (call.split(' ')[1] ?? '').replace(base, ''),
					isMade: builtBy(row).length > 0 || row.built.startsWith('inside'),
				}),
			),
		);
		const made = inTable.filter(({ isMade }) => isMade);
		const paths = files
			.filter((file) => file.startsWith(`nodes/${folder}/`) && file.endsWith('.ts'))
			.flatMap((file) => pathsIn(text(file)))
			.map((path) => `/${path}`.replace(base, ''))
			.filter((path) => !others.test(path) && !MEDIA_TYPE.test(path));
		expect(new Set(paths).size).toBeGreaterThan(30);
		expect(paths.filter((path) => !made.some((row) => canBe(row.path, path)))).toEqual([]);
	});

	it('names for each call that the node makes by itself a test that speaks of it', () => {
		const inside = rows.filter(({ built }) => built.startsWith('inside:'));
		const silent = inside.filter((row) => {
			const [, last = row.call] = /\/(\w+)(?:\/\{\w+\})?`/.exec(row.call) ?? [];
			return !testsOf(row).some((file) => text(file).includes(last));
		});
		expect(inside).not.toEqual([]);
		expect(silent).toEqual([]);
	});

	it('names tests for what the node does, and for nothing else', () => {
		const others = rows.filter(({ built }) => /^not (built|found):/.test(built));
		expect(others.filter(({ test }) => test !== '–')).toEqual([]);
	});

	it('is the source of each recorded answer, by the section of a call that makes the operation', () => {
		const sectionsOf = new Map<string, Set<string>>();
		for (const row of rows) {
			for (const operation of builtBy(row)) {
				const known = sectionsOf.get(operation) ?? new Set();
				sectionsOf.set(operation, known.add(sectionOf(row)));
			}
		}
		const recorded = recordedOf(RECORDED[name]);
		expect(recorded.length).toBeGreaterThan(50);
		const unfounded = recorded.filter(({ operation, source }) => {
			const sections = sectionsOf.get(names.get(operation) ?? '');
			return !pointers(source).some(
				(pointer) => pointer.page === name && sections?.has(pointer.section),
			);
		});
		expect(unfounded.map(recordingName)).toEqual([]);
	});
});

/**
 * What the contract for 3.4 has beside the calls that a node may make, which are not among the fixtures
 * (docs/api/cortex-xsiam.md, "Further calls for the tenant", "Endpoints" and "Scripts, indicators and the
 * rest").
 */
const FURTHER = [
	...['assets', 'asset-groups', 'asset-groups/create'],
	...['asset-groups/update/{id}', 'asset-groups/delete/{id}'],
	...['create', 'update', 'delete', 'get/settings', 'get/metadata'].map(
		(call) => `authentication-settings/${call}`,
	),
	...['create', 'get', 'update', 'delete', 'test'].map((call) => `integrations/syslog/${call}`),
	...['define_dataset', 'get_created_datasets', 'delete_dataset'].map((call) => `dataset/${call}`),
	...['list', 'insert', 'delete'].map((call) => `scheduled_queries/${call}`),
	...['get', 'insert', 'delete'].map((call) => `/public_api/xql_library/${call}`),
	...['get_policy', 'get_profiles', 'update_agent_name', 'upgrade'].map(
		(call) => `endpoints/${call}`,
	),
	...['quarantine', 'restore', 'file_retrieval', 'delete'].map((call) => `endpoints/${call}`),
	...['actions/file_retrieval_details', 'quarantine/status', 'device_control/get_violations'],
	...['tags/agents/assign', 'tags/agents/remove', 'triage_endpoint', 'get_triage_presets'],
	...['create', 'delete', 'get_versions', 'get_distributions', 'get_status', 'get_dist_url'].map(
		(call) => `distributions/${call}`,
	),
	...['get_scripts', 'run_script', 'run_snippet_code_script', 'get_script_metadata'].map(
		(call) => `scripts/${call}`,
	),
	...['get_script_code', 'get_script_execution_status', 'get_script_execution_results'].map(
		(call) => `scripts/${call}`,
	),
	'scripts/get_script_execution_results_files',
	...['insert_jsons', 'insert', 'get', 'delete'].map((call) => `indicators/${call}`),
	...['bioc', 'correlations', 'playbooks', 'scripts', 'dashboards', 'widgets'].flatMap((family) =>
		['get', 'insert', 'delete'].map((call) => `${family}/${call}`),
	),
	...['get_modules', 'fetch', 'add', 'edit', 'delete'].map((call) => `legacy_exceptions/${call}`),
	...['add', 'edit', 'get_modules'].map((call) => `profiles/prevention/${call}`),
];

/**
 * What pages, contracts and clients of the other two vendors name beside the calls that a node makes, by a
 * part of the row that speaks of it: a call, or words where no page has its path.
 */
const BESIDE: Record<'pam360' | 'senhasegura', string[]> = {
	pam360: [
		...['list and revoke agent keys', 'SAP', 'MS SQL', 'remote-app IDs', 'list the trash'],
		'GET /resources/resourcename/{name}/accounts/accountname/{account}',
		...['GET /resources/{RESOURCEID}/associatedGroups', 'GET /resources/getResourceAccountDetails'],
		...['GET /accounts/{ACCOUNTID}/totp', 'GET /accounts/{ACCOUNTID}/validateHelpDeskID'],
		...['history, verification and schedules of passwords', 'personal passwords'],
		...['approve, reject, check out, check in', 'create, change, delete resource groups'],
		...['user groups: list, create, members', 'PUT /scim/v2/Users/{id}', 'GET /scim/v2/Groups'],
		...['POST getSSHKey', 'POST exportSSHKey', 'POST createsshkey', 'POST applycredentials'],
		...['import, associate, dissociate, delete SSH keys; passphrases; key stores'],
		...['rotate SSH keys', 'users of SSH keys on a resource', 'POST updateSSLAdditionalFields'],
		...["Microsoft's CA", 'GET exportCSR', 'POST importCSR', 'list of certificate requests'],
		...['delete certificates', 'renew, deploy, revoke certificates', 'expiry of all certificates'],
		...['POST sslCertSingleDiscovery', 'sslCertRangeDiscovery'],
	],
	senhasegura: [
		...['list, rotate, history and custody of SSH keys', 'GET /iso/coe/senha/{id}'],
		...['changes by API v2, keys in API v2', 'ServiceProviderConfig', 'ResourceTypes', 'Schemas'],
		...['GET /iso/sctm/secret', 'POST /iso/cicd/variables', '/iso/sctm/automation'],
		...['/iso/sctm/encryption', 'DELETE /iso/dapp/application/authorization'],
		...['POST /iso/dapp/deprovision', 'POST /api/v4/injection/config-file', 'GET /secret/{id}'],
		...['former versions of API secrets', 'POST certificate/request` with `code_request'],
		...[
			'/api/v1/certificates',
			'/api/v1/publications',
			'/iso/certificado/',
			'POST /iso/cert/profile/',
		],
		...['revoke, renew certificates', 'dash/', 'coge/risco/', 'system/nc/agent'],
		'access requests, Task Manager, AWS authentication',
	],
};

describe.each(['pam360', 'senhasegura'] as const)('the calls of docs/api/%s.md', (name) => {
	it('have all that is known beside those that a node makes', () => {
		const rows = callRows(apiPage(name));
		const isSaid = (part: string) => rows.some(({ call }) => call.includes(part));
		expect(BESIDE[name].filter((part) => !isSaid(part))).toEqual([]);
		const isListed = ({ call }: (typeof rows)[number]) =>
			BESIDE[name].some((part) => call.includes(part));
		const others = rows.filter(({ built }) => /^not (built|found):/.test(built));
		expect(others.filter((row) => !isListed(row))).toEqual([]);
	});
});

describe('the calls of docs/api/cortex-xsiam.md', () => {
	const base = '/public_api/v1';
	const calls = callRows(apiPage('cortex-xsiam')).flatMap((row) => callsOf(row, base));

	it.each([
		['POST case/search', ['asset_tags', 'not_contains', 'json_eq']],
		['POST case/update/{case-id}', ['access_mode', 'case_team']],
		['POST issue/search', ['include_evidences', 'include_actions']],
	])('name in the section of %s what it takes beside the fields of the node', (call, inputs) => {
		const page = apiPage('cortex-xsiam');
		const row = callRows(page).find((one) => one.call === `\`${call}\``);
		const [, section = ''] = page.split(`\n### ${row ? sectionOf(row) : ''}\n`);
		const [text = ''] = section.split('\n### ');
		expect(inputs.filter((input) => !text.includes(`\`${input}\``))).toEqual([]);
	});

	it('are each there once', () => {
		expect(calls).toEqual([...new Set(calls)]);
	});

	it.each([
		['is published', publishedOperations.map(({ method, path }) => `${method} ${path}`)],
		['is published beside that', FURTHER.map((path) => `POST ${path}`)],
		[
			'is read by GET beside that',
			[
				...['assets/{id}', 'assets/{id}/raw_fields', 'assets/schema', 'assets/enum/{field_name}'],
				'cli/releases/version',
			].map((path) => `GET ${path}`),
		],
	])('have all that %s', (_, published) => {
		const wanted = published.map((call) => {
			const [method = '', path = ''] = call.split(' ');
			return `${method.toUpperCase()} ${absolute(path, base)}`;
		});
		expect(wanted.filter((call) => !calls.includes(call))).toEqual([]);
	});
});
