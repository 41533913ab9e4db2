import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parseDocument } from 'yaml';

const ROOT = join(__dirname, '../..');
const WORKFLOWS = '.github/workflows';

const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const json = (file: string) => JSON.parse(text(file)) as unknown;

/** A YAML file, which may hold nothing that a parser only warns of. */
function yaml(content: string): unknown {
	const document = parseDocument(content, { strict: true, uniqueKeys: true });
	expect([...document.errors, ...document.warnings].map(({ message }) => message)).toEqual([]);
	return document.toJS() as unknown;
}

function schemaIssues(schema: string, content: unknown): string[] {
	const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false });
	const validate = ajv.compile(json(`test/fixtures/github/${schema}.json`) as object);
	validate(content);
	return (validate.errors ?? []).map(
		({ instancePath, message = '' }) => `${instancePath} ${message}`,
	);
}

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	'working-directory'?: string;
}

interface Job {
	uses?: string;
	needs?: string | string[];
	permissions?: Record<string, string>;
	environment?: string;
	strategy?: { matrix: Record<string, unknown> };
	'timeout-minutes'?: number;
	steps?: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	concurrency: { group: string; 'cancel-in-progress'?: boolean | string };
	jobs: Record<string, Job>;
}

const names = readdirSync(join(ROOT, WORKFLOWS));
const workflow = (name: string) => yaml(text(`${WORKFLOWS}/${name}`)) as Workflow;
const jobsOf = (name: string) => Object.entries(workflow(name).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(([, { steps = [] }]) => steps);

/** Everything that the jobs before a job, and those before these, are. */
function before(jobs: Record<string, Job>, name: string): string[] {
	const direct = [jobs[name]?.needs ?? []].flat();
	return direct.flatMap((job) => [job, ...before(jobs, job)]);
}

describe.each(names)('the workflow %s', (name) => {
	it('is one that GitHub reads', () => {
		expect(schemaIssues('workflow', workflow(name))).toEqual([]);
	});

	it('may by itself read the repository and nothing more', () => {
		expect(workflow(name).permissions).toEqual({ contents: 'read' });
		for (const step of stepsOf(name).filter(({ uses = '' }) =>
			uses.startsWith('actions/checkout@'),
		)) {
			expect(step.with?.['persist-credentials']).toBe(false);
		}
	});

	it('ends, and does not run twice for the same thing', () => {
		expect(workflow(name).concurrency.group).not.toBe('');
		const endless = jobsOf(name).filter(([, job]) => !job.uses && !job['timeout-minutes']);
		expect(endless.map(([job]) => job)).toEqual([]);
	});

	it('uses actions by their commit, which nobody can move, and says which version that is', () => {
		const used = [...text(`${WORKFLOWS}/${name}`).matchAll(/\buses: (.*)$/gm)].map(
			([, uses = '']) => uses,
		);
		const known = [...stepsOf(name), ...jobsOf(name).map(([, job]) => job)].filter(
			({ uses }) => uses !== undefined,
		);
		expect(used.length).toBeGreaterThan(0);
		expect(used).toHaveLength(known.length);
		for (const uses of used) {
			expect(uses).toMatch(
				/^(\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
			);
			if (uses.startsWith('./')) expect(existsSync(join(ROOT, uses))).toBe(true);
		}
	});

	it('calls scripts of this project that exist', () => {
		const { scripts } = json('package.json') as { scripts: Record<string, string> };
		const commands = stepsOf(name).map(({ run = '' }) => run);
		const called = commands.flatMap((run) =>
			[...run.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(
				([, script, test]) => script ?? test ?? '',
			),
		);
		expect(called.filter((script) => !(script in scripts))).toEqual([]);
		for (const { 'working-directory': folder } of stepsOf(name)) {
			if (folder !== undefined) expect(existsSync(join(ROOT, folder, 'package.json'))).toBe(true);
		}
	});

	it('sets up Node.js with what the cache is known by', () => {
		for (const step of stepsOf(name).filter(({ uses = '' }) => uses.includes('/setup-node@'))) {
			const { cache, 'cache-dependency-path': paths } = step.with ?? {};
			if (cache === undefined) continue;
			expect(String(paths).trim().split(/\s+/)).toContain('package-lock.json');
		}
	});
});

describe('the workflows together', () => {
	it('use one version of each action', () => {
		const used = names.flatMap((name) =>
			[...text(`${WORKFLOWS}/${name}`).matchAll(/\buses: ([\w-]+\/.*)$/gm)].map(
				([, uses = '']) => uses,
			),
		);
		const actions = new Set(used.map((uses) => uses.split('@')[0]));
		expect(new Set(used).size).toBe(actions.size);
	});
});

describe('what a change has to pass', () => {
	it('is the tests, and the form that the formatter gives', () => {
		const runs = stepsOf('ci.yml').map(({ run = '' }) => run);
		expect(runs).toEqual(
			expect.arrayContaining(['npm test -- --coverage', 'npm run format:check']),
		);
		const { scripts } = json('package.json') as { scripts: Record<string, string> };
		expect(scripts['format:check']).toBe(scripts.format?.replace('--write', '--check'));
	});
});

describe('publishing', () => {
	const { jobs } = workflow('publish.yml');

	it('comes after the check of the tag and after all that a change has to pass', () => {
		const earlier = before(jobs, 'publish').map((job) => jobs[job]);
		expect(earlier.some((job) => job?.uses === './.github/workflows/ci.yml')).toBe(true);
		const commands = earlier.flatMap((job) => job?.steps ?? []).map(({ run }) => run ?? '');
		expect(commands).toContainEqual(expect.stringContaining('npm run release -- --check'));
		expect(commands).toContainEqual(expect.stringContaining('merge-base --is-ancestor'));
		expect(Object.keys(workflow('ci.yml').on)).toContain('workflow_call');
	});

	it('runs in CI what CONTRIBUTING demands of a release', () => {
		const demanded = /## A release\n\n([\s\S]*?)\n\n/.exec(text('CONTRIBUTING.md'))?.[1] ?? '';
		const scripts = [...demanded.matchAll(/`npm (?:run )?([\w:]+)`/g)].map(([, script]) => script);
		expect(scripts).toEqual(expect.arrayContaining(['test', 'test:e2e']));
		const runs = stepsOf('ci.yml').map(({ run = '' }) => run);
		for (const script of scripts.filter((name) => name?.startsWith('test'))) {
			expect(runs.some((run) => new RegExp(`npm (run )?${script}(?![:\\w])`).test(run))).toBe(true);
		}
		expect(demanded).toContain('`--oldest`');
		const { e2e } = workflow('ci.yml').jobs;
		expect(e2e?.strategy?.matrix.n8n).toEqual(['newest', 'oldest']);
		expect(e2e?.steps?.map(({ run }) => run)).toContainEqual(expect.stringContaining('--oldest'));
	});

	it('takes nothing from a cache, which another workflow may have filled, where it may write', () => {
		const trusted = Object.values(jobs).filter(({ permissions = {} }) =>
			Object.values(permissions).includes('write'),
		);
		expect(trusted).toHaveLength(2);
		const setUps = trusted
			.flatMap(({ steps = [] }) => steps)
			.filter(({ uses = '' }) => uses.includes('/setup-node@'));
		expect(setUps).toHaveLength(2);
		for (const { with: inputs } of setUps) {
			expect(inputs).toEqual({ 'node-version': 24, 'package-manager-cache': false });
		}
	});

	it('proves where it was built, in the one job that may', () => {
		const may = Object.entries(jobs).filter(([, job]) => job.permissions?.['id-token'] === 'write');
		expect(may.map(([name]) => name)).toEqual(['publish']);
		expect(jobs.publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		const publishing = Object.entries(jobs).flatMap(([name, { steps = [] }]) =>
			steps.filter(({ run = '' }) => run.includes('npm publish')).map(({ run }) => [name, run]),
		);
		expect(publishing).toEqual([['publish', 'npm publish --provenance --access public']]);
	});
});

describe('the other files for GitHub', () => {
	it('let Dependabot look where there are dependencies, and not at the oldest n8n', () => {
		const config = yaml(text('.github/dependabot.yml')) as {
			updates: Array<{ 'package-ecosystem': string; directory: string }>;
		};
		expect(schemaIssues('dependabot', config)).toEqual([]);
		const folders = config.updates
			.filter((update) => update['package-ecosystem'] === 'npm')
			.map(({ directory }) => directory);
		for (const folder of folders) {
			expect(existsSync(join(ROOT, folder, 'package-lock.json'))).toBe(true);
		}
		expect(folders).toEqual(expect.arrayContaining(['/', '/scripts/host/n8n']));
		expect(folders).not.toContain('/scripts/host/n8n-oldest');
	});

	it('are issue forms that GitHub reads', () => {
		const folder = '.github/ISSUE_TEMPLATE';
		const forms = readdirSync(join(ROOT, folder)).filter((file) => file !== 'config.yml');
		expect(forms.length).toBeGreaterThan(0);
		for (const form of forms) {
			const content = yaml(text(`${folder}/${form}`)) as { body: Array<{ id?: string }> };
			expect([form, ...schemaIssues('issue-form', content)]).toEqual([form]);
			const ids = content.body.map(({ id }) => id).filter((id) => id !== undefined);
			expect(ids).toEqual([...new Set(ids)]);
		}
		expect(schemaIssues('issue-config', yaml(text(`${folder}/config.yml`)))).toEqual([]);
	});

	it('are checked by schemas that refuse what is wrong', () => {
		const ci = workflow('ci.yml');
		expect(schemaIssues('workflow', { ...ci, jobs: { test: { steps: 'npm test' } } })).not.toEqual(
			[],
		);
		expect(schemaIssues('workflow', { ...ci, permission: 'all' })).not.toEqual([]);
		expect(schemaIssues('dependabot', { version: 2, updates: [{ directory: '/' }] })).not.toEqual(
			[],
		);
		expect(schemaIssues('issue-form', { name: 'Bug', body: [] })).not.toEqual([]);
		expect(schemaIssues('issue-config', { contact_links: [{ name: 'x' }] })).not.toEqual([]);
	});

	it('give every file an owner', () => {
		const rules = text('.github/CODEOWNERS')
			.split('\n')
			.filter((line) => line !== '' && !line.startsWith('#'));
		for (const rule of rules) expect(rule).toMatch(/^\S+( @[\w-]+(\/[\w-]+)?)+$/);
		expect(rules[0]).toMatch(/^\* /);
	});
});

describe('the files for the editor', () => {
	it('are JSON, and start what exists', () => {
		const { recommendations } = json('.vscode/extensions.json') as { recommendations: string[] };
		for (const extension of recommendations) expect(extension).toMatch(/^[\w-]+\.[\w-]+$/);
		const { configurations } = json('.vscode/launch.json') as {
			configurations: Array<{ program?: string; port?: number }>;
		};
		const programs = configurations
			.map(({ program }) => program)
			.filter((path) => path !== undefined);
		for (const program of programs) {
			expect(existsSync(program.replace('${workspaceFolder}', ROOT))).toBe(true);
		}
		const inspectPort = /preferredInspectPort = (\d+)/.exec(text('scripts/dev.ts'))?.[1];
		const ports = configurations.map(({ port }) => port).filter((port) => port !== undefined);
		expect(ports).toEqual([Number(inspectPort)]);
	});
});
