import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { z } from 'zod';
import { allFields } from '../../../nodes/shared/description';
import { TestNodeTypes, workflowNode } from '../../harness';
import { loadModule } from '../../harness/runtime';
import { nodeTypes } from '../vendors';
import { PACKAGE, operations, useAgents } from './agentCalls';
import type { VendorName } from './agentCalls';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/** n8n's own making of a tool out of a node: the part that a model gets to see. */
const { getSchema } = loadModule(
	'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool',
) as { getSchema(node: INode): z.ZodObject<z.ZodRawShape> };

const { sent, call } = useAgents();

/** What the editor writes when somebody lets the model define a field. */
const fromModel = (field: INodeProperties) => {
	const key = field.displayName.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);
	const type = { number: 'number', boolean: 'boolean' }[field.type as string] ?? 'string';
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
};

const NOT_FOR_MODELS = ['notice', 'hidden'];

function filledByModel(field: INodeProperties): IDataObject[string] {
	if (field.type === 'resourceLocator') {
		const mode = field.modes?.some(({ name }) => name === 'id') ? 'id' : 'name';
		return { __rl: true, mode, value: fromModel(field) };
	}
	if (field.type === 'collection') {
		return Object.fromEntries(
			((field.options ?? []) as INodeProperties[])
				.filter(({ type }) => !NOT_FOR_MODELS.includes(type))
				.map((inner) => [inner.name, filledByModel(inner)]),
		);
	}
	if (field.type === 'fixedCollection') {
		return Object.fromEntries(
			((field.options ?? []) as INodePropertyCollection[]).map(({ name, values }) => {
				const entry = Object.fromEntries(values.map((inner) => [inner.name, filledByModel(inner)]));
				return [name, field.typeOptions?.multipleValues ? [entry] : entry];
			}),
		);
	}
	return fromModel(field);
}

/** A model that fills in whatever it is asked for, by its type. */
function stubModel(schema: z.ZodObject<z.ZodRawShape>): IDataObject {
	return Object.fromEntries(
		Object.entries(schema.shape).map(([key, type]) => {
			const answers = ['web-01', 1, true];
			return [key, answers.find((answer) => type.safeParse(answer).success) ?? null];
		}),
	);
}

describe('a model that is given an operation as a tool', () => {
	const toolOf = (vendor: VendorName, parameters: IDataObject) =>
		workflowNode('Tool', `${PACKAGE}.${vendor}Tool`, {
			parameters: parameters as INode['parameters'],
		});

	describe.each(operations)('$name', ({ vendor, resource, operation }) => {
		const chosen = { resource, operation: operation.value };
		const fields = operation.fields.filter(({ type }) => type !== 'notice');

		it('reads what it does in plain words', () => {
			const description = NodeHelpers.getToolDescriptionForNode(
				toolOf(vendor, chosen),
				new TestNodeTypes(nodeTypes).getByNameAndVersion(`${PACKAGE}.${vendor}`, 1),
			);
			expect(description).toMatch(new RegExp(`^${operation.action} in `));
			const texts = [description, operation.description];
			for (const text of texts) expect(text).not.toMatch(/^=|\{\{|\$(json|parameter|fromAI)/i);
			for (const { displayName } of allFields(fields)) expect(displayName).not.toMatch(/\{\{/);
		});

		it.each([
			['the fields that are always there', fields.filter(({ type }) => type !== 'collection')],
			['all fields', fields],
		])(
			'that fills %s gets nothing secret, ends nothing, and is told what to do',
			async (_, those) => {
				const parameters = {
					...chosen,
					...Object.fromEntries(those.map((field) => [field.name, filledByModel(field)])),
				};
				const schema = getSchema(toolOf(vendor, parameters));
				for (const type of Object.values(schema.shape)) {
					expect(type._def).toHaveProperty('typeName');
				}
				const { nodeError, items } = await call({ vendor, parameters, args: stubModel(schema) });

				const given = allFields(those);
				const { targets, guards = [] } = operation.byPerson ?? {};
				const isPersonal =
					targets?.length === 0 ||
					given.some(
						(field) =>
							[...(targets ?? []), ...guards].includes(field.name) ||
							field.typeOptions?.password === true,
					);
				if (isPersonal && !isIncomplete(nodeError?.message)) {
					expect(nodeError?.message).toMatch(/was filled by an AI model|is not for an AI agent/);
					expect(sent(vendor)).toEqual([]);
				}
				if (nodeError) {
					expect(nodeError.message).toMatch(/^\S.{8,}$/s);
					expect(`${nodeError.message} ${nodeError.description ?? ''}`).toMatch(/\w{3,}.* \w{2,}/);
					expect(nodeError.message).not.toMatch(
						/undefined|\[object|Cannot read|Could not get|ZodError|\$fromAI/,
					);
				}
				for (const { json } of items) expect(json.secret ?? null).toBeNull();
			},
		);
	});

	/** n8n itself refuses a node with an empty required parameter, whoever fills it. */
	function isIncomplete(message = ''): boolean {
		return /has issues|parameter.*required/i.test(message);
	}
});
