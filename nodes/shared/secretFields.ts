import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { isShown } from './shown';

/** A value that was given for a parameter that takes a secret. */
export interface SecretValue {
	field: INodeProperties;
	value: unknown;
	/** Whether an expression gave it. */
	isComputed: boolean;
	/** Whether the user added the field; others are always there, and empty where nothing is meant. */
	isAdded: boolean;
}

interface Walk {
	/** The values of all parameters, which those in collections may refer to. */
	root: object;
	change(secret: SecretValue): unknown;
}

type Part = INodeProperties | INodePropertyCollection;

/**
 * A copy in which each secret has become what `change` makes of it, in collections as well. A secret
 * that another choice hides is left out.
 *
 * @param values By the names of the fields.
 * @param written The same before n8n evaluated the expressions in them.
 */
export function changeSecrets(
	fields: INodeProperties[],
	values: Record<string, unknown>,
	written: unknown,
	change: Walk['change'],
): Record<string, unknown> {
	return walked(fields, values, written, { root: values, change }) as typeof values;
}

function walked(
	parts: Part[],
	given: unknown,
	written: unknown,
	walk: Walk,
	isAdded = false,
): unknown {
	if (Array.isArray(given)) {
		return given.map((entry, index) => walked(parts, entry, partOf(written, index), walk, isAdded));
	}
	if (parts.length === 0 || typeof given !== 'object' || given === null) return given;
	const values = { ...(given as Record<string, unknown>) };
	for (const part of parts) {
		if (!(part.name in values)) continue;
		const source = partOf(written, part.name);
		if (!isSecret(part)) {
			values[part.name] = walked(
				partsOf(part),
				values[part.name],
				source,
				walk,
				'type' in part && part.type === 'collection',
			);
		} else if (isShown(part, given, walk.root)) {
			const secret = { value: values[part.name], isComputed: isExpression(source), isAdded };
			values[part.name] = walk.change({ field: part, ...secret });
		} else values[part.name] = part.default;
	}
	return values;
}

/** All that is in what an expression gave was given by it. */
function partOf(written: unknown, key: string | number): unknown {
	if (isExpression(written) || typeof written !== 'object' || written === null) return written;
	return (written as Record<string | number, unknown>)[key];
}

function isExpression(written: unknown): boolean {
	return typeof written === 'string' && written.startsWith('=');
}

function isSecret(part: Part): part is INodeProperties {
	return 'typeOptions' in part && part.typeOptions?.password === true;
}

function partsOf(part: Part): Part[] {
	if ('values' in part) return part.values;
	return (part.options ?? []).filter((option) => 'type' in option || 'values' in option) as Part[];
}
