import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readable } from './charset';
import { outputFileField } from './description';
import { inputFailure } from './failure';
import { simplified, unreadHints } from './item';
import type { Operation, OutputFile, Result } from './operation';
import { readParameter } from './parameters';
import { readRecipientKey, recipientOf } from './recipientKey';
import { NESTED_HINT, asData } from './runReport';
import type { SecretOptions } from './secretOptions';
import { SECRET_FIELDS, discloser, withoutEchoes } from './secretOutput';

interface Showing {
	/** Of the input item. */
	index: number;
	options: SecretOptions;
	/** What must not appear in any text, beside the credential. */
	typed: string[];
	/** The private key of the credential that opens encrypted secrets; empty where it has none. */
	ownKey(): Promise<string>;
	/** Told what the user should know although it went well. */
	hint(text: string): void;
}

/**
 * How the results of an item leave the node: simplified or not, with their secrets where the user wants
 * them. It is made before anything is sent, so that options that cannot be used end the item then.
 *
 * @throws Failure
 */
export async function shower<Api>(
	context: IExecuteFunctions,
	operation: Operation<Api>,
	{ index, options, typed, ownKey, hint }: Showing,
): Promise<(result: Result) => Promise<INodeExecutionData>> {
	const own = operation.secretPaths ? await ownKey() : '';
	const disclose =
		operation.secretPaths &&
		discloser(
			context,
			options,
			operation.secretPaths,
			own === '' ? undefined : () => recipientOf(readRecipientKey(own)),
		);
	const simplify = String(context.getNodeParameter('simplify', index, true)) !== 'false';
	const field = operation.download ? fileField(context, index) : '';
	return async (result) => {
		const json = simplify ? simplified(result) : result.raw;
		if (simplify) unreadHints(json).forEach(hint);
		const secrets = secretsOf(result.item);
		for (const secret of Object.values(secrets)) readable(secret, 'The secret');
		const shown = disclose
			? await disclose(json, secrets, typed)
			: { json: withoutEchoes(json, typed) };
		const data = asData(shown.json);
		if (data !== shown.json) hint(NESTED_HINT);
		const file = result.file && { [field]: await binary(context, result.file) };
		const files = { ...shown.binary, ...file };
		return {
			json: data,
			...(Object.keys(files).length > 0 && { binary: files }),
			pairedItem: { item: index },
		};
	};
}

function fileField(context: IExecuteFunctions, index: number): string {
	const field = readParameter(context, outputFileField, index);
	if (typeof field === 'string' && field.trim() !== '') return field.trim();
	throw inputFailure(`'${outputFileField.displayName}' must be the name of a field`);
}

async function binary(context: IExecuteFunctions, { content, name, type }: OutputFile) {
	return await context.helpers.prepareBinaryData(content, name, type);
}

function secretsOf(item: IDataObject): Record<string, string> {
	return Object.fromEntries(
		SECRET_FIELDS.flatMap((field) => {
			const value = item[field];
			return typeof value === 'string' && value !== '' ? [[field, value]] : [];
		}),
	);
}
