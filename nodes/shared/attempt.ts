import type { Call, Operation, Result } from './operation';
import { didNothing, onceName, triedBefore } from './sendOnce';
import { told, triesOfProcess, tryName } from './tries';
import type { Try } from './tries';

/** What the frame knows of a call before the operation runs. */
type Begun = Pick<Call, 'identity' | 'credential'>;

type Declared = Pick<Operation<never>, 'furtherTries'>;

/** One try of the call that an item is, and what an earlier one in this process may have left. */
export class Attempt {
	/** Of an operation that finds out by itself what an earlier try has left. */
	readonly earlier: Try | undefined;

	private readonly own: Try | undefined;

	/** By what an earlier one is found. */
	private readonly by: string | undefined;

	private readonly onceName: string;

	private readonly name: string;

	/**
	 * @throws Failure where an earlier try may have done what must not be done twice: before anything is
	 * sent
	 */
	constructor(
		{ furtherTries }: Declared,
		{ identity, credential = '' }: Begun,
		private readonly tries = triesOfProcess,
	) {
		this.onceName = onceName({ identity, credential });
		const done = tries.of(this.onceName);
		if (done) throw triedBefore(identity, done.mayHave, done);
		this.by = furtherTries?.are === 'resolved' ? furtherTries.by : undefined;
		this.name = tryName('resolved', credential, ...identity);
		if (this.by === undefined) return;
		this.earlier = tries.of(this.name);
		this.own = tries.begin(this.name);
	}

	/** @param names Of what now exists. */
	succeeded(names: string[]): void {
		const end = names.length > 0 ? `It made ${names.join('; ')}.` : 'It went well.';
		for (const one of [this.own, this.tries.of(this.onceName)]) if (one) one.end = end;
	}

	/** @param text What the failure says, without secrets. */
	failed(failure: unknown, text: string): void {
		const end = `It ended with: ${text.replace(/\.$/, '')}.`;
		const sent = this.tries.of(this.onceName);
		if (sent) sent.end = end;
		if (!this.own) return;
		this.own.end = end;
		if (!didNothing(failure)) return;
		// What an earlier one has left is there all the same.
		if (this.earlier) this.tries.put(this.name, this.earlier);
		else this.tries.forget(this.name);
	}

	/** What is to be said where there was an earlier try: what it left, and what was found of it. */
	found({ ofEarlierTry }: Pick<Result, 'ofEarlierTry'>): string | undefined {
		if (!this.earlier) return ofEarlierTry;
		const found = `This try looked for what the earlier one may have left, by ${this.by}.`;
		return `${told(this.earlier)} ${ofEarlierTry ?? found}`;
	}
}
