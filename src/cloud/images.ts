// Whether container images can be pulled, from Amazon ECR through the AWS SDK.

import {BatchGetImageCommand, ECRClient, ECRServiceException, RepositoryNotFoundException} from '@aws-sdk/client-ecr'
import {parseEcrImage} from '../definition/ecr-image.ts'
import type {ImagesPort} from './account-ports.ts'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {translateError} from './service-error.ts'

/** Without these, an image with a manifest of a newer kind counts as missing. */
const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
]

/**
 * Asked as a pull asks, by BatchGetImage: the registries of AWS, which hold the images of SageMaker, allow a pull and nothing
 * else (DescribeImages is denied there).
 */
export function imagesPort(options: CloudOptions): ImagesPort {
  const clients = new Map<string, ECRClient>()
  const clientOf = (region: string) => {
    const known = clients.get(region)
    if (known) return known
    const settings = clientSettings({...options, region}, `api.ecr.${region}.amazonaws.com`)
    const client = equipped(new ECRClient(settings), options)
    clients.set(region, client)
    return client
  }
  return {
    async find(uri) {
      const image = parseEcrImage(uri)
      if (!image) return 'elsewhere'
      const {account, region, repository, reference} = image
      const id = 'tag' in reference ? {imageTag: reference.tag} : {imageDigest: reference.digest}
      try {
        const {images = []} = await clientOf(region).send(
          new BatchGetImageCommand({
            registryId: account,
            repositoryName: repository,
            imageIds: [id],
            acceptedMediaTypes: manifestTypes,
          }),
        )
        return images.length > 0 ? 'found' : 'missing'
      } catch (error) {
        if (error instanceof RepositoryNotFoundException) return 'missing'
        // ECR's client has no class for it.
        if (error instanceof ECRServiceException && error.name === 'AccessDeniedException') return 'denied'
        throw translateError(error, 'BatchGetImage')
      }
    },
  }
}
