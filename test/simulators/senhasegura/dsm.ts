import { randomBytes } from 'node:crypto';
import type { Answer, Call, PlainAnswer, Route } from './call';
import type { SenhaseguraApplication, SenhaseguraSecret } from './entities';
import { Refusal } from './envelope';
import { type Fields, fields, optionalText, text } from './input';
import { shownSecret } from './present';
import { parseSecretData } from './secretData';
import type { Context } from './state';

/**
 * The application that the caller's authorization belongs to (docs/api/senhasegura.md, "DevOps Secret
 * Manager").
 */
function ownApplication({ context, caller }: Call): SenhaseguraApplication {
	const own = context.state.applications.find((one) => one.authorizations.has(caller));
	if (!own) throw new Refusal(400, 'Application not found');
	return own;
}

function shownData(context: Context, data: Fields): Fields {
	const shown = ([name, value]: [string, unknown]): [string, unknown] => [
		name,
		typeof value === 'string' ? shownSecret(context, value) : value,
	];
	return Object.fromEntries(Object.entries(data).map(shown));
}

function shownApplication(context: Context, application: SenhaseguraApplication): object {
	const { description, environment, name, secrets, system, tags } = application;
	return {
		name,
		description,
		tags,
		system,
		environment,
		secrets: secrets.map((secret) => ({
			secret_id: secret.id,
			secret_name: secret.name,
			identity: secret.identity,
			version: '',
			expiration_date: secret.expirationDate,
			engine: secret.engine,
			data: secret.data.map((one) => shownData(context, one)),
		})),
	};
}

/**
 * GET dapp/application, and GET sctm/secret whose shape is not documented; docs/api/senhasegura.md,
 * "DevOps Secret Manager".
 */
function getApplication(call: Call): Answer {
	const application = ownApplication(call);
	return {
		status: 200,
		message: `Application ${application.id}`,
		entity: { application: shownApplication(call.context, application) },
	};
}

/**
 * POST dapp/application: `id` and `signature` are a new client's id and secret,
 * docs/api/senhasegura.md, "DevOps Secret Manager".
 */
function postApplication({ context, sent }: Call): Answer {
	const { state } = context;
	const [name, environment, system] = [sent.application, sent.environment, sent.system].map(text);
	if (!name || !environment || !system) {
		throw new Refusal(400, 'Application, environment and system must be informed');
	}
	const known = state.applications.find(
		(one) => one.name === name && one.environment === environment && one.system === system,
	);
	const application: SenhaseguraApplication = known ?? {
		id: String(5 + state.applications.length),
		name,
		environment,
		system,
		description: null,
		tags: [''],
		authorizations: new Set(),
		secrets: [],
	};
	if (!known) state.applications.push(application);
	const id = randomBytes(21).toString('hex').slice(1);
	const signature = randomBytes(16).toString('hex');
	application.authorizations.add(id);
	state.clients.set(id, signature);
	state.restrictedClients.set(id, ['A2A']);
	return {
		status: 201,
		message: 'Application successfully registered!',
		entity: { id, signature },
	};
}

/**
 * DELETE dapp/application/authorization: that it is the caller's own is inferred
 * (docs/api/senhasegura.md, "DevOps Secret Manager").
 */
function inactivateAuthorization(call: Call): Answer {
	const { caller, context } = call;
	ownApplication(call).authorizations.delete(caller);
	context.state.clients.delete(caller);
	for (const [token, { clientId }] of context.state.tokens) {
		if (clientId === caller) context.state.tokens.delete(token);
	}
	return { status: 200, message: 'Authorization deleted successfully.' };
}

const renewalFields = ['cloud', 'credential', 'ephemeral_credential'].map(
	(what) => `renew_${what}_time`,
);

const newSecretId = ({ state }: Context) =>
	String(106 + state.applications.reduce((count, one) => count + one.secrets.length, 0));

/**
 * POST sctm/secret: upsert by identity in the caller's application, docs/api/senhasegura.md, "DevOps
 * Secret Manager".
 */
function postSecret(call: Call): Answer {
	const { context, sent } = call;
	const application = ownApplication(call);
	const data = parseSecretData(sent.data);
	const identity = text(sent.identity);
	const known = application.secrets.find((one) => one.identity === identity);
	const engine = text(sent.engine) || known?.engine || 'Generic';
	if (!identity) throw new Refusal(400, 'Secret identity must be informed');
	if (!context.state.engines.has(engine)) throw new Refusal(400, 'Engine is not registered');
	const secret: SenhaseguraSecret = known ?? {
		id: newSecretId(context),
		name: identity,
		identity,
		expirationDate: '',
		engine,
		description: '',
		renewals: {},
		data: [],
	};
	secret.renewals = {
		...(context.settings.omittedRenewal === 'stays' && secret.renewals),
		...Object.fromEntries(
			renewalFields.flatMap((name) => (text(sent[name]) ? [[name, text(sent[name])]] : [])),
		),
	};
	secret.name = text(sent.name) || secret.name;
	secret.engine = engine;
	secret.expirationDate = optionalText(sent, 'expiration_date') ?? secret.expirationDate;
	secret.description = optionalText(sent, 'description') ?? secret.description;
	if (data) secret.data = data;
	if (!known) application.secrets.push(secret);
	const shown = shownApplication(context, { ...application, secrets: [secret] });
	return {
		status: 201,
		message: 'Secret created successfully.',
		entity: { application: shown },
	};
}

