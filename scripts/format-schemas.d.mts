/** Folder of the published schemas, absolute. */
export const schemasFolder: string
/** The published schemas as texts by file name. */
export function formatSchemas(documents: Readonly<Record<string, unknown>>): Record<string, string>
