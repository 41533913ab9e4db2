import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

/** The node type of `Agent`. */
export const AGENT = 'test.agent';

interface Tool {
	func(given: IDataObject): Promise<string>;
}

/**
 * An AI agent, as far as n8n is concerned: it calls the first tool that is connected to it once for each
 * entry of `asked` of its items, in turn; for several items at the same time. What a language model would
 * decide is given.
 */
export class Agent implements INodeType {
	description = {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: ['main' as const, { type: 'ai_tool' as const }],
		outputs: ['main' as const],
		properties: [],
	};

	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const tools = await Promise.all(
			items.map(async (_, index) => {
				const [tool] = (await this.getInputConnectionData('ai_tool', index)) as [Tool];
				return tool;
			}),
		);
		const said = await Promise.all(
			items.map(async ({ json }, index) => {
				const answers: string[] = [];
				for (const given of json.asked as IDataObject[]) {
					answers.push(await tools[index]!.func(given).catch((error: Error) => error.message));
				}
				return { json: { answers } };
			}),
		);
		return [said];
	}
}
