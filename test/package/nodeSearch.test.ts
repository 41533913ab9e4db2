import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { CortexXsiam } from '../../nodes/CortexXsiam/CortexXsiam.node.ts';
import { Pam360 } from '../../nodes/Pam360/Pam360.node.ts';
import { Senhasegura } from '../../nodes/Senhasegura/Senhasegura.node.ts';

/** A node as n8n's node creator searches it. */
interface Entry {
	key: string;
	properties: { displayName: string; codex: { alias?: string[] } };
}

const NODES_BASE = dirname(require.resolve('n8n-nodes-base/package.json'));

function aliasesIn(file: string): string[] | undefined {
	return (JSON.parse(readFileSync(file, 'utf8')) as { alias?: string[] }).alias;
}

/** The nodes that come with n8n, by their names. */
function nodesBase(): Entry[] {
	const folder = join(NODES_BASE, 'dist');
	const files = readdirSync(join(folder, 'nodes'), { recursive: true, encoding: 'utf8' });
	const aliases = new Map(
		files
			.filter((file) => file.endsWith('.node.json'))
			.map((file) => {
				const path = join(folder, 'nodes', file);
				const { node } = JSON.parse(readFileSync(path, 'utf8')) as { node: string };
				return [node.replace('n8n-nodes-base.', ''), aliasesIn(path)];
			}),
	);
	const types = readFileSync(join(folder, 'types/nodes.json'), 'utf8');
	return (JSON.parse(types) as INodeTypeDescription[]).map(({ name, displayName }) => ({
		key: name,
		properties: { displayName, codex: { alias: aliases.get(name) } },
	}));
}

/** n8n shows a trigger with the node of its name, and searches that one's display name and aliases. */
function own(folder: string, { description }: { description: INodeTypeDescription }): Entry {
	const file = join(__dirname, '../../nodes', folder, `${folder}.node.json`);
	return {
		key: description.name,
		properties: { displayName: description.displayName, codex: { alias: aliasesIn(file) } },
	};
}

const entries = [
	...nodesBase(),
	own('Pam360', new Pam360()),
	own('CortexXsiam', new CortexXsiam()),
	own('Senhasegura', new Senhasegura()),
];

/** What n8n's node creator shows first for what a user types, by n8n's own search. */
function found(typed: string): string[] {
	return sublimeSearch(typed.toLowerCase(), entries)
		.slice(0, 5)
		.map(({ item }) => item.key);
}

const ALL = ['pam360', 'cortexXsiam', 'senhasegura'];

it.each<[string, string[]]>([
	['rotate key', ALL],
	['Rotate Keys', ALL],
	['rotate', ALL],
	['generate key', ALL],
	['secrets', ALL],
	['secret', ALL],
	['rotate secrets', ALL],
	['rotate secret', ALL],
	['revoke ssh key', ['senhasegura']],
	['revoke key', ['cortexXsiam', 'senhasegura']],
	['revoke', ['cortexXsiam', 'senhasegura']],
	['key rotation', ['cortexXsiam', 'senhasegura']],
	['api key', ['cortexXsiam']],
	['api keys', ['cortexXsiam']],
	['rotate api key', ['cortexXsiam']],
	['delete api key', ['cortexXsiam']],
	['ssh key', ['pam360', 'senhasegura']],
	['ssh keys', ['pam360', 'senhasegura']],
	['rotate ssh key', ['senhasegura']],
	['agent key', ['pam360']],
	['password', ['pam360', 'senhasegura']],
	['rotate password', ['pam360', 'senhasegura']],
	['reset password', ['pam360']],
	['vault', ['pam360', 'senhasegura']],
	['privileged access', ['pam360', 'senhasegura']],
	['certificate', ['pam360', 'senhasegura']],
	['expiring', ['cortexXsiam']],
	['palo alto', ['cortexXsiam']],
	['manageengine', ['pam360']],
	['segura', ['senhasegura']],
])('finds the nodes for %j', (typed, names) => {
	expect(found(typed)).toEqual(expect.arrayContaining(names));
});

it('does not stand in the way of those who look for other nodes', () => {
	expect(found('slack')[0]).toBe('slack');
	expect(found('google sheets')[0]).toBe('googleSheets');
	expect(found('merge')[0]).toBe('merge');
});
