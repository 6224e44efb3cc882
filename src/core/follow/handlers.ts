import type { Handlers } from '../dispatch'
import { createDiscoverHandlers, type DiscoverMethod } from './discover-handlers'
import type { FollowParts } from './follow-parts'
import { createRefreshHandlers, type RefreshMethod } from './refresh-handlers'
import { createSourceHandlers, type SourceMethod } from './source-handlers'

/** Creates the handlers of the methods that discover sources, manage them, and refresh them. */
export function createFollowHandlers(
  parts: FollowParts,
): Pick<Handlers, SourceMethod | DiscoverMethod | RefreshMethod> {
  return { ...createSourceHandlers(parts), ...createDiscoverHandlers(parts), ...createRefreshHandlers(parts) }
}
