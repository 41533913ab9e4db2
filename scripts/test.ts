import { execa } from 'execa';

import { npm } from './host/install';
import {
	PlainError,
	inTurn,
	printFailure,
	runAllSteps,
	withHeartbeat,
	type Step,
} from './host/progress';

function npmScript(title: string, name: string): Step {
	return {
		title,
		task: async (_, task) => {
			const result = await withHeartbeat(task, npm(['run', '--silent', name], { all: true }));
			if (result.failed) throw new PlainError(result.all.trim());
		},
	};
}

/** Lint beside type check and build, then jest; everything runs, whatever failed before it. */
async function main(): Promise<number> {
	const clean = await runAllSteps([
		npmScript('Lint', 'lint'),
		inTurn('Types and build', [
			npmScript('Type check', 'typecheck'),
			npmScript('Build', 'build'),
			npmScript('Lint of the built files', 'lint:dist'),
		]),
	]);
	const jest = await execa('jest', process.argv.slice(2), {
		preferLocal: true,
		stdio: 'inherit',
		reject: false,
	});
	if (!clean) console.error('\nA step before the tests did not succeed; see above.');
	return clean && !jest.failed ? 0 : 1;
}

main().then(
	(code) => (process.exitCode = code),
	(error: unknown) => {
		printFailure(error);
		process.exitCode = 1;
	},
);
