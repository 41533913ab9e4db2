import { SenhaseguraApi } from '../../../../nodes/Senhasegura/api/client';
import { Failure } from '../../../../nodes/shared/failure';
import type { Reply, Request, Transport } from '../../../../nodes/shared/transport';
import type { SenhaseguraInProcess } from '../../../simulators/senhasegura';

/** What goes wrong with a call to the vault. */
export type Fault =
	/** The run ends before the call, or after it. */
	| 'killedBefore'
	| 'killedAfter'
	/** Nothing is done, and nobody says so; or it is done, and nobody says so. */
	| 'dropped'
	| 'answerLost'
	/** Nobody answers, and it is done later. */
	| 'late';

/** A write that is still under way. */
export type Parked = () => void;

export interface Disturbance {
	/** Which call of the run, from 0; or which one it is by its method and what it sends. */
	at: number | ((method: string, sent: Record<string, unknown>) => boolean);
	fault: Fault;
}

/** A transport to the simulator that is disturbed as it is told. */
export class Wire {
	calls = 0;

	/** Each happens once. */
	private readonly disturbances: Disturbance[];

	constructor(
		private readonly vault: SenhaseguraInProcess,
		private readonly turn: () => Promise<void>,
		private readonly parked: Parked[],
		disturbances: Disturbance[],
		/** Ends the run: never comes back. */
		private readonly die: () => Promise<never>,
	) {
		this.disturbances = [...disturbances];
	}

	/** An API of its own for each operation, as n8n makes one for each node. */
	api(): SenhaseguraApi {
		const transport = this as unknown as Transport;
		return new SenhaseguraApi(transport, { url: 'https://vault.example.com' });
	}

	/** What comes later than that, on the clock of the world, is not sent. */
	within(milliseconds: number): Pick<Transport, 'send'> {
		const until = Date.now() + milliseconds;
		return { send: async (asked) => await this.send(asked, until) };
	}

	async send(asked: Request, until = Infinity): Promise<Reply> {
		await this.turn();
		if (Date.now() > until) throw new Failure('It was too late', { kind: 'notSent' });
		const index = this.calls++;
		const sent = JSON.parse(asked.body ?? '{}') as Record<string, unknown>;
		const isNow = ({ at }: Disturbance) =>
			typeof at === 'number' ? at === index : at(asked.method, sent);
		const found = this.disturbances.findIndex(isNow);
		const fault = found < 0 ? undefined : this.disturbances.splice(found, 1)[0]?.fault;
		if (fault === 'killedBefore') await this.die();
		const isWrite = asked.method !== 'GET';
		if (fault === 'late' && isWrite) this.parked.push(() => void this.ask(asked));
		if (fault === 'dropped' || fault === 'late') throw lost();
		const reply = this.ask(asked);
		if (fault === 'killedAfter') await this.die();
		if (fault === 'answerLost') throw lost();
		return reply;
	}

	private ask({ method, url, body }: Request): Reply {
		const path = new URL(url).pathname.replace(/^\/api/, '');
		const sent = JSON.parse(body ?? '{}') as Record<string, unknown>;
		const answer = this.vault.answer(method, path, sent);
		const text = JSON.stringify(answer.body);
		return { status: answer.status, headers: {}, text, repeated: false };
	}
}

function lost(): Failure {
	return new Failure('The vault did not answer', { kind: 'lost', code: 'ETIMEDOUT' });
}
