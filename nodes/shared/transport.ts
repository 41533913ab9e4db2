import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Exchange } from './exchange';
import type { ExchangeSettings } from './exchange';
import { Failure } from './failure';
import { Lane } from './lane';
import type { Share, Turn } from './lane';
import { Patience } from './patience';
import type { Waited } from './patience';
import { refusedFor, sentAgain, turnAwaited } from './waitTexts';
import { requestClass } from './request';
import type { Answer, Caller, Reply, Request } from './request';
import { noTurn } from './tooMany';
import { UNAVAILABLE, askedAfter, hadNoRoom, waitAfterRefusal, waitBeforeRetry } from './retry';
import type { SignableRequest } from './tls';
import { pause } from './wait';

export type { Caller, Reply, Request };

export interface TransportSettings extends ExchangeSettings {
	/**
	 * What the credential type signs requests with. It is tried before the first call, since n8n 1 drops
	 * the reason when a credential cannot be used.
	 */
	sign?: (credentials: ICredentialDataDecryptedObject, request: SignableRequest) => unknown;
	/** Whether an answer that HTTP calls a success says that there were too many requests. */
	isTooMany?: (answer: Answer) => boolean;
	/** Requests per second that this run allows itself; 0 for no limit. */
	perSecond: number;
	/** For how many milliseconds in all a request that is refused for its rate waits, to be sent again. */
	rateLimitWait?: number;
	/** The way that the requests go, with those of others; without it, one of their own. */
	lane?: Lane;
	/** After which time of `performance.now()` nothing is sent any more. */
	until?: number;
	/** Told, as a sentence without its period, when a request has to wait. */
	onWait?: (what: string) => void;
	/** Told, in whole sentences, what the user should know of a list that was read. */
	onTold?: (what: string) => void;
}

/** What the transports of a run have in common that use the same server and key. */
interface Common {
	lane: Lane;
	share: Share;
	patience: Patience;
}

/** What came of sending a request once. */
interface Sending {
	outcome: Answer | Failure;
	/** Where it was refused for the rate of requests: how many milliseconds nothing is sent. */
	hold?: number;
}

/** What a request has behind it. */
interface Past extends Waited {
	refusals: number;
	retries: number;
}

export const RATE_LIMIT_WAIT_MS = 120_000;

/** Of a shorter wait for a turn nothing is said. */
const LONG_WAIT_MS = 1000;

/** Sends requests through n8n's helpers; one object serves all items of a run. */
export class Transport {
	private firstCall?: Promise<Sending>;

	private isSignable = false;

	private readonly exchange: Exchange;

	private readonly common: Common;

	constructor(
		private readonly caller: Caller,
		private readonly settings: TransportSettings,
		common?: Common,
	) {
		this.exchange = new Exchange(caller, settings);
		this.common = common ?? {
			lane: settings.lane ?? new Lane(),
			share: { underWay: 0 },
			patience: new Patience(settings.rateLimitWait ?? RATE_LIMIT_WAIT_MS),
		};
	}

	/** Sends at the same pace with another credential of the same type, such as a key just issued. */
	withCredentials(credentials: ICredentialDataDecryptedObject): Transport {
		return new Transport(this.caller, { ...this.settings, credentials }, this.common);
	}

	/**
	 * Sends at the same pace, and goes on where the execution is cancelled: for taking back what must not
	 * stay, such as a key that nobody gets now.
	 */
	evenIfCancelled(): Transport {
		const settings = { ...this.settings, signal: undefined, until: undefined };
		// n8n gives its own requests the execution's signal.
		const caller = Object.assign(Object.create(this.caller) as Caller, {
			getExecutionCancelSignal: () => undefined,
		});
		return new Transport(caller, settings, this.common);
	}

	/**
	 * Sends at the same pace, and nothing any more after some time: for what rests on something that was just
	 * looked at. What comes too late ends with `NotInTime`.
	 */
	within(milliseconds: number): Transport {
		const settings = { ...this.settings, until: performance.now() + milliseconds };
		return new Transport(this.caller, settings, this.common);
	}

	/**
	 * Sends a request and gives the answer, whatever its status.
	 *
	 * A refusal for the rate of requests is waited out for every request, within its budget, since the
	 * vendor said that it did nothing; gateway errors and lost connections only for repeatable ones.
	 *
	 * @throws Failure of kind `notSent` or `lost`, or that of a credential that cannot be used
	 */
	async send(request: Request): Promise<Reply> {
		this.trySigning(request);
		const past: Past = { refusals: 0, retries: 0, waited: 0 };
		for (let again = false, repeated = false; ; again = true) {
			const attempt = await this.attempt(request, again);
			const { outcome, hold } = attempt;
			const wait = this.nextTry(request, attempt, past);
			if (wait === undefined) {
				if (!(outcome instanceof Failure)) {
					return { ...outcome, repeated, ...(past.waited > 0 && { waited: past.waited }) };
				}
				// The last attempt did nothing, but an earlier one may have.
				throw repeated && outcome.kind === 'notSent' ? outcome.with({ kind: 'lost' }) : outcome;
			}
			const didNothing =
				hold !== undefined || (outcome instanceof Failure && outcome.kind !== 'lost');
			repeated ||= !didNothing;
			await pause(wait, this.settings.signal);
		}
	}

