import path from 'node:path';
import type { Browser, Locator, Page, Request } from 'playwright-core';

import { hostFolder } from '../../../scripts/host/install';
import { waitUntil } from '../../../scripts/host/ports';
import { owner } from '../../../scripts/host/rest';
import type { StoredWorkflow } from '../../../scripts/host/workflows';
import { launchBrowser, patienceMs } from './browser';
import { savePicture } from './pictures';

/** n8n names its parts for tests; the class names of its user interface library are the rest. */
export const part = (name: string) => `[data-test-id="${name}"]`;

/** What a field of a form is set to: text, a switch, or the labels chosen from a list. */
export type FieldValue = string | boolean | { choose: string[] };
export type FieldValues = Record<string, FieldValue>;

export interface Account {
	email: string;
	password: string;
}

/** n8n's editor in a browser, signed in as the owner. */
export class Editor {
	private constructor(
		readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	static async open(url: string, viewport = { width: 1400, height: 900 }): Promise<Editor> {
		const browser = await launchBrowser();
		const page = await browser.newPage({
			viewport,
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		page.setDefaultTimeout(patienceMs);
		return new Editor(browser, page, url);
	}

	async close() {
		await this.browser.close();
	}

	async signIn({ email, password }: Account = owner, address = `${this.url}/signin`) {
		await this.page.goto(address);
		await this.page.fill('input[name="emailOrLdapLoginId"]', email);
		await this.page.fill('input[name="password"]', password);
		await this.page.click(part('form-submit-button'));
		await this.page.waitForURL(/\/(home|workflow)/);
	}

	/** Opens the dialog for a new credential of the type that is shown under this name. */
	async newCredential(typeName: string): Promise<CredentialDialog> {
		await this.page.goto(`${this.url}/home/credentials/create`);
		await this.page.click(part('new-credential-type-select'));
		await this.page.keyboard.type(typeName);
		await this.page
			.locator(part('new-credential-type-select-option'))
			.filter({ visible: true })
			.getByText(typeName, { exact: true })
			.click();
		await this.page.click(part('new-credential-type-button'));
		return new CredentialDialog(this.page, this.page.locator(part('editCredential-modal')));
	}

	/** Opens a node of a stored workflow. */
	async openNode(workflowId: string, nodeName: string): Promise<NodePanel> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		const node = this.page.locator(`${part('canvas-node')}[data-node-name="${nodeName}"]`);
		const panel = this.page.locator(part('ndv'));
		// A click is lost where it comes before the editor listens.
		await waitUntil(`${nodeName} is open`, async () => {
			if (await panel.isVisible()) return true;
			await node.dblclick({ timeout: 20_000 });
			await panel.waitFor({ timeout: 20_000 });
			return true;
		});
		return new NodePanel(this.page, panel);
	}

	/** Searches for a node to begin a new workflow with; the names of what is found, the best first. */
	async searchNodes(words: string): Promise<string[]> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(part('canvas-add-button')).first().click();
		const creator = this.page.locator(part('node-creator'));
		await creator.locator(part('node-creator-search-bar')).fill(words);
		const names = creator.locator(part('node-creator-item-name'));
		let found: string[] = [];
		await waitUntil(`something is found for ${words}`, async () => {
			const before = found.join();
			found = (await names.allInnerTexts()).map((name) => name.trim());
			// Until the words have arrived, the list is that of all ways to begin.
			const isSearched = found.length > 0 && !found.includes('Trigger manually');
			return isSearched && found.join() === before;
		});
		return found;
	}

	/** Keeps a picture of what the browser shows, for whoever looks into a failure. */
	async keepPicture(name: string) {
		const file = `${name.replaceAll(/\W+/g, '-')}.png`;
		await this.page.screenshot({ path: path.join(hostFolder, 'failures', file) });
	}

	/** Saves what is seen below docs/images, without the messages that come and go. */
	async screenshot(name: string) {
		await this.dismissMessages();
		await savePicture(this.browser, name, await this.page.screenshot());
	}

	/** Closes the messages that come and go; a new one may come while one is closed. */
	async dismissMessages() {
		const message = this.page.locator('.el-notification');
		await waitUntil('no message is shown', async () => {
			for (const close of await message.locator('.el-notification__closeBtn').all()) {
				await close.click({ timeout: 1_000 });
			}
			return (await message.count()) === 0;
		});
	}

	/** Closes the message that is about to come; on a slow machine it may have come and gone. */
	async dismissNextMessage() {
		const message = this.page.locator('.el-notification').first();
		await message.waitFor({ timeout: 10_000 }).catch(() => {});
		await this.dismissMessages();
	}

	/** Imports a workflow from a file into a new one, by the menu's own way; waits until it is drawn. */
	async importWorkflow(name: string, workflow: StoredWorkflow) {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(part('canvas-add-button')).first().waitFor();
		const buffer = Buffer.from(JSON.stringify(workflow));
		await this.page
			.locator(part('workflow-import-input'))
			.setInputFiles({ name, mimeType: 'application/json', buffer });
		const drawn = this.page.locator(`${part('canvas-node')}, ${part('sticky')}`);
		await waitUntil(`${name} is drawn`, async () => {
			return (await drawn.count()) === workflow.nodes.length;
		});
	}

	/** How many connections the canvas shows. */
	async connections(): Promise<number> {
		return await this.page.locator('.vue-flow__edge').count();
	}

	/** The nodes that the editor marks as not set up or not known, and the messages that it shows. */
	async faults(): Promise<string[]> {
		const { page } = this;
		const marks = page.locator(`${part('node-issues')}, ${part('node-not-installed')}`);
		const marked = await page.locator(part('canvas-node')).filter({ has: marks }).all();
		const names = marked.map(async (node) => String(await node.getAttribute('data-node-name')));
		const messages = await page.locator('.el-notification').allInnerTexts();
		return [...(await Promise.all(names)), ...messages];
	}

	/** Saves the workflow that is open: all of it in its own size, and nothing of the editor around. */
	async screenshotOfCanvas(name: string) {
		const { page } = this;
		const usual = page.viewportSize();
		await page.addStyleTag({ content: onlyWorkflow });
		// Room for the largest one, and for what the editor shows over the canvas.
		await page.setViewportSize({ width: 4_800, height: 3_000 });
		await page.click(part('zoom-to-fit'));
		// What was imported is selected: a click beside it ends that.
		await page.locator('.vue-flow__pane').click({ position: { x: 300, y: 300 } });
		const drawn = page.locator('.vue-flow__node, .vue-flow__edge-path');
		const names = page.locator(`${part('canvas-node')} [class*="_description_"]`);
		let clip: Box | undefined;
		await waitUntil('the workflow is seen in its own size', async () => {
			const before = JSON.stringify(clip);
			clip = withNames(around(await boxesOf(drawn)), await boxesOf(names));
			const pane = page.locator('.vue-flow__transformationpane');
			const isWhole = /scale\(1\)/.test((await pane.getAttribute('style')) ?? '');
			return isWhole && JSON.stringify(clip) === before;
		});
		await savePicture(this.browser, name, await page.screenshot({ clip }));
		if (usual) await page.setViewportSize(usual);
	}
}

/** Leaves out the dots of the background, and what is offered for drawing on. */
const onlyWorkflow = `
	.vue-flow__background, ${part('canvas-handle-plus-wrapper')} { visibility: hidden !important; }
`;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

async function boxesOf(parts: Locator): Promise<Box[]> {
	const boxes = await Promise.all((await parts.all()).map((one) => one.boundingBox()));
	return boxes.filter((box) => box !== null);
}

/** Room around what is drawn: for names of one line below nodes, and for the eye. */
const margin = 60;

/** Below a name of several lines. */
const marginOfName = 12;

function around(boxes: Box[]): Box {
	const [left, top, right, bottom] = [
		Math.min(...boxes.map(({ x }) => x)),
		Math.min(...boxes.map(({ y }) => y)),
		Math.max(...boxes.map(({ x, width }) => x + width)),
		Math.max(...boxes.map(({ y, height }) => y + height)),
	].map(Math.round) as [number, number, number, number];
	return {
		x: left - margin,
		y: top - margin,
		width: right - left + 2 * margin,
		height: bottom - top + 2 * margin,
	};
}

/** A name stands below its node, and outside its box. */
function withNames(clip: Box, names: Box[]): Box {
	const bottom = Math.max(...names.map(({ y, height }) => Math.round(y + height)));
	return { ...clip, height: Math.max(clip.height, bottom + marginOfName - clip.y) };
}

/** A label's words, with the star of a field that must not be empty. */
function exactly(words: string): RegExp {
	return new RegExp(
		String.raw`^\s*${words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\s*\*?\s*$`,
	);
}

export class Form {
	constructor(
		protected readonly page: Page,
		readonly root: Locator,
	) {}

