// Reading the SDK's answers, where every member may be undefined, into plain data, where a missing member is absent.

type Defined<T> = {readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K]} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without the members that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}

export function toMs(date: Date | undefined): number {
  return date?.getTime() ?? 0
}

/** The last part of an ARN: `arn:aws:sagemaker:us-east-1:1:training-job/x` -> `x`. */
export function nameFromArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Every item of a paged answer. */
export async function allPages<Page, Item>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  nextToken: (page: Page) => string | undefined,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const all: Item[] = []
  let token: string | undefined
  do {
    const page = await fetchPage(token)
    all.push(...(items(page) ?? []))
    token = nextToken(page)
  } while (token !== undefined && all.length < limit)
  return all.length > limit ? all.slice(0, limit) : all
}
