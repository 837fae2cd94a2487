"""Reports of the Cisco-like API with nothing but requests: the token request has no grant_type."""
import json
import os
import time

import requests


def refresh_token(decorated):
    def wrapper(api, *args, **kwargs):
        if int(time.time()) > api.access_token_expiration:
            api.access_token = api.get_access_token()
        return decorated(api, *args, **kwargs)

    return wrapper


class SecureAccessAPI:
    def __init__(self, token_url, client_id, client_secret):
        self.token_url = token_url
        self.client_id = client_id
        self.client_secret = client_secret
        self.access_token_expiration = 0
        self.access_token = self.get_access_token()
        if self.access_token is None:
            raise Exception('Request for access token failed')

    def get_access_token(self):
        try:
            payload = {}
            rsp = requests.post(self.token_url, data=payload, auth=(self.client_id, self.client_secret))
            rsp.raise_for_status()
        except Exception as e:
            print(e)
            return None
        else:
            self.access_token_expiration = int(time.time()) + rsp.json()['expires_in']
            print('got a token')
            return rsp.json()['access_token']


@refresh_token
def call(api, path):
    headers = {'Authorization': 'Bearer ' + api.access_token}
    r = requests.get(os.environ['API_URL'] + path, headers=headers)
    r.raise_for_status()
    print(json.dumps(r.json()['meta']))


secure_access = SecureAccessAPI(os.environ['TOKEN_URL'], os.environ['API_KEY'], os.environ['API_SECRET'])
call(secure_access, 'summary')
call(secure_access, 'activity')
time.sleep(float(os.environ.get('WAIT', '0')))
call(secure_access, 'top-identities')