	/** What stands above a field. */
	label(words: string): Locator {
		const title = this.page.locator('[class*="_title_"]').getByText(exactly(words));
		return this.root.locator('label').filter({ has: title });
	}

	/** What is filled in below a label. */
	fieldOf(label: string): Locator {
		const isField = 'starts-with(@data-test-id, "parameter-input-")';
		const surrounding = this.label(label).locator(`xpath=ancestor::*[.//*[${isField}]][1]`);
		return surrounding.locator('[data-test-id^="parameter-input-"]').first();
	}

	/** Enters what is written somewhere for a field: "on" for a switch, a choice by its name. */
	async enter(label: string, value: string) {
		const field = this.fieldOf(label);
		await field.scrollIntoViewIfNeeded();
		const has = async (kind: string) => (await field.locator(kind).count()) > 0;
		if (await has('.el-switch')) await this.fillField(field, value === 'on');
		else if (await has('.el-select')) await this.fillField(field, { choose: [value] });
		else await this.fillField(field, value);
	}

	/** Makes n8n show what is explained at a label. */
	async askAt(label: string) {
		await this.label(label).hover();
		await this.label(label).locator('svg').first().hover();
	}

	async fill(values: FieldValues) {
		for (const [name, value] of Object.entries(values)) {
			await this.fillField(this.root.locator(part(`parameter-input-${name}`)), value);
		}
	}

