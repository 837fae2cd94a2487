"""Reports of the Cisco-like API: oauthlib gets the token, and a new one when it has expired."""
import os
import time

import requests
from oauthlib.oauth2 import BackendApplicationClient, TokenExpiredError
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session


class ReportingAPI:
    def __init__(self, url, ident, secret):
        self.url = url
        self.ident = ident
        self.secret = secret
        self.token = None

    def get_token(self):
        auth = HTTPBasicAuth(self.ident, self.secret)
        client = BackendApplicationClient(client_id=self.ident)
        oauth = OAuth2Session(client=client)
        self.token = oauth.fetch_token(token_url=self.url, auth=auth)
        print('got a token')
        return self.token

    def query(self, end_point):
        if self.token is None:
            self.get_token()
        try:
            if self.token['expires_at'] < time.time():
                raise TokenExpiredError()
            headers = {'Authorization': 'Bearer ' + self.token['access_token']}
            req = requests.get(os.environ['API_URL'] + end_point, headers=headers)
            req.raise_for_status()
            return req
        except TokenExpiredError:
            self.get_token()
            return self.query(end_point)


api = ReportingAPI(os.environ['TOKEN_URL'], os.environ['API_KEY'], os.environ['API_SECRET'])
print(api.query('summary').json()['meta'])
print(api.query('activity?from=-1days&to=now&limit=10').json()['meta'])
time.sleep(float(os.environ.get('WAIT', '0')))
print(api.query('top-identities').json()['meta'])
