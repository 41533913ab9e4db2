import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { parseJson } from './answer';
import { withOffset } from './dates';
import { secretFieldNamesOf } from './description';
import { inputFailure } from './failure';
import type { Failure } from './failure';
import { DEEPEST, isTooDeep } from './input';
import { isSealed, openSealed } from './jwe';
import type { Operation } from './operation';
import { readRecipientKey, withoutRecipientKey } from './recipientKey';
import { changeSecrets } from './secretFields';
import type { SecretValue } from './secretFields';
import { isShown, misspelled } from './shown';
import type { Misspelled } from './shown';

type Parameter = Pick<INodeProperties, 'displayName' | 'name' | 'default'>;

/**
 * Reads a parameter of an item.
 *
 * @throws Failure that names the parameter where its value is nested too deeply, or n8n's own error
 */
export function readParameter(
	context: IExecuteFunctions,
	parameter: Parameter,
	index: number,
): unknown {
	const value = evaluated(context, parameter, index);
	if (isTooDeep(value)) throw tooDeep(parameter);
	return value;
}

function evaluated(context: IExecuteFunctions, parameter: Parameter, index: number): unknown {
	try {
		return context.getNodeParameter(parameter.name, index, parameter.default);
	} catch (error) {
		// n8n itself goes through what an expression gave.
		throw error instanceof RangeError ? tooDeep(parameter) : error;
	}
}

function tooDeep({ displayName }: Parameter): Failure {
	return inputFailure(
		`'${displayName}' is nested too deeply`,
		`A value may have up to ${DEEPEST} levels. Check what its expression gives.`,
	);
}

/** Reads the parameters of an operation for the items of a run; what is the same for all is found out once. */
export class ParameterReader<Api> {
	private readonly fields: INodeProperties[];

	private readonly secretNames: Set<string>;

	private readonly zone: string;

	/** What the workflow has for each parameter, before expressions are evaluated. */
	private readonly written = new Map<string, INodeParameters[string]>();

	private readonly hiding = new Map<INodeProperties, Misspelled | undefined>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation<Api>,
	) {
		this.fields = inReadingOrder(operation.fields);
		this.secretNames = secretFieldNamesOf(operation);
		this.zone = context.getTimezone();
	}

	/**
	 * The parameters for one item, and secrets opened.
	 *
	 * @param secrets Takes what must not appear in any text: of what was read also where reading fails.
	 * @param privateKey Of the credential, asked for where a secret comes encrypted; empty for none.
	 * @throws Failure where a secret is empty or cannot be opened
	 */
	async read(
		index: number,
		secrets: string[],
		privateKey: () => Promise<string>,
	): Promise<IDataObject> {
		const { context, operation, fields, secretNames, zone } = this;
		const values = shownValues(fields, zone, (field) => {
			this.demandKept(field);
			return readParameter(context, field, index);
		});
		if (secretNames.size === 0) return values;
		const keep = (texts: string[]) =>
			secrets.push(...texts.filter((text) => !operation.noSecret?.test(text)));
		keep(typedSecrets(values, secretNames));
		const written = this.writtenIn(fields);
		let sealed: string | undefined;
		const checked = changeSecrets(fields, values, written, (secret) => {
			demandFilled(secret, operation);
			if (isSealedText(secret.value)) sealed ??= secret.field.displayName;
			return secret.value;
		});
		if (sealed === undefined) return checked as IDataObject;
		const text = await privateKey();
		if (text === '') throw withoutRecipientKey(sealed);
		const { key } = readRecipientKey(text);
		return changeSecrets(fields, checked, written, (secret) => {
			if (!isSealedText(secret.value)) return secret.value;
			const opened = openSealed(secret.value, key, secret.field.displayName);
			keep(leavesOf(opened));
			demandContent(opened, secret, operation);
			return opened;
		}) as IDataObject;
	}

	/** Where n8n has dropped what was given, a default must not stand in for it. */
	private demandKept(field: INodeProperties): void {
		const show = field.displayOptions?.show;
		if (!show) return;
		const choices = this.fields.filter(({ name }) => name in show);
		if (choices.length === 0) return;
		if (!this.hiding.has(field)) {
			this.hiding.set(field, misspelled(field, this.writtenIn(choices)));
		}
		const choice = this.hiding.get(field);
		if (!choice) return;
		const given = choices.find(({ name }) => name === choice.name) ?? field;
		throw inputFailure(
			`'${given.displayName}' must be written as '${choice.offered}'`,
			`n8n dropped what was given for '${field.displayName}', since the choice is written in another way. Pick it from the list.`,
		);
	}

	private writtenIn(fields: INodeProperties[]): INodeParameters {
		const { context, written } = this;
		for (const { name, default: fallback } of fields) {
			if (written.has(name)) continue;
			const raw = { rawExpressions: true };
			written.set(
				name,
				context.getNodeParameter(name, 0, fallback, raw) as INodeParameters[string],
			);
		}
		return Object.fromEntries(
			fields.map(({ name }) => [name, written.get(name)]),
		) as INodeParameters;
	}
}