/**
 * POST cicd/variables: `env` and `map` are base64, docs/api/senhasegura.md, "DevOps Secret Manager".
 */
function postVariables({ sent }: Call): Answer | PlainAnswer {
	const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u;
	const given = [sent.env, sent.map].map(text);
	if (given.every((value) => value !== '' && base64.test(value))) {
		return { status: 201, message: 'Variables successfully registered!' };
	}
	// The other form of a DSM failure: texts at the top, docs/api/senhasegura.md, "OAuth 2.0" and "DevOps
	// Secret Manager".
	return { status: 400, plain: { error: 'invalid_request', message: 'Invalid variables' } };
}

const ephemeralIdentity = (sent: Fields) =>
	['namespace', 'deploy', 'pod_name'].map((name) => text(sent[name])).join('/');

/**
 * POST coe/dapp/provision with an identity, as the page of 4.0 shows it: the secret stands by itself
 * (docs/api/senhasegura.md, "DevOps Secret Manager"). The page has `false` for renewals; minutes in its
 * place are inferred.
 */
function provisionByIdentity(call: Call): Answer {
	const { context, sent } = call;
	const secret = ownApplication(call).secrets.find((one) => one.identity === text(sent.identity));
	if (!secret) throw new Refusal(400, 'Secret not found');
	secret.data = [
		{ hostname: 'db-01' },
		{ hostname: 'db-01', username: 'usr', password: randomBytes(12).toString('base64url') },
	];
	return {
		status: 200,
		message: 'Secret provisions done.',
		entity: {
			secret: {
				secret_id: secret.id,
				secret_name: secret.name,
				identity: secret.identity,
				version: '7',
				description: secret.description,
				expiration_date: secret.expirationDate,
				engine: secret.engine,
				...Object.fromEntries(renewalFields.map((name) => [name, secret.renewals[name] ?? false])),
				data: secret.data.map((one) => shownData(context, one)),
			},
		},
	};
}

/**
 * POST coe/dapp/provision: a dynamic credential, whose `data` is an object; docs/api/senhasegura.md,
 * "DevOps Secret Manager".
 */
function provision(call: Call): Answer {
	const { context, sent } = call;
	if (sent.identity !== undefined) return provisionByIdentity(call);
	const application = ownApplication(call);
	const identity = ephemeralIdentity(sent);
	if (identity.split('/').includes('')) throw new Refusal(400, 'Pod, deploy, namespace missing');
	const data = { USERNAME: 'usr', PASSWORD: randomBytes(12).toString('base64url'), TTL: '3600' };
	const secret: SenhaseguraSecret = {
		id: newSecretId(context),
		name: identity,
		identity,
		expirationDate: '',
		engine: 'Kubernetes',
		description: '',
		renewals: {},
		data: [data],
	};
	application.secrets.push(secret);
	const shown = fields(shownApplication(context, { ...application, secrets: [] })) ?? {};
	const shownSecretOf = { secret_id: secret.id, secret_name: identity, identity, version: '' };
	const secrets = [{ ...shownSecretOf, engine: secret.engine, data: shownData(context, data) }];
	return {
		status: 200,
		message: `Application ${application.id}`,
		entity: { application: { ...shown, secrets } },
	};
}

/**
 * POST coe/dapp/deprovision: all four are mandatory (docs/api/senhasegura.md, "DevOps Secret Manager").
 * No page prints an answer: the envelope, and that it has no text, are inferred.
 */
function deprovision(call: Call): Answer {
	const { sent } = call;
	const application = ownApplication(call);
	const id = text(sent.secret_id);
	const identity = ephemeralIdentity(sent);
	if (!/^\d+$/u.test(id) || identity.split('/').includes('')) {
		throw new Refusal(400, 'Pod, deploy, namespace or secret missing');
	}
	const kept = application.secrets.filter((one) => one.id !== id || one.identity !== identity);
	if (kept.length === application.secrets.length) throw new Refusal(400, 'Secret not found');
	application.secrets = kept;
	return { status: 200, message: '' };
}

const resource = 'A2A';

export const dsmRoutes: Route[] = [
	// The vendor's own command line writes it with a capital.
	...['/dapp/application', '/dapp/Application'].flatMap((path): Route[] => [
		{ method: 'GET', path, resource, answer: getApplication },
		{ method: 'POST', path, resource, answer: postApplication },
	]),
	{
		method: 'DELETE',
		path: '/dapp/application/authorization',
		resource,
		answer: inactivateAuthorization,
	},
	{ method: 'GET', path: '/sctm/secret', resource, answer: getApplication },
	{ method: 'POST', path: '/sctm/secret', resource, answer: postSecret },
	{ method: 'POST', path: '/cicd/variables', resource, answer: postVariables },
	{ method: 'POST', path: '/coe/dapp/provision', resource, answer: provision },
	{ method: 'POST', path: '/coe/dapp/deprovision', resource, answer: deprovision },
];
