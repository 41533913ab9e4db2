import { sameRecord } from '../../shared/sameRecord';

export const demandSame = sameRecord('Cortex XSIAM');
