import { AppError } from '../../shared/errors'

/** The maximum length of an address in the details of an error, in characters. */
const maxAddressLength = 300

/**
 * Creates the error of a picture or attached file that is of the wrong kind, or that exceeds the limits of its
 * bulletin.
 */
export function createMediaError(code: 'wrong-kind' | 'bulletin-full', address: string): AppError {
  const url = address.slice(0, maxAddressLength)
  return new AppError(code, `media ${url}: ${code}`, { url })
}

/** Creates the error of a picture or attached file that was not saved with its page. */
export function createNotBesideError(address: string): AppError {
  return new AppError('not-beside', 'media: not saved with the page', { url: address.slice(0, maxAddressLength) })
}
