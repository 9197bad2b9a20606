// Where mlpipe lets the steps of an execution write: `s3://<bucket>/<pipeline>/<execution id>/<step>/<output>`.

export type OwnPlace = {
  readonly bucket: string
  readonly pipeline: string
  readonly id: string
  /** Absent for the folder of a whole execution. */
  readonly step?: string
}

/** With the letters that SageMaker takes in the name of a pipeline. */
const form = /^s3:\/\/([^/]+)\/([A-Za-z0-9-]+)\/([a-z0-9]{12})(?:\/([^/]*))?(?:\/|$)/

/** Undefined for a place of another form. */
export function ownPlace(uri: string): OwnPlace | undefined {
  const [, bucket, pipeline, id, step = ''] = form.exec(uri) ?? []
  // The folder of the listings has a name as long as an id.
  if (bucket === undefined || pipeline === undefined || id === undefined || id === 'fingerprints') return undefined
  return {bucket, pipeline, id, ...(step === '' ? {} : {step})}
}
