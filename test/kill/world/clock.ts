import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PlainError } from '../../../scripts/host/progress';

/** What follows the clock besides the processes that read its file. */
interface Follower {
	settings: { clockOffsetMs: number };
}

/**
 * The time of a test, which is ahead of the machine's: of the simulators by their setting, of
 * processes by libfaketime, which reads the offset from a file while they run. It only goes forward.
 */
export class Clock {
	private offset = 0;

	constructor(
		private readonly file: string,
		private readonly followers: Follower[] = [],
	) {
		this.tell();
	}

	/** Milliseconds since the epoch. */
	now(): number {
		return Date.now() + this.offset;
	}

	/** Makes it that time. */
	moveTo(time: number) {
		this.offset = Math.max(this.offset, Math.round(time - Date.now()));
		this.tell();
	}

	/** Tells it again to those who have forgotten it, as a simulator that was reset. */
	tell() {
		for (const { settings } of this.followers) settings.clockOffsetMs = this.offset;
		// At once: a process that asks for the time meanwhile must not find it empty.
		writeFileSync(`${this.file}.new`, `+${(this.offset / 1_000).toFixed(3)}\n`);
		renameSync(`${this.file}.new`, this.file);
	}

	/** What a process needs in its environment to follow the clock; its timers run as ever. */
	environment(): Record<string, string> {
		return {
			LD_PRELOAD: fakeTimeLibrary(),
			FAKETIME_TIMESTAMP_FILE: this.file,
			// It is read at every question for the time: dearer, but a move takes effect at once.
			FAKETIME_NO_CACHE: '1',
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
		};
	}
}

/** The build of the library for programs with several threads, where Debian puts it. */
function fakeTimeLibrary(): string {
	const folders = ['/usr/lib', '/usr/local/lib'].flatMap((folder) =>
		existsSync(folder)
			? [folder, ...readdirSync(folder).map((name) => path.join(folder, name))]
			: [],
	);
	const file = folders
		.map((folder) => path.join(folder, 'faketime', 'libfaketimeMT.so.1'))
		.find((candidate) => existsSync(candidate));
	if (file !== undefined) return file;
	throw new PlainError(
		'libfaketime, which moves the clock of n8n, is not there ' +
			'(on Debian: apt-get install libfaketime).',
	);
}
