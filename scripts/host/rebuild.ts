/** What a change of the sources sets off. */
export interface Rebuild {
	/** @returns Why it does not build, undefined where it does */
	build(): Promise<string | undefined>;
	/** Puts what was built in the place of what runs. */
	replace(): Promise<void>;
	say(text: string): void;
}

/**
 * Builds after a change, and again after what has changed in the meantime; never two builds at a time.
 * What does not build replaces nothing.
 */
export class Rebuilder {
	private changed = new Set<string>();
	private working: Promise<void> | undefined;

	constructor(private readonly work: Rebuild) {}

	/** @returns When nothing is left to do */
	async change(file: string): Promise<void> {
		this.changed.add(file);
		this.working ??= this.workOff().finally(() => (this.working = undefined));
		return await this.working;
	}

	private async workOff() {
		while (this.changed.size > 0) {
			const files = [...this.changed];
			this.changed.clear();
			const [first = ''] = files;
			this.work.say(files.length === 1 ? first : `${first} and ${files.length - 1} more`);
			const problem = await this.work.build();
			// A newer change is built first: what is out of date need not run.
			if (this.changed.size > 0) continue;
			if (problem === undefined) await this.work.replace();
			else this.work.say(`does not build; n8n goes on with what it has\n${problem}`);
		}
	}
}
