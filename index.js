// n8n loads the files listed under "n8n" in package.json; this file is only npm's entry point.
module.exports = {};
