import type { Task, TaskLimits } from '../threads/task'
import type { DetectedContent, ReceivedContent } from './discover/detect-content'
import type { Opml } from './opml'
import type { ChannelPageContent, ReceivedChannelPage } from './read-channel-page'

/** Maximum CPU time of one task. A list of links needs less time than a page of text. */
const limits: TaskLimits = { maxCpuMs: 10_000 }

/** Reads a page of a feed, listing or sitemap. See {@link ./read-channel-page.readChannelPage}. */
export const channelPageTask: Task<ReceivedChannelPage, ChannelPageContent> = { name: 'channel-page', limits }

/** Detects what kind of content was received from an address. See {@link ./discover/detect-content.detectContent}. */
export const detectContentTask: Task<ReceivedContent, DetectedContent> = { name: 'detect-content', limits }

/** Reads an OPML file, which is a list of sources. See {@link ./opml.readOpml}. */
export const opmlTask: Task<{ text: string }, Opml | null> = { name: 'opml', limits }
