// Why a job cannot be run or finished, in the words of its FailureReason. Thrown inside this room, an outcome outside of it.

export class JobFault extends Error {
  override readonly name = 'JobFault'
}

/** The request or its data are wrong: SageMaker begins such reasons with "ClientError:". */
export function clientFault(message: string): JobFault {
  return new JobFault(`ClientError: ${message}`)
}
