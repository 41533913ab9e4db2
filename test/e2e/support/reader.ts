import type { Locator } from 'playwright-core';

import {
	CredentialDialog,
	Editor,
	NodePanel,
	WorkflowSettings,
	part,
	type Account,
	type Form,
} from './editor';
import { Film } from './film';

/** A page that a README can show in its width with letters that can be read. */
const viewport = { width: 1000, height: 650 };

/**
 * Somebody who does in the editor what is written, and looks for everything by the words that are
 * written. A film shows what was clicked.
 */
export class Reader {
	private constructor(
		readonly editor: Editor,
		readonly film: Film,
	) {}

	/** Opens an address, and signs in on the page that it leads to. */
	static async come(address: string, account: Account): Promise<Reader> {
		const editor = await Editor.open(new URL(address).origin, viewport);
		try {
			await editor.signIn(account, address);
			await editor.page.locator(part('canvas-node')).first().waitFor();
			return new Reader(editor, await Film.of(editor));
		} catch (error) {
			await editor.close();
			throw error;
		}
	}

	async leave() {
		await this.editor.close();
	}

	/** Fills a field, both by what is written. */
	async enter(form: Form, label: string, value: string) {
		await form.enter(label, value);
		await this.film.take({ at: form.fieldOf(label), ms: 1_000 });
	}

	/** Keeps the film from showing what is written here. */
	async blur(secret: Locator) {
		await secret.evaluate((element: { style: { filter: string } }) => {
			element.style.filter = 'blur(5px)';
		});
	}

	/** Goes through menus, tabs and buttons by their names; the film shows the last one. */
	async goThrough(names: string[]) {
		const { page } = this.editor;
		for (const name of names) {
			const places = (['menuitem', 'link', 'button'] as const).map((role) =>
				page.getByRole(role, { name, exact: true }).filter({ visible: true }),
			);
			const place = places.reduce((all, one) => all.or(one));
			if (name === names.at(-1)) await this.film.take({ at: place });
			await place.click();
			await page.locator('.n8n-loading').first().waitFor({ state: 'hidden' });
		}
	}

	/** Picks the type of a new credential in the dialog that asks for it. */
	async chooseCredential(type: string): Promise<CredentialDialog> {
		const { page } = this.editor;
		await page.getByPlaceholder('Search for app...').fill(type);
		await this.click(
			page.getByRole('option', { name: type, exact: true }).filter({ visible: true }),
		);
		await page.getByRole('button', { name: 'Continue' }).click();
		return new CredentialDialog(page, page.locator(part('editCredential-modal')));
	}

	/** Saves a credential by a button of this name; n8n then tests it. */
	async save(credential: CredentialDialog, button: string) {
		await this.click(credential.root.getByRole('button', { name: button, exact: true }));
		await credential.root.getByText('Connection tested successfully').waitFor();
		await this.editor.dismissNextMessage();
		await this.film.take();
		await credential.root.getByRole('button', { name: 'Close this dialog' }).click();
	}

	/** Adds the first node of a workflow: its name, and the way to one of its actions. */
	async addNode([name = '', ...actions]: string[]): Promise<NodePanel> {
		const { page } = this.editor;
		const creator = page.locator(part('node-creator'));
		await this.click(page.locator(part('canvas-add-button')).first());
		await creator.locator(part('node-creator-search-bar')).fill(name);
		await this.click(creator.getByText(name, { exact: true }).first());
		for (const action of actions) {
			// A group of actions says how many there are.
			const group = creator.locator(part('node-creator-category-item')).filter({ hasText: action });
			await this.click(group.or(creator.getByText(action, { exact: true })).first());
		}
		const panel = this.panel();
		await panel.root.waitFor();
		return panel;
	}

	async closeNode() {
		await this.panel().root.locator(part('ndv-close-button')).click();
	}

	/** The node that is open. */
	panel(): NodePanel {
		const { page } = this.editor;
		return new NodePanel(page, page.locator(part('ndv')));
	}

	/** Adds a field to a collection, both by what is written at them, and fills it. */
	async addField(collection: string, label: string, value: string) {
		const panel = this.panel();
		const name = await panel.label(collection).getAttribute('for');
		await panel.addOptional(String(name), label);
		await this.enter(panel, label, value);
	}

	/** Runs the open node by a button of this name. */
	async run(button: string) {
		const panel = this.panel();
		const found = panel.root.getByRole('button', { name: button, exact: true }).first();
		await this.film.take({ at: found });
		await panel.run(found);
		await this.editor.dismissNextMessage();
	}

	/** Opens the settings of the workflow, which its menu has under this name. */
	async openSettings(name: string): Promise<WorkflowSettings> {
		const { page } = this.editor;
		await page.locator(part('workflow-menu')).click();
		const item = page.getByRole('menuitem', { name, exact: true });
		await this.click(item.filter({ visible: true }).last());
		const dialog = page.getByRole('dialog').filter({ hasText: 'Workflow settings' });
		return new WorkflowSettings(page, dialog.last());
	}

	private async click(target: Locator) {
		await this.film.take({ at: target });
		await target.click();
	}
}
