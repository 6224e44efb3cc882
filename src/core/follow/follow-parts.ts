import type { FeatureParts } from '../feature'
import type { RefreshService } from './refresh-service'

/** The dependencies of the handlers that follow sources. */
export interface FollowParts extends Pick<FeatureParts, 'ports' | 'library' | 'jobs' | 'emit' | 'runTask'> {
  /** Returns the refresh service. The first call loads the code of the service. */
  openRefreshService(): Promise<RefreshService>
}
