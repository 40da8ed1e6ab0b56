-- The body comes from the environment, so that one script serves every model.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("FLAMA_BODY")

-- Milliseconds that a client waits before its next request; without it, none.
local pause = tonumber(os.getenv("FLAMA_PAUSE") or "0")
if pause > 0 then
  function delay() return pause end
end
