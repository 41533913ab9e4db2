import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { PNG } from 'pngjs';

import { packageRoot } from '../../scripts/host/install';
import { vendors } from '../../scripts/host/workflows';
import { call, json } from '../unit/simulators/call';
import { advanced, type XsiamKey } from '../unit/simulators/xsiamSignature';
import { Animator } from './support/animation';
import { Reader } from './support/reader';
import { codeOf, sectionOf, stepsOf, type Step } from './support/readme';
import { Terminal } from './support/terminal';

const screenshots = process.env.E2E_SCREENSHOTS === 'true';

const readme = readFileSync(path.join(packageRoot, 'README.md'), 'utf8');
const commands = codeOf(sectionOf(readme, 'Try it'), 'bash').trim().split('\n');
const firstKey = sectionOf(readme, 'Your first key in five minutes');
const steps = stepsOf(firstKey);
const sample = JSON.parse(codeOf(firstKey, 'json')) as Record<string, string>;

const comment = 'SIEM collector in Berlin';

/** What the README's own picture may weigh. */
const mostBytes = 500_000;

/**
 * The first page of the README, done as it is written, from the clone to the first key: its commands in
 * a shell, its steps by clicks in a browser, on what is called there as they call it. The first step that
 * is not as written ends the walk. It clones what HEAD has, as a reader does; only what `npm start` would
 * download is there already (support/terminal.ts).
 */
