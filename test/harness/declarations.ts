import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields as additionalParams, Param } from '../../nodes/shared/param';

/** The collection of these fields, as the editor has it. */
export function additionalFields(...fields: INodeProperties[]): INodeProperties {
	return additionalParams(new Param(fields, z.object({}))).fields[0] as INodeProperties;
}
