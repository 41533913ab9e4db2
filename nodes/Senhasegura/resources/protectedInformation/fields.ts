import { z } from 'zod';
import { notice, param } from '../../../shared/param';
import { requiredText } from '../../../shared/input';

/**
 * The vendor has put MySafe in its place (docs/api/senhasegura.md, "Protected information").
 */
export const deprecated = notice({
	displayName:
		'The vendor has deprecated protected information: MySafe replaces it from version 3.26 on',
	name: 'deprecated',
	type: 'notice',
	default: '',
});

const informationId = requiredText.pipe(z.string().max(255, 'must be at most 255 characters long'));

export const information = param(
	{
		displayName: 'Information ID or Identifier',
		name: 'informationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 28',
		description: 'The number of the protected information, or its identifier',
	},
	informationId,
);
