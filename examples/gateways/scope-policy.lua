-- Asks the decision server about each request, and leaves what it says in txn.decision (a status),
-- txn.challenge, txn.subject and txn.scopes. An error leaves no decision, which denies.

local server = "http://127.0.0.1:8787/decide"

core.register_action("scope-policy", { "http-req" }, function(txn)
  local headers = {
    ["x-forwarded-method"] = { txn.f:method() },
    -- The target as it was sent, not decoded.
    ["x-forwarded-uri"] = { txn.f:url() },
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
  txn:set_var("txn.decision", answer.status)
  local function first(name)
    local values = answer.headers ~= nil and answer.headers[name] or nil
    return values ~= nil and values[0] or nil
  end
  if first("www-authenticate") ~= nil then
    txn:set_var("txn.challenge", first("www-authenticate"))
  end
  txn:set_var("txn.subject", first("x-auth-subject") or "")
  txn:set_var("txn.scopes", first("x-auth-scopes") or "")
end)
