"""A timeline of the Twitter-like API, with a token that the application gets for itself."""
import os

import requests
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

client_key = os.environ['CLIENT_ID']
client_secret = os.environ['CLIENT_SECRET']
base = os.environ['BASE']

client = BackendApplicationClient(client_id=client_key)
oauth = OAuth2Session(client=client)
access_token = oauth.fetch_token(
    token_url=base + '/oauth2/token', client_id=client_key, client_secret=client_secret
)
print('scope: ' + ' '.join(access_token['scope']))

resource_url = base + '/1.1/statuses/user_timeline.json'
params = {'screen_name': 'somebody', 'count': '3', 'exclude_replies': 'true', 'include_rts': 'false'}
r = requests.get(
    resource_url, headers={'Authorization': 'Bearer ' + access_token['access_token']}, params=params
)
print(r.status_code, [tweet['user']['screen_name'] for tweet in r.json()])
