"""The Cerb-like API with a token that an administrator has generated."""
import json
import os

from requests_oauthlib import OAuth2Session

request_base_url = os.environ['REQUEST_BASE_URL']
token_url = request_base_url + 'oauth/access_token'
extra = {
    'client_id': os.environ['CLIENT_ID'],
    'client_secret': os.environ['CLIENT_SECRET'],
}


def token_saver(token):
    print('saved a new token: %s' % (token['access_token'] != os.environ['ACCESS_TOKEN']))


def token_loader():
    return {
        'token_type': 'Bearer',
        'expires_in': int(os.environ['EXPIRES_IN']),
        'access_token': os.environ['ACCESS_TOKEN'],
        'refresh_token': os.environ['REFRESH_TOKEN'],
    }


oauth = OAuth2Session(
    client_id=extra['client_id'],
    token=token_loader(),
    auto_refresh_url=token_url,
    auto_refresh_kwargs=extra,
    token_updater=token_saver,
)
r = oauth.get(request_base_url + 'rest/workers/me.json')
print(r.status_code, json.loads(r.content)['full_name'])
r = oauth.delete(request_base_url + 'rest/workers/me.json')
print(r.status_code, r.headers['WWW-Authenticate'])
