import { Failure } from './failure';

/** Look-ups of a run: each is done once, however many items ask for it, at the same time or later. */
export class Memo<Value> {
	private readonly known = new Map<string, Promise<Value>>();

	/**
	 * @param key What is looked up; parts are kept apart, whatever they hold.
	 * @throws whatever `load` throws; a look-up that may turn out well later is then done anew
	 */
	async get(key: string[], load: () => Promise<Value>): Promise<Value> {
		const name = JSON.stringify(key);
		const known = this.known.get(name);
		if (known) return await known;
		const loading = load();
		this.known.set(name, loading);
		loading.catch((failure: unknown) => {
			const isFinal =
				failure instanceof Failure &&
				failure.kind === 'refused' &&
				failure.declared?.cause !== 'rate-limited';
			if (!isFinal) this.known.delete(name);
		});
		return await loading;
	}

	/** Forgets one look-up, because what it found has been changed. */
	forget(key: string[]): void {
		this.known.delete(JSON.stringify(key));
	}
}