	private async fillField(field: Locator, value: FieldValue) {
		if (typeof value === 'string') {
			await field.locator('input, textarea').first().fill(value);
		} else if (typeof value === 'boolean') {
			const state = field.locator('.el-switch');
			if ((await state.locator('input').isChecked()) !== value) await state.click();
		} else {
			await this.chooseAll(field, value.choose);
		}
	}

	private async chooseAll(field: Locator, labels: string[]) {
		for (const label of labels) await this.chooseOne(field.locator('.el-select'), label);
		// The list of a field that takes several stays open.
		if (await this.isOpen(field)) await this.page.keyboard.press('Tab');
	}

	private async isOpen(list: Locator): Promise<boolean> {
		const expanded = list.getByRole('combobox').last();
		return (await expanded.getAttribute('aria-expanded')) === 'true';
	}

	protected async chooseOne(list: Locator, label: string) {
		const option = this.page
			.getByRole('option')
			.filter({ visible: true, has: this.page.getByText(label, { exact: true }) });
		// A list that is loaded from the vendor closes when its entries arrive.
		await waitUntil(`${label} can be chosen`, async () => {
			if (await option.isVisible()) return true;
			if (!(await this.isOpen(list))) await list.click();
			return false;
		});
		await option.click();
	}
}

export class CredentialDialog extends Form {
	/** Saves; what n8n then shows about the connection: nothing but success, or the reason. */
	async save(): Promise<{ connected: boolean; reason: string }> {
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.clickSave();
		const { data } = (await (await tested).json()) as { data: { status: string } };
		const success = this.root.locator(part('credentials-config-container-test-success'));
		if (data.status === 'OK') {
			await success.waitFor();
			return { connected: true, reason: '' };
		}
		await success.waitFor({ state: 'hidden' });
		const failure = this.root.locator('div, span').filter({ hasText: /^Couldn’t connect/ });
		await this.root.getByText('More details').click();
		return { connected: false, reason: await failure.first().innerText() };
	}

	/** A click is lost where it comes while the editor still takes up what was changed before. */
	private async clickSave(): Promise<void> {
		const isSave = (request: Request) =>
			/\/rest\/credentials(\/\w+)?$/.test(request.url()) &&
			['POST', 'PATCH'].includes(request.method());
		// One that is sent late is not sent twice.
		let isSent = false;
		const note = (request: Request) => void (isSent ||= isSave(request));
		this.page.on('request', note);
		try {
			await waitUntil('the credential is saved', async () => {
				if (isSent) return true;
				const sent = this.page.waitForRequest(isSave, { timeout: 5_000 }).catch(() => {});
				await this.root.locator(part('credential-save-button')).click({ timeout: 5_000 });
				await sent;
				return isSent;
			});
		} finally {
			this.page.off('request', note);
		}
	}
}

export class NodePanel extends Form {
	/** Adds a field to a collection, such as Additional Fields. */
	async addOptional(collection: string, field: string) {
		const add = this.root
			.locator(`.multi-parameter:has(label[for="${collection}"])`)
			.locator(part('collection-parameter-add'));
		await add.waitFor();
		// Where there is but one field, n8n adds it without asking which.
		if ((await add.getAttribute('type')) === 'button') await add.click();
		else await this.chooseOne(add, field);
	}

