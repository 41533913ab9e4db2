import type { IDataObject } from 'n8n-workflow';
import { demandSame } from '../../api/sameRecord';
import type { Answer, SenhaseguraApi } from '../../api/client';
import { repeatableChange } from '../shared/changes';
import { idOf } from '../shared/safeEntry';
import { storedApiSecret } from './apiSecretItem';

/**
 * `PUT mysafe/secretapi/update/{identifier}`: what is not sent is kept. Source: docs/api/senhasegura.md,
 * "MySafe API secrets".
 *
 * @throws Failure
 */
export async function updateApiSecret(
	api: SenhaseguraApi,
	identifier: string,
	changes: object,
): Promise<Answer<IDataObject>> {
	const call = api.change({
		method: 'PUT',
		path: `mysafe/secretapi/update/${identifier}`,
		body: changes,
		answer: storedApiSecret,
		what: 'the entry',
		repeatable: true,
	});
	return await repeatableChange(
		call.then((answer) => {
			demandSame(idOf(answer.value), identifier, 'entry', 'lost');
			return answer;
		}),
	);
}
