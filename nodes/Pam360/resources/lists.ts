/** All lists that the editor fills for this node. */
export {
	accountList,
	domainResourceOptions,
	resourceGroupList,
	resourceList,
	resourceOptions,
	userList,
} from './shared/lists';
