import type { FeatureParts } from '../feature'
import type { RefreshService } from './refresh-service'

/** What the methods of following work with. */
export interface FollowParts extends Pick<FeatureParts, 'ports' | 'library' | 'jobs' | 'emit'> {
  /** Opens the refresh service. Its code loads with the first call. */
  openRefreshService(): Promise<RefreshService>
}
