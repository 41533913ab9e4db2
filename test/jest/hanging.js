const { spawnSync } = require('node:child_process');
const path = require('node:path');

const NAMED_AFTER_MS = 180_000;
/** Several times what the longest file takes on a busy machine. */
const ENDED_AFTER_MS = 900_000;

/**
 * Says which file keeps a run waiting, and ends a run that does not go on: a test that never lets go of
 * the processor is out of reach of Jest's own time limit.
 */
module.exports = class Hanging {
	running = new Map();

	onRunStart() {
		this.timer = setInterval(() => this.look(), 60_000);
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
		for (const [file, since] of this.running) {
			const milliseconds = Date.now() - since;
			if (milliseconds < NAMED_AFTER_MS) continue;
			const name = path.relative(process.cwd(), file);
			console.error(`${name} has been running for ${Math.round(milliseconds / 1000)} s`);
			if (milliseconds < ENDED_AFTER_MS) continue;
			console.error(`FAIL ${name}: it does not end, so the run is ended`);
			// A worker that does not end by itself would go on alone.
			spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
			process.exit(1);
		}
	}
};
