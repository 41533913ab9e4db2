import { Failure } from './failures';

export function plainRecord(value: unknown): Record<string, unknown> | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Record<string, unknown>) : undefined;
}

const invalid = (name: string) => new Failure(`Invalid value for ${name}.`);

/**
 * The fields of a call. Types are loose as at the vendor: numbers may be digits, booleans may be words,
 * and an empty string counts as absent (docs/api/pam360.md, "INPUT_DATA" and "Reading a password").
 * Every reader throws a Failure that names the field.
 */
export class Input {
	constructor(private readonly fields: Record<string, unknown>) {}

	/** The value as it was sent. */
	raw(name: string): unknown {
		return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
	}

	/** Whether there is a value that is not empty. */
	has(name: string): boolean {
		const value = this.raw(name);
		return value !== undefined && value !== null && value !== '';
	}

	/** Whether the field was sent, be it empty. */
	sent(name: string): boolean {
		return this.raw(name) !== undefined && this.raw(name) !== null;
	}

	/** `''` where absent; spaces are kept. */
	text(name: string): string {
		const value = this.raw(name) ?? '';
		if (typeof value === 'number') return String(value);
		if (typeof value !== 'string') throw invalid(name);
		return value;
	}

	required(name: string): string {
		const value = this.text(name);
		if (value.trim() === '') throw new Failure(`${name} is missing.`);
		return value;
	}

	integer(name: string, fallback: number, min = 0, max = 2_147_483_647): number {
		if (!this.has(name)) return fallback;
		const digits = this.text(name);
		const value = /^\d{1,10}$/u.test(digits) ? Number(digits) : NaN;
		if (!(value >= min && value <= max)) throw invalid(name);
		return value;
	}

	boolean(name: string): boolean | undefined {
		if (!this.has(name)) return undefined;
		const value = this.raw(name);
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		throw invalid(name);
	}

	/** One of the words, in exactly that case; `fallback` where absent. */
	word<const Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
		if (!this.has(name)) return fallback;
		const value = this.text(name);
		const found = words.find((word) => word === value);
		if (found === undefined) throw invalid(name);
		return found;
	}

	/** An array; `undefined` where absent. */
	list(name: string): unknown[] | undefined {
		if (!this.has(name)) return undefined;
		const value: unknown = this.raw(name);
		if (!Array.isArray(value)) throw invalid(name);
		return value as unknown[];
	}

	/** An array of ids, which may be numbers or their digits. */
	ids(name: string): string[] {
		return (this.list(name) ?? []).map((id) => {
			const digits = typeof id === 'number' || typeof id === 'string' ? String(id) : '';
			if (!/^\d{1,19}$/u.test(digits)) throw invalid(name);
			return digits;
		});
	}

	/** An array of objects. */
	records(name: string): Input[] {
		return (this.list(name) ?? []).map((one) => {
			const fields = plainRecord(one);
			if (!fields) throw invalid(name);
			return new Input(fields);
		});
	}
}
