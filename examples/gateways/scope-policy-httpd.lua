-- Asks the decision server about each request of Apache httpd. Whatever it answers but 200, or no answer, denies.

local http = require "socket.http"
http.TIMEOUT = 5

local server = "http://127.0.0.1:8787/decide"
local identity = { "subject", "client", "scopes", "policy", "omitted" }

function decide(r)
  -- All of the client's: `X_Auth_Subject` reaches WSGI, CGI and PHP as `X-Auth-Subject`.
  for name in pairs(r:headers_in_table()) do
    if name:find("_", 1, true) or name:lower():find("^x%W?auth%W") then
      r.headers_in[name] = nil
    end
  end
  -- WebSockets are passed on, and no other upgrade: within an h2c connection nothing would be judged.
  local upgrade = r.headers_in["Upgrade"]
  if upgrade ~= nil and upgrade:lower() ~= "websocket" then
    r.headers_in["Upgrade"] = nil
  end
  -- httpd joins several Authorization headers by a comma, which is refused.
  local _, status, answer = http.request {
    url = server,
    headers = {
      ["x-forwarded-method"] = r.method,
      ["x-forwarded-uri"] = r.unparsed_uri,
      ["authorization"] = r.headers_in["Authorization"],
    },
  }
  if status == 200 then
    for _, name in ipairs(identity) do
      r.headers_in["X-Auth-" .. name] = answer["x-auth-" .. name] or ""
    end
    return apache2.OK
  end
  if status ~= 401 and status ~= 403 then
    return 503
  end
  if answer["www-authenticate"] ~= nil then
    r.err_headers_out["WWW-Authenticate"] = answer["www-authenticate"]
  end
  return status
end
