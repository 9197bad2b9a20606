// Names of what `models deploy` makes for an endpoint: a model and an endpoint configuration for each deployment, of one name.

/** Of models, endpoint configurations and endpoints (API Reference, ModelName, EndpointConfigName, EndpointName). */
const longestName = 63
export const servingHashDigits = 8

/** What the names of all that was made for an endpoint begin with. */
export function servingPrefix(endpoint: string): string {
  const longestSuffix = '-v'.length + 6 + '-'.length + servingHashDigits
  return `${endpoint.slice(0, longestName - longestSuffix).replace(/-+$/, '')}-v`
}

export function servingName(endpoint: string, version: number, hash: string): string {
  return `${servingPrefix(endpoint)}${version}-${hash}`
}

/** The version in a name that was made here; undefined for another name. */
export function versionInName(endpoint: string, name: string): number | undefined {
  const prefix = servingPrefix(endpoint)
  if (!name.startsWith(prefix)) return undefined
  const [, version] = /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length)) ?? []
  return version === undefined ? undefined : Number(version)
}
