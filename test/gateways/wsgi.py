"""An API behind WSGI: answers with the variables that the headers X-Auth-… became. Prints its port."""

import json
from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/json')])
    seen = {name: value for name, value in environ.items() if name.startswith('HTTP_X_AUTH')}
    return [json.dumps(seen).encode()]


server = make_server('127.0.0.1', 0, application, handler_class=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