void describe('the first page of the README', () => {
	let terminal: Terminal;
	let reader: Reader;
	/** What the terminal says that a credential takes, by the labels of its form. */
	let form: Map<string, string>;
	let isOver = false;

	after(async () => {
		await reader?.leave();
		await terminal?.close();
	});

	const stage = (name: string, body: () => Promise<void>) =>
		test(name, async (context) => {
			if (isOver) {
				context.skip('an earlier step is not as written');
				return;
			}
			try {
				await body();
			} catch (error) {
				isOver = true;
				await reader?.editor.keepPicture('walk');
				throw error;
			}
		});

	/** Does a numbered step; each name in it, in its order, is to be followed by the body. */
	const step = (number: number, body: (next: () => string[], step: Step) => Promise<void>) => {
		const said = steps[number - 1];
		assert(said, `the README has no step ${number}`);
		const names = [...said.names];
		const next = () => {
			const name = names.shift();
			assert(name, 'the step names nothing more');
			return name;
		};
		return stage(`${number}. ${said.text}`, async () => {
			try {
				await body(next, said);
				assert.deepEqual(names, [], 'the step names more than the walk follows');
			} catch (cause) {
				throw new Error(`Not as written: ${said.text}\n${String(cause)}`, { cause });
			}
		});
	};

	void stage(`Try it: ${commands.join('; ')}`, async () => {
		terminal = await Terminal.type(commands);
		const shown = await terminal.shows(/^Ready after (\d+ min )?\d+ s\. Ctrl-C ends it/m);
		for (const vendor of vendors) assert.match(shown, new RegExp(`^  ${vendor} .*\\w`, 'm'));
		const [start = '', rest = ''] = shown.split(/^A credential of your own .*$/m);
		form = saidIn(rest);
		const [address = '', email = '', password = ''] = ['Editor', 'Sign in with', 'Password'].map(
			(label) => saidIn(start).get(label),
		);
		reader = await Reader.come(address, { email, password });
	});

	void step(1, async (next) => {
		const places = next();
		const type = places.pop() ?? '';
		await reader.goThrough(places);
		const credential = await reader.chooseCredential(type);
		const [origin = ''] = next();
		await credential.askAt('URL');
		await reader.editor.page.getByText(origin).waitFor();
		for (const [label, value] of form) await reader.enter(credential, label, value);
		const [save = ''] = next();
		await reader.save(credential, save);
	});

	void step(2, async (next, { codes: [idempotencyKey = ''] }) => {
		await reader.goThrough(['Overview', 'Create workflow']);
		const node = await reader.addNode(next());
		await reader.enter(node, 'Role Names or IDs', 'Public API Viewer');
		const [collection = ''] = next();
		for (const value of [comment, idempotencyKey]) {
			const [label = ''] = next();
			await reader.addField(collection, label, value);
		}
	});

	void step(3, async (next, { codes: [secretField = ''] }) => {
		const [button = ''] = next();
		await reader.run(button);
		const item = await reader.panel().item();
		await reader.blur(reader.panel().text(String(item[secretField])));
		await reader.film.take({ ms: 4_000 });

		for (const name of Object.keys(sample)) assert.equal(typeof item[name], 'string', name);
		assert.equal(item.vendor, sample.vendor);
		assert.equal(item.type, sample.type);
		const expires = new Date(String(item.expiresAt));
		assert.equal(expires.toISOString(), item.expiresAt);
		assert(expires.getTime() > Date.now());

		const key = { apiKeyId: String(item.id), apiKey: String(item[secretField]) };
		assert.equal(await statusWith(key), 200, 'the key works');
		assert.equal(await statusWith({ ...key, apiKey: `${key.apiKey}0` }), 401);

		await reader.run(button);
		await reader.panel().failure("with this 'Idempotency Key' already").waitFor();
		await reader.film.take({ ms: 3_000 });
		assert.deepEqual(await keysWith(comment), [Number(item.id)], 'asking twice gave one key');
	});

	void step(4, async (next) => {
		await reader.closeNode();
		const [menu = '', ...first] = next();
		const settings = await reader.openSettings(menu);
		const names = [...first, ...next(), ...next()];
		const [choice = ''] = next();
		for (const name of names) await settings.choose(name, choice);
		const button = settings.root.getByRole('button', { name: 'Save', exact: true });
		await reader.film.take({ at: button, ms: 2_500 });
		const stored = await settings.save(button);
		assert.equal(stored.saveDataErrorExecution, 'none');
		assert.equal(stored.saveDataSuccessExecution, 'none');
		assert.equal(stored.saveManualExecutions, false);
	});

	void stage('Ctrl-C ends it, and leaves nothing behind', async () => {
		await terminal.pressCtrlC();
		const [clone = ''] = commands.flatMap((command) => /^cd (\S+)$/.exec(command)?.[1] ?? []);
		assert.deepEqual(await terminal.contentOf(clone, '.n8n-host', 'user'), []);
	});

	void stage('can be shown as an animation', async () => {
		const { pictures } = reader.film;
		const animator = await Animator.open(reader.editor.browser);
		const animation = await animator.animate(pictures);
		const shown = await animator.play(animation);

		assert.deepEqual(
			shown.map(({ png, ms }) => [PNG.sync.read(png).data, ms]),
			pictures.map(({ png, ms }) => [PNG.sync.read(png).data, ms]),
		);
		assert(animation.length < mostBytes, `${animation.length} bytes`);
		const folder = screenshots ? path.join(packageRoot, 'docs', 'images') : reader.film.folder;
		await writeFile(path.join(folder, 'walk.webp'), animation);
	});

	/** What the simulated tenant answers to somebody who has this key. */
	async function statusWith(key: XsiamKey): Promise<number> {
		const address = `${form.get('URL')}/public_api/v1/healthcheck`;
		return (await call(address, { headers: advanced(key) })).status;
	}

	/** The ids of the tenant's keys with this comment, but for the mark at its end. */
	async function keysWith(words: string): Promise<number[]> {
		const own = { apiKeyId: form.get('API Key ID') ?? '', apiKey: form.get('API Key') ?? '' };
		const address = `${form.get('URL')}/public_api/v1/api_keys/get_api_keys`;
		const answer = await call(address, json({ request_data: { filters: [] } }, advanced(own)));
		const keys = answer.at('reply.DATA') as Array<{ id: number; comment: string | null }>;
		return keys.filter((key) => key.comment?.startsWith(words)).map(({ id }) => id);
	}
});

/** What the terminal says of what, a line for each. */
function saidIn(text: string): Map<string, string> {
	const lines = text.matchAll(/^ {2}(\S.*?) {2,}(\S.*)$/gm);
	return new Map([...lines].map(([, label = '', value = '']) => [label, value]));
}
