"""Makes a link to an object that holds for some seconds, as AWS' own client does: presign.py ENDPOINT BUCKET KEY SECONDS"""

import sys

import boto3

client = boto3.client(
    "s3", endpoint_url=sys.argv[1], aws_access_key_id="testkey", aws_secret_access_key="testsecret123",
    region_name="us-east-1", config=boto3.session.Config(signature_version="s3v4"))
parameters = {"Bucket": sys.argv[2], "Key": sys.argv[3]}
print(client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=int(sys.argv[4])))