	/** Waits, but no longer than until the execution is cancelled. */
	async pause(milliseconds: number): Promise<void> {
		await pause(milliseconds, this.settings.signal);
	}

	/** @returns milliseconds to wait before the request comes into the lane again; undefined: it does not */
	private nextTry(request: Request, { outcome, hold }: Sending, past: Past): number | undefined {
		const { lane, patience } = this.common;
		if (this.settings.signal?.aborted) return undefined;
		if (hold === undefined) {
			const wait = waitBeforeRetry(request, outcome, ++past.retries, lane);
			if (wait !== undefined) this.say(sentAgain(request, outcome, wait));
			return wait;
		}
		const wait = waitAfterRefusal(outcome, hold, ++past.refusals);
		if (!patience.bears(past, wait)) return undefined;
		past.waited += wait;
		// While the whole lane is held, the request waits there, ahead of the others.
		return wait > hold ? wait : 0;
	}

	private trySigning({ method, url }: Request): void {
		if (this.isSignable) return;
		this.settings.sign?.(this.settings.credentials, { method, url, headers: {} });
		this.isSignable = true;
	}

	/**
	 * n8n's OAuth2 engine fetches the first token once for each call that finds none. The first call of
	 * a run goes alone, so that the others find its token.
	 */
	private async attempt(request: Request, again: boolean): Promise<Sending> {
		if (!this.settings.oAuth2) return await this.sendInTurn(request, again);
		if (this.firstCall) {
			const { outcome } = await this.firstCall;
			// A client that was refused once is refused a thousand times, and may get locked.
			const isRefused =
				outcome instanceof Failure && outcome.declared?.cause === 'credential-invalid';
			return isRefused ? { outcome } : await this.sendInTurn(request, again);
		}
		this.firstCall = this.sendInTurn(request, again);
		return await this.firstCall;
	}

	private async sendInTurn(request: Request, again: boolean): Promise<Sending> {
		const { lane, share, patience } = this.common;
		const { perSecond, signal, until } = this.settings;
		const isLong = !again && lane.expectedWait(perSecond) >= LONG_WAIT_MS;
		if (isLong) this.say(turnAwaited(request, lane, perSecond));
		const ask = { perSecond, share, again, signal, until, patience: patience.budget };
		const turn = await lane.turn(ask);
		if (!turn && !signal?.aborted) return { outcome: noTurn(request, lane, until) };
		if (!turn) {
			const text = 'The execution was cancelled before the request was sent';
			return { outcome: new Failure(text, { kind: 'notSent' }) };
		}
		const outcome = await this.exchange.send(request);
		return { outcome, hold: this.learn(turn, request, outcome) };
	}

	/**
	 * What the outcome tells of the server, for all who use it.
	 *
	 * @returns where it refused the request for the rate, how many milliseconds nothing is sent
	 */
	private learn(turn: Turn, request: Request, outcome: Answer | Failure): number | undefined {
		const { lane, patience } = this.common;
		if (this.isTooMany(request, outcome)) {
			const hold = lane.refused(turn, askedAfter(outcome));
			this.say(refusedFor(request, hold, lane.rate(turn.ask.perSecond)));
			return hold;
		}
		if (outcome instanceof Failure) {
			if (hadNoRoom(outcome, lane)) lane.overloaded(turn);
			else lane.over(turn);
			return undefined;
		}
		patience.renew();
		if (outcome.status === UNAVAILABLE) lane.overloaded(turn, askedAfter(outcome));
		else lane.answered(turn, requestClass(request));
		return undefined;
	}

	/** Whether there were too many requests: in an answer, or where n8n's engine asked for a token. */
	private isTooMany({ mayQuote }: Request, outcome: Answer | Failure): boolean {
		if (outcome instanceof Failure) return outcome.kind === 'notSent' && outcome.code === '429';
		if (outcome.status === 429) return true;
		return mayQuote !== true && this.settings.isTooMany?.(outcome) === true;
	}

	/** Says, in whole sentences, what the user should know of a list that was read. */
	tell(what: string): void {
		this.settings.onTold?.(what);
	}

	private say(what: string): void {
		this.settings.onWait?.(what);
	}
}
