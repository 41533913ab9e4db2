import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeProperties,
	Logger,
} from 'n8n-workflow';
import type { z } from 'zod';
import type { CallNotes } from './callNotes';
import type { Claims } from './claims';
import type { AnyList } from './editor';
import type { Lane } from './lane';
import type { RateKey } from './lanes';
import type { Caller } from './request';

/** What an operation made of one item. */
export interface Result {
	/** The normalised item, of the same form for every vendor. Its secret, if any, is `secret` or `passphrase`. */
	item: IDataObject;
	/** The vendor's own answer, for Simplify off. */
	raw: IDataObject;
	/** What the user should know although it went well, shown above the output. */
	hints?: string[];
	/** False where an operation that `issues` has made nothing for this result. */
	issued?: boolean;
	/**
	 * Whether what it replaces is gone, so that losing it would do harm. A node that has such
	 * a result does not stop when another item fails: that one becomes an item with its error.
	 */
	irreplaceable?: boolean;
	/**
	 * What has to be known of it where the node cannot return it, such as what became of the thing that it
	 * replaces: `in place of 100, which was revoked`.
	 */
	ifNotReturned?: string;
	/** A file that goes with the item, for operations that declare `download`. */
	file?: OutputFile;
	/** What was found of an earlier try of the same call, and what became of it, in whole sentences. */
	ofEarlierTry?: string;
}

export interface OutputFile {
	content: Buffer;
	name: string;
	/** MIME type; found out by n8n from the name where it is not given. */
	type?: string;
}

/** A long list is handed over as it is read, so that its raw records need not be kept. */
export type Results = Result | Result[] | AsyncIterable<Result>;

/** What an operation may have to know of the item that it works on, beside what it takes. */
export interface Call {
	/** Index of the input item. */
	index: number;
	/** Whether the execution is n8n's retry of an earlier one, whose data may be old. */
	isRetry: boolean;
	/** What names this call over all its tries: instance, workflow, execution, node, run, item. */
	identity: string[];
	/** What tells the credential of the item from others; nothing of it can be read from this. */
	credential?: string;
	/** Whether an earlier try of the same call, in this process, may have left something. */
	triedBefore?: boolean;
	/** n8n's log; never give it a secret. */
	log: Pick<Logger, 'debug' | 'info' | 'warn'>;
	/** Notes in n8n's own database (see nodes/shared/callNotes.ts); absent where this n8n has none. */
	notes?: CallNotes;
}

/**
 * What becomes of a further try of a call that makes something: n8n's Retry On Fail runs the node again,
 * and its queue a job whose worker has died.
 */
export type FurtherTries =
	/** Sent by `sendOnce`: refused before anything is sent, unless the earlier one did nothing. */
	| {
			are: 'refused';
			/**
			 * What the vendor does not take twice: `a resource of the same name`. Where it takes anything twice,
			 * the call is also noted in n8n's database.
			 */
			unlike?: string;
	  }
	/** The operation finds what an earlier one has left. */
	| {
			are: 'resolved';
			/** How: `the identifier of the record`. */
			by: string;
	  }
	/** Nothing is there twice by it. */
	| { are: 'harmless'; because: string };

export interface OperationBase {
	/** Title Case, as in the operation list. */
	name: string;
	value: string;
	/** Sentence case, as in the node creator. */
	action: string;
	description: string;
	/** What the user sees; the frame shows it for this operation only. */
	fields: INodeProperties[];
	/**
	 * For operations that give out a secret: dot paths to it in the vendor's answer. In a normalised
	 * item it is always `secret` or `passphrase`. Declaring it adds the option "Secret Output".
	 */
	secretPaths?: string[];
	/**
	 * Whether the secret was there before and stays where it is: its item says when it was read, and it
	 * may be left out. Undefined, that is so where nothing is issued.
	 */
	readsSecret?: boolean;
	/** For operations that read keys: each item names the server that has it, since its ID is one of that server. */
	readsKeys?: boolean;
	/** Names of parameters that take a secret and of which an empty one says something, too. */
	emptySecrets?: string[];
	/** What may be given in a secret's place by mistake, such as an ID, and is not taken out of items. */
	noSecret?: RegExp;
	/**
	 * For operations after which something exists that did not exist before: what to call it in an
	 * error that keeps finished items from being returned.
	 */
	issues?: string;
	/** What a language model may not fill, or only by leave: names of parameters (see agents.ts). */
	byPerson?: {
		/**
		 * For operations that end or replace something, or open it to others: what, and to whom. Empty where
		 * the call itself decides it. Declaring it adds the option "Let AI Model Choose".
		 */
		targets?: string[];
		/** What lifts a protection, or is taken for a proof. Secrets need not be named. */
		guards?: string[];
		/** What is a guard where another parameter, named beside it, is turned on. */
		guardsWhere?: Record<string, string>;
		/** Texts that are guards where they hold what changes something. */
		guardsBy?: Record<string, RegExp>;
	};
	/** Declared by every operation that `issues` something, or sends what may not be sent twice. */
	furtherTries?: FurtherTries;
	/** Adds the parameter for the binary field that a `file` of the result goes into. */
	download?: boolean;
	/**
	 * For operations after which the credential in use is dead, and what they give out is the only way
	 * back in: for one item of a run only.
	 */
	replacesCredential?: boolean;
}

