// `type: emr-serverless`: a job run on EMR Serverless, in an application that exists or one made for it.

import {anyMap, duration, listOf, optional, required, scalar, value} from '../fields.ts'
import {localField} from '../shapes/local.ts'
import {stepRetry} from '../shapes/retry.ts'
import {apiField, cache, stepFields, tagsField} from '../shapes/shapes.ts'

export const emrServerlessFields = {
  ...stepFields,
  ...apiField,
  ...tagsField,
  ...localField,
  application: required(value, 'id of an application, or a mapping for a new one: {releaseLabel, type, …}'),
  role: optional(scalar, 'ARN of the role that the job run assumes'),
  script: optional(scalar, 'Spark: the script or JAR file: a local file, an s3:// URI, or a reference'),
  args: optional(listOf(scalar), 'Spark: arguments of the script'),
  sparkParameters: optional(scalar, 'Spark: parameters of spark-submit, such as --conf spark.executor.cores=4'),
  configuration: optional(anyMap, "configurationOverrides of the job run, in EMR Serverless's own names"),
  jobName: optional(scalar, 'name of the job run'),
  timeout: optional(duration, 'the job run is cancelled after this long'),
  cache: optional(cache, 'false, or how long a result may be reused, such as 30d'),
  retry: optional(stepRetry, 'when a failed attempt is repeated'),
}
