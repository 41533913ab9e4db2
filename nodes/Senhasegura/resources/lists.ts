/** All lists that the editor fills for this node. */
export { deviceList } from './device/lists';
export { relatedUserList } from './relatedUser/lists';
export { secretList } from './secret/lists';
export { sessionList } from './session/lists';
export { credentialList, sshKeyList } from './shared/lists';
export { userList } from './user/lists';
