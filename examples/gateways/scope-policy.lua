-- Asks the decision server about each request, and leaves the answer in txn.decision (a status), txn.challenge,
-- and txn.subject, txn.client, txn.scopes, txn.policy, txn.omitted. An error leaves no decision, which denies.

local server = "http://127.0.0.1:8787/decide"
local identity = { "subject", "client", "scopes", "policy", "omitted" }

-- The target as the API will get it, not decoded. A request of HTTP/2 has an absolute URI, of which HAProxy
-- sends path and query; one of HTTP/1 is sent as it came, in absolute form too, which is refused.
local function target_of(txn)
  local target = txn.f:url()
  if txn.f:req_ver() == "2.0" then
    return txn.f:pathq()
  end
  return target
end

core.register_action("scope-policy", { "http-req" }, function(txn)
  local headers = {
    ["x-forwarded-method"] = { txn.f:method() },
    ["x-forwarded-uri"] = { target_of(txn) },
  }
  -- All of them: two are refused, and whoever takes one must not be the one who decides which.
  local authorization = txn.http:req_get_headers()["authorization"]
  if authorization ~= nil then
    local values = {}
    for index = 0, #authorization do
      values[#values + 1] = authorization[index]
    end
    headers["authorization"] = values
  end
  local answer = core.httpclient():get({ url = server, headers = headers, timeout = 5000 })
  if answer == nil or answer.status == nil then
    return
  end
  local function first(name)
    local values = answer.headers ~= nil and answer.headers[name] or nil
    return values ~= nil and values[0] or nil
  end
  if first("www-authenticate") ~= nil then
    txn:set_var("txn.challenge", first("www-authenticate"))
  end
  for _, name in ipairs(identity) do
    txn:set_var("txn." .. name, first("x-auth-" .. name) or "")
  end
  txn:set_var("txn.decision", answer.status)
end)
