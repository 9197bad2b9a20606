// Several requests at once, but never all: services answer only so many a second.

/** Does the work for every item, `most` at a time. The first that fails fails it all, once those under way have ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  const workers = await Promise.allSettled(Array.from({length: Math.min(most, items.length)}, worker))
  for (const one of workers) if (one.status === 'rejected') throw one.reason
}