/** An operation as the frame uses it, whatever it takes. */
export interface Operation<Api> extends OperationBase {
	input: z.ZodTypeAny;
	/** That its pickers are filled from. */
	lists?: readonly AnyList[];
	givesSecret?(input: unknown): boolean;
	run(api: Api, input: unknown, call: Call): Promise<Results> | AsyncIterable<Result>;
}

/** Whether an operation gives out a secret that is there already, and stays there. */
export function readsSecret<Api>(operation: Operation<Api>): boolean {
	const { secretPaths, issues } = operation;
	return secretPaths !== undefined && (operation.readsSecret ?? issues === undefined);
}

/** Whether an operation gives out a secret that is new, and that nobody has who does not get it now. */
export function issuesSecret<Api>(operation: Operation<Api>): boolean {
	return operation.secretPaths !== undefined && !readsSecret(operation);
}

export interface Resource<Api> {
	name: string;
	value: string;
	operations: Array<Operation<Api>>;
}

/** What the options of a node mean for a whole run. */
export interface RunSettings {
	/** Milliseconds until a call counts as lost. */
	timeout: number;
	/** Requests per second that the run allows itself; 0 for no limit. */
	perSecond: number;
	/** For how many milliseconds in all a request that is refused for its rate waits, to be sent again. */
	rateLimitWait?: number;
	signal?: AbortSignal;
	/** The way that all requests to the same server with the same key go; set by the frame. */
	lane?: Lane;
	/** What items of the run have taken for themselves, whatever credentials they have; set by the frame. */
	claims?: Claims;
	/** Told, as a sentence without its period, when a request has to wait. */
	onWait?: (what: string) => void;
	/** Told, in whole sentences, what the user should know of a list that was read. */
	onTold?: (what: string) => void;
}

/** A vendor as the frame knows it. */
export interface Vendor<Api> {
	resources: Array<Resource<Api>>;
	/** Calls per second that the vendor bears; the option is offered only where there is a limit. */
	perSecond?: number;
	/** What every operation offers among its options, and each item may set anew. */
	itemOptions?: ItemOptions<Api>;
	/**
	 * What the vendor counts requests by, in a credential. All executions that use the same one share their
	 * pace; without it, each run has one of its own.
	 */
	rateKey?(credentials: ICredentialDataDecryptedObject): RateKey;
	/** The credential that a node's calls are made with; the same for all items. */
	credential(caller: Caller): CredentialUse;
	/** The node's parameters that it is chosen by, and with it what lists in the editor hold. */
	credentialParameters?: string[];
	/**
	 * What tells the server that calls go to from others: its address without scheme, and behind a space
	 * what it is divided into, such as a child tenant. Keys that are read say it.
	 */
	serverOf?(api: Api): string;
	/** The object that all items with this credential share; sends nothing. */
	connect(
		caller: Caller,
		credentials: ICredentialDataDecryptedObject,
		settings: RunSettings,
	): Api & ApiSecrets;
}

export interface CredentialUse {
	/** The name of the credential type. */
	type: string;
	/**
	 * Where n8n's OAuth2 engine makes the calls, which knows one token for all items: what to use, as a
	 * sentence, when each item has a credential of its own.
	 */
	instead?: string;
}

/** Options of a vendor that change how the calls of one item are made. */
export interface ItemOptions<Api> {
	fields: INodeProperties[];
	/** Takes the whole collection of options. */
	input: z.ZodTypeAny;
	/** The same API, connection, pace and look-ups included, as the options want it. */
	apply(api: Api, options: unknown): Api;
}

export interface ApiSecrets {
	/** Values of the credential that must not appear in any text. */
	readonly secrets: string[];
}
