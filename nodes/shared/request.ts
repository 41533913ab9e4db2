import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** Where calls can be made from: a node's run, a trigger's look, or the editor filling a list. */
export type Caller = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface Request {
	method: IHttpRequestMethods;
	/** The whole URL, already percent-encoded: what is here is what goes over the wire. */
	url: string;
	headers?: Record<string, string>;
	body?: string;
	/**
	 * In its place, where each sending needs a body of its own: what is sent again after a refusal may not
	 * bear the mark of what was refused.
	 */
	bodyOfEach?: () => string;
	/**
	 * Whether sending it twice does no more than sending it once. Only such a request is repeated
	 * when nobody knows what became of it: a call that issues a key is sent once.
	 */
	repeatable: boolean;
	/** Whether its answer may quote another system, whose limits are not the server's: HTTP's own status decides. */
	mayQuote?: boolean;
}

export interface Reply {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body as text, in its own charset; vendors label JSON as text and text as JSON. */
	text: string;
	/** The body's bytes, where there are any. */
	bytes?: Buffer;
	/** Whether an earlier attempt may have done the work already, its answer being lost. */
	repeated: boolean;
	/** Of a request that was refused for the rate of requests, and waited: milliseconds in all. */
	waited?: number;
}

/** An answer to one attempt. */
export type Answer = Omit<Reply, 'repeated' | 'waited'>;

/** What requests have in common that take a like time: the method, and the path but for ids in it. */
export function requestClass({ method, url }: Pick<Request, 'method' | 'url'>): string {
	const [, path = ''] = /^\w+:\/\/[^/]*([^?]*)/.exec(url) ?? [];
	return `${method} ${path.replace(/[^/]*[\d%][^/]*/g, '*')}`;
}
