import { BY_NAME, vaultList } from '../shared/lists';
import { deviceName, listDevices } from './deviceItem';

export const deviceList = vaultList('searchDevices', listDevices, deviceName, BY_NAME);
