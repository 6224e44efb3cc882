/** Installs the packager if it is missing or old. Returns the `require` of its folder. */
export function installPackager(): NodeJS.Require
