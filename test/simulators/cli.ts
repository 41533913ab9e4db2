import { parseArgs } from 'node:util';
import {
	cortexXsiamDemo,
	pam360Demo,
	senhaseguraDemo,
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '.';

const usage = `Starts the three vendor simulators and prints their addresses and demo credentials as JSON.

  --pam360-port <n>         default 0: a free port
  --cortex-xsiam-port <n>
  --senhasegura-port <n>
  --http                    plain HTTP instead of TLS
  --help
`;

function portOf(text: string | undefined): number {
	const port = Number(text ?? 0);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`No port: ${text}`);
	return port;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'pam360-port': { type: 'string' },
			'cortex-xsiam-port': { type: 'string' },
			'senhasegura-port': { type: 'string' },
			http: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(usage);
		return;
	}

	const { http } = values;
	const [pam360, cortexXsiam, senhasegura] = await Promise.all([
		startPam360Simulator({ http, port: portOf(values['pam360-port']) }),
		startCortexXsiamSimulator({ http, port: portOf(values['cortex-xsiam-port']) }),
		startSenhaseguraSimulator({ http, port: portOf(values['senhasegura-port']) }),
	]);

	const told = {
		pam360: { url: pam360.url, ...pam360Demo },
		cortexXsiam: { url: cortexXsiam.url, ...cortexXsiamDemo },
		senhasegura: { url: senhasegura.url, ...senhaseguraDemo },
		certificate: pam360.certificate,
	};
	process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);

	const stop = async () => {
		await Promise.all([pam360.close(), cortexXsiam.close(), senhasegura.close()]);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void stop());
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