/** The fields that have a value, those that others depend on first. */
export function inReadingOrder(fields: INodeProperties[]): INodeProperties[] {
	const read = fields.filter(({ type }) => type !== 'notice');
	const isFree = ({ displayOptions }: INodeProperties) => displayOptions === undefined;
	return [...read.filter(isFree), ...read.filter((field) => !isFree(field))];
}

/**
 * The values of parameters, times with the workflow's offset. What is hidden, as of another choice, is not
 * read: its default stands, as where n8n drops it.
 *
 * @param fields In reading order.
 */
export function shownValues(
	fields: INodeProperties[],
	zone: string,
	read: (field: INodeProperties) => unknown,
): IDataObject {
	const values: IDataObject = {};
	for (const field of fields) {
		const isRead = isShown(field, values);
		if (!isRead && field.name in values) continue;
		const value = isRead ? read(field) : field.default;
		values[field.name] = fieldValue(value, field, zone) as IDataObject[string];
	}
	return values;
}

function isSealedText(value: unknown): value is string {
	return typeof value === 'string' && isSealed(value);
}

/** Nothing stored in the place of a secret would lock its users out. */
function demandFilled<Api>(secret: SecretValue, operation: Operation<Api>): void {
	const { field, value, isComputed, isAdded } = secret;
	if (!isEmpty(value) || mayBeEmpty(secret, operation)) return;
	if (field.required) {
		throw inputFailure(
			`'${field.displayName}' is required`,
			isComputed ? 'Its expression gave no value.' : undefined,
		);
	}
	if (isComputed) {
		throw inputFailure(
			`'${field.displayName}' is empty`,
			'Its expression gave no value. If no value is meant, leave the field empty or remove it.',
		);
	}
	if (isAdded) {
		throw inputFailure(
			`'${field.displayName}' is empty`,
			'Give a value. If none is meant, remove the field.',
		);
	}
}

function demandContent<Api>(text: string, secret: SecretValue, operation: Operation<Api>): void {
	if (!isEmpty(text) || mayBeEmpty(secret, operation)) return;
	throw inputFailure(
		`'${secret.field.displayName}' holds an encrypted secret (JWE) that is empty`,
		'Look at the step that encrypted it: the secret was missing there.',
	);
}

function mayBeEmpty<Api>({ field }: SecretValue, operation: Operation<Api>): boolean {
	return operation.emptySecrets?.includes(field.name) === true;
}

/** White space can be a password. */
function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** The texts that were given for secret fields, wherever in a collection they stand. */
function typedSecrets(value: unknown, names: Set<string>, isSecret = false): string[] {
	if (isSecret) return leavesOf(value);
	if (Array.isArray(value)) return value.flatMap((entry) => typedSecrets(entry, names));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) =>
		typedSecrets(entry, names, names.has(key)),
	);
}

/** A secret that is a document is many: what it says is as secret as the whole. */
function leavesOf(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
	if (typeof value !== 'string' && typeof value !== 'number') return [];
	const text = String(value).trim();
	const document = /^[[{]/.test(text) ? parseJson(text) : undefined;
	const parts = isTooDeep(document) ? [] : leavesOf(document);
	return text === '' ? [] : [text, ...parts];
}

/**
 * A parameter's value as it is taken. n8n's date picker gives a local time without
 * offset, meant in the workflow's time zone: the offset is added to each date-time in the value.
 */
function fieldValue(value: unknown, field: INodeProperties, zone: string): unknown {
	if (field.type === 'dateTime') return withOffset(value, zone);
	if (field.type !== 'collection' || typeof value !== 'object' || value === null) return value;
	const inner = field.options as INodeProperties[];
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => {
			const known = inner.find(({ name }) => name === key);
			return [key, known ? fieldValue(entry, known, zone) : entry];
		}),
	);
}
