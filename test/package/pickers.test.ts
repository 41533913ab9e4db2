import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { CortexXsiam } from '../../nodes/CortexXsiam/CortexXsiam.node.ts';
import { CortexXsiamTrigger } from '../../nodes/CortexXsiam/CortexXsiamTrigger.node.ts';
import { Pam360 } from '../../nodes/Pam360/Pam360.node.ts';
import { Pam360Trigger } from '../../nodes/Pam360/Pam360Trigger.node.ts';
import { Senhasegura } from '../../nodes/Senhasegura/Senhasegura.node.ts';
import { SenhaseguraTrigger } from '../../nodes/Senhasegura/SenhaseguraTrigger.node.ts';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import { allFields } from '../../nodes/shared/description';
import type { EditorList } from '../../nodes/shared/editor';
import { listsOf } from '../../nodes/shared/editorMethods';
import type { Vendor } from '../../nodes/shared/operation';

type Methods = Partial<
	Record<'listSearch' | 'loadOptions' | 'credentialTest', Record<string, unknown>>
>;
interface AnyNode {
	description: INodeTypeDescription;
	methods?: Methods;
}

const nodes: AnyNode[] = [
	new Pam360(),
	new CortexXsiam(),
	new Senhasegura(),
	new Pam360Trigger(),
	new CortexXsiamTrigger(),
	new SenhaseguraTrigger(),
];

interface Picker {
	field: INodeProperties;
	/** The field as the editor shows it, which a collection may hold. */
	outer: INodeProperties;
	kind: 'listSearch' | 'loadOptions';
	method: string;
}

function pickersOf({ properties }: INodeTypeDescription): Picker[] {
	return properties.flatMap((outer) =>
		allFields([outer]).flatMap((field): Picker[] => {
			const { typeOptions, modes = [] } = field;
			const searched = modes.flatMap((mode) => mode.typeOptions?.searchListMethod ?? []);
			const loaded = typeOptions?.loadOptionsMethod;
			return [
				...searched.map((method) => ({ field, outer, kind: 'listSearch' as const, method })),
				...(loaded === undefined
					? []
					: [{ field, outer, kind: 'loadOptions' as const, method: loaded }]),
			];
		}),
	);
}

/** The parameters that the editor shows beside a picker: those of a common operation or event. */
function beside(description: INodeTypeDescription, picker: Picker): INodeProperties[] {
	const shows = (field: INodeProperties, name: string) =>
		(field.displayOptions?.show?.[name] ?? []).map(String);
	return description.properties.filter((field) =>
		['resource', 'operation', 'event'].every((name) => {
			const [own, other] = [shows(picker.outer, name), shows(field, name)];
			return own.length === 0 || other.length === 0 || own.some((value) => other.includes(value));
		}),
	);
}

describe.each(nodes)('the lists of $description.name', ({ description, methods }) => {
	const pickers = pickersOf(description);

	it('are filled by methods that the node has, and no method is without a picker', () => {
		for (const kind of ['listSearch', 'loadOptions'] as const) {
			const asked = pickers.filter((picker) => picker.kind === kind).map(({ method }) => method);
			expect([...new Set(asked)].sort()).toEqual(Object.keys(methods?.[kind] ?? {}).sort());
		}
	});

	it('depend on parameters that are shown with them, a locator by its value', () => {
		for (const picker of pickers) {
			const { field } = picker;
			for (const path of field.typeOptions?.loadOptionsDependsOn ?? []) {
				const [name, ...rest] = path.split('.');
				const found = beside(description, picker).filter((other) => other.name === name);
				expect([field.name, path, found.length > 0]).toEqual([field.name, path, true]);
				for (const { type, options } of found) {
					// n8n compares texts, and that of a locator is always the same.
					if (type === 'resourceLocator') expect(rest).toEqual(['value']);
					if (type === 'collection') {
						const inner = (options as INodeProperties[]).map((option) => option.name);
						expect(inner).toEqual(expect.arrayContaining(rest));
					}
				}
			}
		}
	});
});

type AnyList = EditorList<never>;

const vendors: Array<{
	node: AnyNode;
	vendor: Pick<Vendor<never>, 'credentialParameters'> & {
		itemOptions?: { fields: INodeProperties[] };
	};
	lists: AnyList[];
}> = [
	{ node: new Pam360(), vendor: pam360, lists: listsOf(pam360) },
	{ node: new CortexXsiam(), vendor: cortexXsiam, lists: listsOf(cortexXsiam) },
	{ node: new Senhasegura(), vendor: senhasegura, lists: listsOf(senhasegura) },
];

describe.each(vendors)('a picker of $node.description.name', ({ node, vendor, lists }) => {
	const pickers = pickersOf(node.description);
	const listOf = (method: string) => lists.find(({ name }) => name === method);

	it('is asked anew when a parameter changes that its list reads, or the place that it is of', () => {
		const place = [
			...(vendor.credentialParameters ?? []),
			...(vendor.itemOptions?.fields ?? []).map(({ name }) => `options.${name}`),
		];
		for (const { field, method } of pickers) {
			expect([field.name, field.typeOptions?.loadOptionsDependsOn ?? []]).toEqual([
				field.name,
				[...(listOf(method)?.dependsOn ?? []), ...place],
			]);
		}
	});

	it('has a list that gives what it does not show by hand', () => {
		for (const { field, method } of pickers) {
			const list = listOf(method);
			const modes = (field.modes ?? []).map(({ displayName }) => `'${displayName}'`);
			const named = list?.wayOut.match(/'[^']+'/g) ?? [];
			expect([field.name, method, ...named.filter((mode) => !modes.includes(mode))]).toEqual([
				field.name,
				method,
			]);
			expect(list?.wayOut).toMatch(field.type === 'resourceLocator' ? /^Choose '/ : /expression/);
		}
	});
});

it('clears the account when another resource is chosen, wherever both are', () => {
	const { description } = new Pam360();
	const accounts = description.properties.filter(({ name }) => name === 'accountId');
	expect(accounts.length).toBeGreaterThan(5);
	for (const { typeOptions, displayOptions } of accounts) {
		expect([displayOptions?.show, typeOptions?.loadOptionsDependsOn]).toEqual([
			displayOptions?.show,
			['resourceId.value'],
		]);
	}
});
