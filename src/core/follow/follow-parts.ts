import type { FeatureParts } from '../feature'
import type { RefreshService } from './refresh-service'

/** The dependencies of the methods that follow sources. */
export interface FollowParts extends Pick<FeatureParts, 'ports' | 'library' | 'jobs' | 'emit' | 'runTask'> {
  /** Opens the refresh service. The code of the service loads with the first call. */
  openRefreshService(): Promise<RefreshService>
}
