import type { Answer, Call, Route } from './call';
import type { SenhaseguraInformation } from './entities';
import { refuse } from './envelope';
import { text } from './input';
import { newIdentifier, sentIdentifier, shownId, shownSecret } from './present';

/**
 * Protected information by id or identifier (docs/api/senhasegura.md, "Addresses" and "Protected
 * information").
 */
function namedInformation({ context, id }: Call): SenhaseguraInformation {
	const { information } = context.state;
	const item =
		information.find((one) => one.id === id) ?? information.find((one) => one.identifier === id);
	if (!item) throw refuse(1023);
	if (!item.active) throw refuse(1024);
	return item;
}

/**
 * GET pam/info/{id}; the identifier is called `tag` here, docs/api/senhasegura.md, "Protected
 * information".
 */
function getInformation(call: Call): Answer {
	const { context } = call;
	const { content, id, identifier, type } = namedInformation(call);
	return {
		status: 200,
		message: `Information ${id}`,
		entity: {
			info: {
				id: shownId(context, id),
				tag: identifier || null,
				type,
				content: shownSecret(context, content),
			},
		},
	};
}

/** POST pam/info; the answer tells no id, docs/api/senhasegura.md, "Protected information". */
function postInformation(call: Call): Answer {
	const { context, sent } = call;
	const { information } = context.state;
	const content = text(sent.content);
	if (content === '') throw refuse(1026);
	const item: SenhaseguraInformation = {
		id: String(28 + information.length),
		identifier: sentIdentifier(call) || newIdentifier(context),
		name: text(sent.name),
		type: text(sent.type) || 'Access credential',
		content,
		service: text(sent.service),
		url: text(sent.url),
		usersAllowed: text(sent.users_allowed),
		active: true,
	};
	information.push(item);
	return {
		status: 201,
		message: 'Information successfully registered!',
		entity: {
			info: {
				name: item.name,
				type: item.type,
				service: item.service,
				url: item.url,
				content: shownSecret(context, content),
				users_allowed: item.usersAllowed,
				identifier: item.identifier,
			},
		},
	};
}

/** DELETE pam/info/{id} disables, docs/api/senhasegura.md, "Protected information". */
function disableInformation(call: Call): Answer {
	namedInformation(call).active = false;
	return { status: 200, message: 'Information successfully disabled' };
}

const resource = 'PAM Core';

export const informationRoutes: Route[] = [
	{ method: 'POST', path: '/pam/info', resource, write: true, answer: postInformation },
	{ method: 'GET', path: '/pam/info/:id', resource, answer: getInformation },
	{ method: 'DELETE', path: '/pam/info/:id', resource, write: true, answer: disableInformation },
];
