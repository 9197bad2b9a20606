"""Calls AWS operations for a test: a JSON line {service, operation, input} in, a JSON line {output} or {error} out."""

import base64
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

endpoint = sys.argv[1]
config = Config(retries={"total_max_attempts": 1})
clients = {}


def call(service, operation, given):
    if service not in clients:
        clients[service] = boto3.client(service, endpoint_url=endpoint, config=config)
    if "Body" in given:
        given = {**given, "Body": base64.b64decode(given["Body"]["base64"])}
    output = getattr(clients[service], xform_name(operation))(**given)
    output.pop("ResponseMetadata", None)
    if "Body" in output:
        output["Body"] = {"base64": base64.b64encode(output["Body"].read()).decode()}
    return output


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"output": call(request["service"], request["operation"], request["input"])}
    except ClientError as error:
        answer = {"error": {"name": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}}
    except (AttributeError, ParamValidationError) as error:
        answer = {"unknown": repr(error)}
    print(json.dumps(answer, default=str), flush=True)
