/** The folder of the published schemas, as an absolute path. */
export const schemasFolder: string
/** The published schemas as texts, by file name. `documents` is the module src/core/library/store/documents.ts. */
export function formatSchemas(documents: Readonly<Record<string, unknown>>): Record<string, string>
