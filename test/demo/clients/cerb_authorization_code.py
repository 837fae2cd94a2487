"""Interactive access to the Cerb-like API: the person pastes the callback URL from the browser."""
import json
import os
import time

from requests_oauthlib import OAuth2Session

redirect_uri = 'http://localhost/'
request_base_url = os.environ['REQUEST_BASE_URL']
auth_url = request_base_url + 'oauth/authorize'
token_url = request_base_url + 'oauth/access_token'
extra = {
    'client_id': os.environ['CLIENT_ID'],
    'client_secret': os.environ['CLIENT_SECRET'],
}


def token_saver(token):
    print('saved a token that lasts %d seconds' % token['expires_in'], flush=True)


scopes = os.environ['SCOPES'].split()
oauth = OAuth2Session(
    client_id=extra['client_id'],
    redirect_uri=redirect_uri,
    scope=scopes,
    auto_refresh_url=token_url,
    auto_refresh_kwargs=extra,
    token_updater=token_saver,
)
authorization_url, state = oauth.authorization_url(auth_url, access_type='offline')
print('Visit %s in your browser and authorize access.' % authorization_url, flush=True)

authorization_response = input()
token = oauth.fetch_token(
    token_url,
    authorization_response=authorization_response,
    client_secret=extra['client_secret'],
)
print('scope: ' + ' '.join(token['scope']), flush=True)

r = oauth.get(request_base_url + 'rest/workers/me.json')
print(r.status_code, json.loads(r.content).get('full_name'), flush=True)

r = oauth.get(request_base_url + 'rest/records/ticket/search.json')
print(r.status_code, r.headers.get('WWW-Authenticate', ''), flush=True)

# By now the token has expired: the session gets a new one by itself.
time.sleep(float(os.environ.get('WAIT', '0')))
r = oauth.get(request_base_url + 'rest/workers/me.json')
print(r.status_code, json.loads(r.content).get('full_name'), flush=True)
