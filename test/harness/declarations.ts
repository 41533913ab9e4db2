import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { eventsOf, operationsOf } from '../../nodes/shared/declare';
import type { Call, Operation, OperationBase, Result, Results } from '../../nodes/shared/operation';
import { additionalFields as additionalParams, Param } from '../../nodes/shared/param';
import type { EventBase, Look, Memory, TriggerEvent } from '../../nodes/shared/trigger';

/** An operation of a vendor that only tests know, with what is seen apart from what is taken. */
interface OperationDeclaration<Api, Input extends z.ZodTypeAny> extends OperationBase {
	input: Input;
	givesSecret?(input: z.output<Input>): boolean;
	run(api: Api, input: z.output<Input>, call: Call): Promise<Results> | AsyncIterable<Result>;
}

export function operation<Api, Input extends z.ZodTypeAny>({
	fields,
	input,
	...more
}: OperationDeclaration<Api, Input>): Operation<Api> {
	return operationsOf<Api>()({ ...more, params: [new Param(fields, () => input)] });
}

/** An event of a vendor that only tests know, with what is seen apart from what is taken. */
interface EventDeclaration<Api, Input extends z.ZodTypeAny> extends EventBase {
	input: Input;
	look(api: Api, input: z.output<Input>, memory: Memory | undefined): Promise<Look>;
	latest(api: Api, input: z.output<Input>, count: number): Promise<Result[]>;
}

export function triggerEvent<Api, Input extends z.ZodTypeAny>({
	fields,
	input,
	...more
}: EventDeclaration<Api, Input>): TriggerEvent<Api> {
	return eventsOf<Api>()({ ...more, params: [new Param(fields, () => input)] });
}

/** The collection of these fields, as the editor has it. */
export function additionalFields(...fields: INodeProperties[]): INodeProperties {
	return additionalParams(new Param(fields, () => z.object({}))).fields[0] as INodeProperties;
}
