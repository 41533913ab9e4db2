import { sameRecord } from '../../shared/sameRecord';

export const demandSame = sameRecord('PAM360');
