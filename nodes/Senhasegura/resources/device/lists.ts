import { BY_NAME, vaultList } from '../shared/lists';
import { deviceLabel, listDevices } from './deviceItem';

export const deviceList = vaultList('searchDevices', listDevices, deviceLabel, BY_NAME);
