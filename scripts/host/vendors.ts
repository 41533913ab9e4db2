import {
	cortexXsiamDemo,
	startCortexXsiamSimulator,
	type CortexXsiamSimulator,
} from '../../test/simulators/cortexXsiam';
import {
	pam360Demo,
	startPam360Simulator,
	type Pam360Simulator,
} from '../../test/simulators/pam360';
import {
	senhaseguraDemo,
	startSenhaseguraSimulator,
	type SenhaseguraSimulator,
} from '../../test/simulators/senhasegura';
import { freshId, type StoredCredential } from './workflows';

export interface Simulators {
	pam360: Pam360Simulator;
	cortexXsiam: CortexXsiamSimulator;
	senhasegura: SenhaseguraSimulator;
	close(): Promise<void>;
}

export async function startSimulators(): Promise<Simulators> {
	const [pam360, cortexXsiam, senhasegura] = await Promise.all([
		startPam360Simulator(),
		startCortexXsiamSimulator(),
		startSenhaseguraSimulator(),
	]);
	const all = [pam360, cortexXsiam, senhasegura];
	return {
		pam360,
		cortexXsiam,
		senhasegura,
		async close() {
			await Promise.all(all.map(async (simulator) => await simulator.close()));
		},
	};
}

/** One credential of each type, each for its running simulator. */
export function credentialsFor(simulators: Simulators): StoredCredential[] {
	const { clientId, clientSecret } = senhaseguraDemo;
	const { consumerKey, consumerSecret, token, tokenSecret } = senhaseguraDemo;
	const credential = (type: string, name: string, data: StoredCredential['data']) => ({
		id: freshId(),
		name,
		type,
		data,
	});
	return [
		credential('pam360Api', 'PAM360 simulator', {
			url: simulators.pam360.url,
			authToken: pam360Demo.authToken,
			serverTimeZone: pam360Demo.serverTimeZone,
			ignoreSslIssues: true,
		}),
		credential('cortexXsiamApi', 'Cortex XSIAM simulator', {
			url: simulators.cortexXsiam.url,
			...cortexXsiamDemo.advanced,
			securityLevel: 'advanced',
			ignoreSslIssues: true,
		}),
		credential('senhaseguraOAuth2Api', 'Senhasegura simulator (OAuth 2.0)', {
			url: simulators.senhasegura.url,
			apiPrefix: '/api',
			clientId,
			clientSecret,
			grantType: 'clientCredentials',
			ignoreSSLIssues: true,
		}),
		credential('senhaseguraOAuth1Api', 'Senhasegura simulator (OAuth 1.0)', {
			url: simulators.senhasegura.url,
			apiPrefix: '/api',
			consumerKey,
			consumerSecret,
			token,
			tokenSecret,
			ignoreSslIssues: true,
		}),
	];
}
