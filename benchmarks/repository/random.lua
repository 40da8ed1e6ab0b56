-- Asks every model once, in order (REQUESTS = 0), or REQUESTS models at random, and counts the answers. COUNT models are named m0, m1, …, every second of them xor.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

local count, random = tonumber(os.getenv("COUNT")), tonumber(os.getenv("REQUESTS"))
local total = random > 0 and random or count
local bodies = { os.getenv("CHURN_BODY"), '{"input": [[0, 1]]}' }
local sent, ok, busy, failed = 0, 0, 0, 0

function init() math.randomseed(7) end

function request()
  local model = random > 0 and math.random(0, count - 1) or sent % count
  sent = sent + 1
  return wrk.format(nil, "/m" .. model .. "/predict/", nil, bodies[model % 2 + 1])
end

-- The program would go on until its time is over, whatever a thread says.
function response(status)
  if status == 200 then ok = ok + 1 elseif status == 503 then busy = busy + 1 else failed = failed + 1 end
  if ok + busy + failed == total then
    print(string.format("%d answers of 200, %d of 503, %d others", ok, busy, failed))
    io.stdout:flush()
    os.exit(0)
  end
end
