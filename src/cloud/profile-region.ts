// The region of a profile, as the SDK's own chain reads it from the AWS configuration files.

import {STSClient} from '@aws-sdk/client-sts'

/** Undefined where neither the profile nor the environment names one. */
export async function profileRegion(profile: string | undefined): Promise<string | undefined> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const client = new STSClient(profile === undefined ? {} : {profile})
  // The SDK throws where it finds none.
  return client.config.region().catch(() => undefined)
}
