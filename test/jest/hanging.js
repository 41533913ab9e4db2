const { spawnSync } = require('node:child_process');
const path = require('node:path');

const DEFAULTS = {
	lookEveryMs: 60_000,
	namedAfterMs: 180_000,
	/** Several times what the longest file takes on a busy machine. */
	endedAfterMs: 900_000,
};

/**
 * Says which file keeps a run waiting, and ends a run that does not go on: a test that never lets go of
 * the processor is out of reach of Jest's own time limit.
 */
module.exports = class Hanging {
	running = new Map();

	constructor(_globalConfig, options) {
		this.limits = { ...DEFAULTS, ...options };
	}

	onRunStart() {
		this.timer = setInterval(() => this.look(), this.limits.lookEveryMs);
	}

	onTestFileStart({ path: file }) {
		this.running.set(file, Date.now());
	}

	onTestFileResult({ path: file }) {
		this.running.delete(file);
	}

	onRunComplete() {
		clearInterval(this.timer);
	}

	look() {
		const { namedAfterMs, endedAfterMs } = this.limits;
		for (const [file, since] of this.running) {
			const milliseconds = Date.now() - since;
			if (milliseconds < namedAfterMs) continue;
			const name = path.relative(process.cwd(), file);
			console.error(`${name} has been running for ${Math.round(milliseconds / 1000)} s`);
			if (milliseconds < endedAfterMs) continue;
			console.error(`FAIL ${name}: it does not end, so the run is ended`);
			// A worker that does not end by itself would go on alone.
			spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
			process.exit(1);
		}
	}
};