	/** Picks an entry of a resource locator's list, which is searched for it first. */
	async pick(field: string, label: string) {
		const locator = this.root.locator(part(`resource-locator-${field}`));
		const visible = (name: string) => this.page.locator(part(name)).filter({ visible: true });
		const entry = visible('rlc-item').filter({ hasText: label }).first();
		await waitUntil(`${label} can be picked`, async () => {
			if (await entry.isVisible()) return true;
			const search = visible('rlc-search').locator('input').first();
			if (await search.isVisible()) await search.fill(label);
			else await locator.locator(part('rlc-input')).first().click();
			return false;
		});
		await entry.click();
	}

	/** What a resource locator holds, as it is shown. */
	async picked(field: string): Promise<string> {
		const input = this.root
			.locator(part(`resource-locator-${field}`))
			.locator(part('rlc-input-container'))
			.locator('input');
		return await input.first().inputValue();
	}

	/** What a resource locator's list offers; it stays open. */
	async offered(field: string): Promise<string[]> {
		const locator = this.root.locator(part(`resource-locator-${field}`));
		const entries = this.page.locator(part('rlc-item')).filter({ visible: true });
		await waitUntil('the list is filled', async () => {
			if ((await entries.count()) > 0) return true;
			const search = this.page.locator(part('rlc-search')).filter({ visible: true });
			if (!(await search.first().isVisible())) {
				await locator.locator(part('rlc-input')).first().click();
			}
			return false;
		});
		return (await entries.allInnerTexts()).map((text) => text.trim());
	}

	/** What is chosen in a list of options, as soon as the list is there to be chosen from. */
	async chosen(field: string): Promise<string> {
		const input = this.root
			.locator(part(`parameter-input-${field}`))
			.locator('input')
			.first();
		await waitUntil(`${field} shows a choice`, async () => (await input.inputValue()) !== '');
		return await input.inputValue();
	}

	/** Where a field is, if it is shown. */
	field(name: string): Locator {
		return this.root.locator(part(`parameter-input-${name}`)).first();
	}

	/** What is said somewhere in the panel. */
	text(words: string): Locator {
		return this.root.getByText(words);
	}

	output(): Locator {
		return this.root.locator(part('output-panel'));
	}

	/** What the output panel says in place of items. */
	failure(words: string): Locator {
		return this.output().locator(part('node-error-message')).getByText(words);
	}

	/** Presses a button that runs the step, and waits for its end. */
	async run(button: Locator) {
		const runs = this.page.waitForResponse((response) =>
			/\/rest\/workflows\/[^/]+\/run/.test(response.url()),
		);
		await button.click();
		await runs;
		await this.root.locator(part('ndv-executing')).waitFor({ state: 'hidden' });
	}

	/** Runs the step; gives the first item of the output panel. */
	async execute(): Promise<Record<string, unknown>> {
		await this.run(this.root.locator(part('node-execute-button')));
		return await this.item();
	}

	/** Runs the step; its output is then shown by its fields, whatever there is of it. */
	async executeForFields(): Promise<Locator> {
		await this.run(this.root.locator(part('node-execute-button')));
		await this.output().locator(part('node-run-status-success')).waitFor();
		await this.showOutputAs('schema');
		return this.output().locator(part('ndv-data-container'));
	}

	/** The first item that a run has given. */
	async item(): Promise<Record<string, unknown>> {
		const output = this.output();
		await output.locator(part('node-run-status-success')).waitFor();
		await this.showOutputAs('json');
		let items: Array<Record<string, unknown>> = [];
		await waitUntil('the items are shown', async () => {
			const json = await output.locator(part('ndv-data-container')).innerText();
			// Indented with no-break spaces.
			items = JSON.parse(json.replaceAll('\u00a0', ' ')) as typeof items;
			return items.length > 0;
		});
		return items[0] ?? {};
	}

	/** The page that the HTML view of the output shows. */
	shownPage() {
		return this.output().frameLocator('iframe.__html-display');
	}

	async showOutputAs(view: 'schema' | 'table' | 'json' | 'html') {
		await this.output()
			.locator(part(`radio-button-${view}`))
			.click();
	}
}

/** The dialog with the settings of one workflow. */
export class WorkflowSettings extends Form {
	async choose(setting: string, choice: string) {
		const name = this.page.getByText(exactly(setting));
		const row = this.root.locator('.el-row').filter({ has: name });
		await this.chooseOne(row.locator('.el-select'), choice);
	}

	/** What n8n has stored after a button was pressed. */
	async save(button: Locator): Promise<Record<string, unknown>> {
		const stored = this.page.waitForResponse(
			(response) =>
				response.request().method() === 'PATCH' && response.url().includes('/rest/workflows/'),
		);
		await button.click();
		const { data } = (await (await stored).json()) as {
			data: { settings: Record<string, unknown> };
		};
		return data.settings;
	}
}
