import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { CortexXsiam } from '../../../nodes/CortexXsiam/CortexXsiam.node';
import { CortexXsiamTrigger } from '../../../nodes/CortexXsiam/CortexXsiamTrigger.node';
import { KeyReport } from '../../../nodes/KeyReport/KeyReport.node';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node';
import { Pam360Trigger } from '../../../nodes/Pam360/Pam360Trigger.node';
import { Senhasegura } from '../../../nodes/Senhasegura/Senhasegura.node';
import { SenhaseguraTrigger } from '../../../nodes/Senhasegura/SenhaseguraTrigger.node';
import { sortedBy } from '../../../nodes/shared/sorted';

const nodes: INodeType[] = [
	new CortexXsiam(),
	new CortexXsiamTrigger(),
	new KeyReport(),
	new Pam360(),
	new Pam360Trigger(),
	new Senhasegura(),
	new SenhaseguraTrigger(),
];

/** Lists that the frame sorts, whatever vendor they are of. */
function sortedLists({ name, type, options = [] }: INodeProperties): string[][] {
	if (type === 'collection') {
		return [(options as INodeProperties[]).map(({ displayName }) => displayName)];
	}
	const isSorted = ['resource', 'operation', 'event'].includes(name);
	return isSorted ? [(options as INodePropertyOptions[]).map((option) => option.name)] : [];
}

it.each(nodes.map((node) => [node.description.name, node] as const))(
	'%s: lists are in the order of an English dictionary',
	(_, { description }) => {
		const lists = description.properties.flatMap(sortedLists);
		expect(lists).not.toHaveLength(0);
		for (const list of lists) {
			expect(list).toEqual([...list].sort((a, b) => a.localeCompare(b, 'en')));
		}
	},
);

it('leaves the list that it was given as it is', () => {
	const given = ['b', 'C', 'a', 'B'];
	expect(sortedBy(given, (text) => text)).toEqual(['a', 'b', 'B', 'C']);
	expect(given).toEqual(['b', 'C', 'a', 'B']);
});
